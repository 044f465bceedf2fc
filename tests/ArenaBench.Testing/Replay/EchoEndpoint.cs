using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using ArenaBench.Simulation;
using ArenaBench.Simulation.Chat;
using Microsoft.AspNetCore.Http;

namespace ArenaBench.Testing.Replay;

/// <summary>An OpenAI-compatible endpoint that repeats the key it is sent, in the way that the model's name says.</summary>
public sealed class EchoEndpoint : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _keys = new();
    private LoopbackServer _server = null!;

    public static IReadOnlyList<string> Ways { get; } =
        ["in-401", "in-400", "in-429", "in-500", "in-page", "in-redirect", "in-answer", "in-thought", "in-judgment"];

    public Uri BaseUrl => new($"http://127.0.0.1:{_server.Port}/v1");

    public IReadOnlyCollection<string> KeysSeen => _keys;

    public static async Task<EchoEndpoint> StartAsync(CancellationToken cancellationToken)
    {
        var endpoint = new EchoEndpoint();
        endpoint._server = await LoopbackServer.StartAsync(0, endpoint.HandleAsync, cancellationToken);
        return endpoint;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task HandleAsync(HttpContext http)
    {
        if (!ChatHttp.IsChat(http.Request))
        {
            await ChatHttp.SendJsonAsync(http, 200, "{}"u8.ToArray());
            return;
        }

        var (request, _) = await ChatHttp.ReadAsync(http);
        var key = ChatHttp.KeyOf(http.Request)!;
        _keys.Enqueue(key);
        http.Response.Headers["x-your-key"] = key;
        http.Response.Headers.Location = $"https://elsewhere.example/{Uri.EscapeDataString(key)}/{key}";
        switch (request!.Model)
        {
            case "in-401":
                await ChatHttp.SendJsonAsync(http, 401, Json(new { error = new { message = $"Incorrect API key provided: {key}", code = key, param = key, type = key } }));
                break;
            case "in-400":
                await ChatHttp.SendJsonAsync(http, 400, Json(new { error = new { message = $"No \u200b{key[..20]}\u200b{key[20..]} here, {key}" } }));
                break;
            case "in-429":
                http.Response.Headers.RetryAfter = "100000";
                await ChatHttp.SendJsonAsync(http, 429, Json(new { error = new { message = $"Slow down, {key}" } }));
                break;
            case "in-500":
                http.Response.Headers.RetryAfter = "100000";
                await ChatHttp.SendJsonAsync(http, 503, Encoding.UTF8.GetBytes($"GET /?key={key}"));
                break;
            case "in-page":
                await ChatHttp.SendJsonAsync(http, 200, Encoding.UTF8.GetBytes($"<html><title>{key}</title></html>"));
                break;
            case "in-redirect":
                await ChatHttp.SendJsonAsync(http, 302, Encoding.UTF8.GetBytes(key));
                break;
            case "in-thought":
                await AnswerAsync("An answer.", $"The key is {key}.");
                break;
            case "in-answer":
                await AnswerAsync($"Your key is {key}.", null);
                break;
            default:
                await AnswerAsync($"{key} is worth [[7]]", key);
                break;
        }

        Task AnswerAsync(string content, string? thought) => ChatHttp.SendJsonAsync(http, 200, Json(new
        {
            id = key,
            model = $"model-{key}",
            system_fingerprint = key,
            choices = new[] { new { message = new { role = "assistant", content, reasoning_content = thought }, finish_reason = "stop" } },
            usage = new { prompt_tokens = 1, completion_tokens = 1, total_tokens = 2 },
        }));
    }

    // With the escapes that the serializer is fond of.
    private static byte[] Json(object value) => JsonSerializer.SerializeToUtf8Bytes(value);
}
