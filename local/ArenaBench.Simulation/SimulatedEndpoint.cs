using ArenaBench.Simulation.Chat;
using ArenaBench.Simulation.Faults;
using Microsoft.AspNetCore.Http;

namespace ArenaBench.Simulation;

/// <summary>An OpenAI-compatible endpoint with simulated models and judges, in this process, on the loopback address.
/// It says on every page, in every header and in every text that it is simulated.</summary>
public sealed class SimulatedEndpoint : IAsyncDisposable
{
    private readonly SimulationOptions _options;
    private readonly ChatHandler _chat;
    private LoopbackServer _server = null!;

    private SimulatedEndpoint(SimulationOptions options)
    {
        _options = options;
        _chat = new ChatHandler(options, Counters);
    }

    /// <summary>Goes into an endpoint file's <c>api_base</c>.</summary>
    public Uri BaseUrl => new($"http://127.0.0.1:{_server.Port}/v1");

    public int Port => _server.Port;

    public SimulationCounters Counters { get; } = new();

    /// <exception cref="SimulationException">The port is taken, or the options contradict themselves.</exception>
    public static async Task<SimulatedEndpoint> StartAsync(SimulationOptions options, CancellationToken cancellationToken)
    {
        SimulationChecks.Check(options);
        var endpoint = new SimulatedEndpoint(options);
        endpoint._server = await LoopbackServer.StartAsync(options.Port, endpoint.HandleAsync, cancellationToken);
        return endpoint;
    }

    /// <summary>Replaces the faults while it runs; calls and seconds of the new rules count from the start and from now.</summary>
    public void SetFaults(params IReadOnlyList<FaultRule> rules)
    {
        SimulationChecks.Check(_options with { Faults = rules });
        _chat.SetFaults(rules);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private Task HandleAsync(HttpContext http)
    {
        http.Response.Headers["x-arenabench-simulated"] = "true";
        if (ChatHttp.IsChat(http.Request))
            return _chat.HandleAsync(http);
        var path = http.Request.Path.Value!;
        if (!HttpMethods.IsGet(http.Request.Method))
            return NotFound(http);
        return path switch
        {
            "/" or "/v1" or "/v1/" => SimulationPages.SendRootAsync(http, _options, Counters),
            "/v1/models" => ChatHttp.SendJsonAsync(http, 200, SimulationPages.Models(_options.Models)),
            "/counters" => ChatHttp.SendJsonAsync(http, 200, SimulationPages.CountersJson(Counters)),
            _ when path.StartsWith("/v1/models/", StringComparison.Ordinal) => ModelAsync(http, path["/v1/models/".Length..]),
            _ => NotFound(http),
        };
    }

    private Task ModelAsync(HttpContext http, string name)
    {
        var model = _options.Models.FirstOrDefault(m => m.Name == name);
        return model is null
            ? ChatHttp.SendAsync(http, ApiError.NoSuchModel(name, _options.Models.Select(m => m.Name)))
            : ChatHttp.SendJsonAsync(http, 200, SimulationPages.Model(model));
    }

    private static Task NotFound(HttpContext http) => ChatHttp.SendAsync(http, new ApiError(
        404, $"The simulated endpoint has no {http.Request.Method} {http.Request.Path}; it serves POST /v1/chat/completions, GET /v1/models and GET /counters.", "invalid_request_error"));
}
