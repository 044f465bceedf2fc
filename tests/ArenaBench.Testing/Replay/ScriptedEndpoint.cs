using System.Collections.Concurrent;
using ArenaBench.Core.Models;
using ArenaBench.Simulation;
using ArenaBench.Simulation.Chat;
using Microsoft.AspNetCore.Http;

namespace ArenaBench.Testing.Replay;

/// <summary>An OpenAI-compatible endpoint whose replies the test writes, and which keeps what it was sent.</summary>
public sealed class ScriptedEndpoint : IAsyncDisposable
{
    private readonly Func<SentRequest, int, string> _reply;
    private readonly ConcurrentQueue<SentRequest> _sent = new();
    private LoopbackServer _server = null!;

    private ScriptedEndpoint(Func<SentRequest, int, string> reply) => _reply = reply;

    /// <summary>Goes into an endpoint file's <c>api_base</c>.</summary>
    public Uri BaseUrl => new($"http://127.0.0.1:{_server.Port}/v1");

    public IReadOnlyCollection<SentRequest> Sent => _sent;

    /// <param name="reply">Given a request and how many equal ones came before it.</param>
    public static async Task<ScriptedEndpoint> StartAsync(Func<SentRequest, int, string> reply, CancellationToken cancellationToken)
    {
        var endpoint = new ScriptedEndpoint(reply);
        endpoint._server = await LoopbackServer.StartAsync(0, endpoint.HandleAsync, cancellationToken);
        return endpoint;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task HandleAsync(HttpContext http)
    {
        // A look whether anybody is there, before a run.
        if (!ChatHttp.IsChat(http.Request))
        {
            await ChatHttp.SendJsonAsync(http, 200, "{}"u8.ToArray());
            return;
        }

        var (request, error) = await ChatHttp.ReadAsync(http);
        if (request is null)
        {
            await ChatHttp.SendAsync(http, error!);
            return;
        }

        var sent = new SentRequest(request.Model, [.. request.Messages.Select(message => new ChatTurn(message.Role, message.Text))], request.Temperature, request.OutputLimit);
        string text;
        lock (_sent)
        {
            text = _reply(sent, _sent.Count(earlier => earlier.Asks(sent)));
            _sent.Enqueue(sent);
        }

        await ChatHttp.SendAsync(http, request, new ChatReply(request.Model, request.Key, [new ReplyChoice(text, null, "stop")], request.PromptTokens, TokenCount.Of(text), 0));
    }
}

public sealed record SentRequest(string Model, IReadOnlyList<ChatTurn> Messages, double? Temperature, int? MaxTokens)
{
    public bool Asks(SentRequest other) => Model == other.Model && Messages.SequenceEqual(other.Messages);
}
