using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace ArenaBench.Simulation.Chat;

/// <summary>The chat protocol over HTTP: reading a request, sending a reply, an error or a stream.</summary>
internal static class ChatHttp
{
    private static readonly byte[] EventStart = "data: "u8.ToArray();
    private static readonly byte[] EventEnd = "\n\n"u8.ToArray();
    private static readonly byte[] StreamEnd = "data: [DONE]\n\n"u8.ToArray();

    public static bool IsChat(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) && request.Path.Value!.EndsWith("/chat/completions", StringComparison.Ordinal);

    /// <summary>Azure's addresses name the deployment: <c>/openai/deployments/{name}/chat/completions</c>.</summary>
    public static string? DeploymentOf(PathString path)
    {
        var parts = path.Value!.Split('/');
        var at = Array.IndexOf(parts, "deployments");
        return at >= 0 && at + 1 < parts.Length ? Uri.UnescapeDataString(parts[at + 1]) : null;
    }

    /// <summary>The key of an <c>Authorization: Bearer</c> or Azure's <c>api-key</c> header.</summary>
    public static string? KeyOf(HttpRequest request)
    {
        var authorization = request.Headers.Authorization.ToString();
        return authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            ? authorization["Bearer ".Length..]
            : request.Headers["api-key"].FirstOrDefault();
    }

    public static async Task<(ChatRequest? Request, ApiError? Error)> ReadAsync(HttpContext http)
    {
        try
        {
            using var body = await JsonDocument.ParseAsync(http.Request.Body, default, http.RequestAborted);
            var error = ChatRequestReader.TryRead(body.RootElement, DeploymentOf(http.Request.Path), out var request);
            return (request, error);
        }
        catch (JsonException e)
        {
            return (null, ApiError.Invalid($"The body of the request is not valid JSON: {e.Message}"));
        }
    }

    public static Task SendAsync(HttpContext http, ApiError error) => SendJsonAsync(http, error.Status, ChatReply.ErrorJson(error));

    public static Task SendAsync(HttpContext http, ChatRequest request, ChatReply reply) =>
        request.Stream ? StreamAsync(http, reply, request.StreamUsage) : SendJsonAsync(http, 200, reply.ToJson());

    public static async Task SendJsonAsync(HttpContext http, int status, ReadOnlyMemory<byte> json)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = json.Length;
        await http.Response.Body.WriteAsync(json, http.RequestAborted);
    }

    public static void Mark(HttpResponse response, ulong key)
    {
        response.Headers["x-arenabench-simulated"] = "true";
        response.Headers["x-request-id"] = "req_simulated_" + key.ToString("x16", CultureInfo.InvariantCulture);
    }

    private static async Task StreamAsync(HttpContext http, ChatReply reply, bool usage)
    {
        http.Response.ContentType = "text/event-stream";
        var body = http.Response.BodyWriter;
        foreach (var chunk in reply.ToChunks(usage))
        {
            await body.WriteAsync(EventStart, http.RequestAborted);
            await body.WriteAsync(chunk, http.RequestAborted);
            await body.WriteAsync(EventEnd, http.RequestAborted);
        }
        await body.WriteAsync(StreamEnd, http.RequestAborted);
    }
}
