using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ArenaBench.Core.Tests.Models;

/// <summary>An HTTP server in this process that keeps what it was sent and answers as the test says.</summary>
internal sealed class FakeEndpoint : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeEndpoint(WebApplication app) => _app = app;

    public ConcurrentQueue<Exchange> Requests { get; } = new();

    public string Url => _app.Urls.Single();

    public string Base => $"{Url}/v1";

    public JsonObject SentBody => JsonNode.Parse(Requests.Single().Body)!.AsObject();

    public static async Task<FakeEndpoint> StartAsync(Func<HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var fake = new FakeEndpoint(app);
        app.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
            fake.Requests.Enqueue(new Exchange(
                context.Request.Path + context.Request.QueryString, await reader.ReadToEndAsync(),
                context.Request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString())));
            await answer(context);
        });
        await app.StartAsync();
        return fake;
    }

    public static Task<FakeEndpoint> AnsweringAsync(string json, int status = 200, params (string Name, string Value)[] headers) =>
        StartAsync(context => WriteAsync(context, json, status, headers));

    public static async Task WriteAsync(HttpContext context, string body, int status = 200, params (string Name, string Value)[] headers)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        foreach (var (name, value) in headers)
            context.Response.Headers[name] = value;
        await context.Response.WriteAsync(body);
    }

    /// <summary>As https://platform.openai.com/docs/api-reference/chat/object shows it.</summary>
    public static string Completion(string content, string finish = "stop") => new JsonObject
    {
        ["id"] = "chatcmpl-1",
        ["object"] = "chat.completion",
        ["created"] = 1741569952,
        ["model"] = "m-2025-01-01",
        ["choices"] = new JsonArray(new JsonObject
        {
            ["index"] = 0,
            ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = content, ["refusal"] = null, ["annotations"] = new JsonArray() },
            ["logprobs"] = null,
            ["finish_reason"] = finish,
        }),
        ["usage"] = new JsonObject
        {
            ["prompt_tokens"] = 19,
            ["completion_tokens"] = 10,
            ["total_tokens"] = 29,
            ["prompt_tokens_details"] = new JsonObject { ["cached_tokens"] = 4, ["audio_tokens"] = 0 },
            ["completion_tokens_details"] = new JsonObject { ["reasoning_tokens"] = 3, ["audio_tokens"] = 0, ["accepted_prediction_tokens"] = 0, ["rejected_prediction_tokens"] = 0 },
        },
        ["service_tier"] = "default",
    }.ToJsonString();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    internal sealed record Exchange(string Path, string Body, IReadOnlyDictionary<string, string> Headers);
}
