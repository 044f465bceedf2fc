using System.Collections.Concurrent;
using ArenaBench.Simulation;
using ArenaBench.Simulation.Chat;
using Microsoft.AspNetCore.Http;

namespace ArenaBench.Testing.Replay;

/// <summary>An OpenAI-compatible endpoint that serves recorded replies, each to exactly the request that it was recorded for; anything else is a 404, kept in <see cref="Unmatched"/>.</summary>
public sealed class ReplayEndpoint : IAsyncDisposable
{
    private readonly ReplayRecordings _recordings;
    private readonly TimeSpan _latency;
    private readonly ConcurrentDictionary<ReplayKey, int> _calls = new();
    private readonly ConcurrentQueue<string> _unmatched = new();
    private LoopbackServer _server = null!;
    private int _inFlight;
    private int _maxInFlight;

    private ReplayEndpoint(ReplayRecordings recordings, TimeSpan latency)
    {
        _recordings = recordings;
        _latency = latency;
    }

    /// <summary>Goes into an endpoint file's <c>api_base</c>.</summary>
    public Uri BaseUrl => new($"http://127.0.0.1:{_server.Port}/v1");

    /// <summary>How often each recorded request came.</summary>
    public IReadOnlyDictionary<ReplayKey, int> Calls => _calls;

    /// <summary>Requests that match no recording: model and messages, for reading in a failed test.</summary>
    public IReadOnlyCollection<string> Unmatched => _unmatched;

    public int MaxInFlight => _maxInFlight;

    public static async Task<ReplayEndpoint> StartAsync(
        ReplayRecordings recordings, TimeSpan latency = default, CancellationToken cancellationToken = default)
    {
        var endpoint = new ReplayEndpoint(recordings, latency);
        endpoint._server = await LoopbackServer.StartAsync(0, endpoint.HandleAsync, cancellationToken);
        return endpoint;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task HandleAsync(HttpContext http)
    {
        InterlockedMax(ref _maxInFlight, Interlocked.Increment(ref _inFlight));
        try
        {
            // A look whether anybody is there, before a run.
            if (HttpMethods.IsGet(http.Request.Method) && http.Request.Path.Value is "/" or "/v1")
            {
                await ChatHttp.SendJsonAsync(http, 200, "{}"u8.ToArray());
                return;
            }

            if (!ChatHttp.IsChat(http.Request))
            {
                _unmatched.Enqueue($"{http.Request.Method} {http.Request.Path}");
                await ChatHttp.SendAsync(http, new ApiError(404, "The replay endpoint serves POST /v1/chat/completions only.", "invalid_request_error"));
                return;
            }
            var (request, error) = await ChatHttp.ReadAsync(http);
            if (request is null)
            {
                _unmatched.Enqueue(error!.Message);
                await ChatHttp.SendAsync(http, error);
                return;
            }
            if (_latency > TimeSpan.Zero)
                await Task.Delay(_latency, http.RequestAborted);
            await ReplyAsync(http, request);
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }
    }

    private Task ReplyAsync(HttpContext http, ChatRequest request)
    {
        if (KeyOf(request) is { } key && _recordings.Find(key) is { } text)
        {
            _calls.AddOrUpdate(key, 1, (_, calls) => calls + 1);
            var reply = new ChatReply(request.Model, request.Key, [new ReplyChoice(text, null, "stop")], request.PromptTokens, TokenCount.Of(text), 0);
            return ChatHttp.SendAsync(http, request, reply);
        }
        _unmatched.Enqueue($"{request.Model}: " + string.Join(" | ", request.Messages.Select(m => $"{m.Role}: {m.Text}")));
        return ChatHttp.SendAsync(http, new ApiError(404, "Nothing was recorded for exactly this model and these messages.", "invalid_request_error", null, "not_recorded"));
    }

    private static ReplayKey? KeyOf(ChatRequest request) => request.Messages switch
    {
        [{ Role: "user" } user] => new ReplayKey(request.Model, null, user.Text),
        [{ Role: "system" } system, { Role: "user" } user] => new ReplayKey(request.Model, system.Text, user.Text),
        _ => null,
    };

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref target)) < value && Interlocked.CompareExchange(ref target, value, seen) != seen)
        {
        }
    }
}
