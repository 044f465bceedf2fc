using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ArenaBench.Core.Storage;
using ArenaBench.Simulation;
using ArenaBench.Testing;

namespace ArenaBench.EndToEnd.Tests;

/// <summary>An app with a simulated endpoint, and the run "held" that a test steers.</summary>
internal sealed class HeldRun : IAsyncDisposable
{
    private readonly string _storage;
    private EmbeddedApp _app;
    private readonly CancellationToken _cancel;

    private HeldRun(EmbeddedApp app, SimulatedEndpoint models, string storage, string container, CancellationToken cancellationToken) =>
        (_app, Models, _storage, Container, _cancel) = (app, models, storage, container, cancellationToken);

    public SimulatedEndpoint Models { get; }

    public string Container { get; }

    public HttpClient Http => _app.Http;

    public ArenaContainer Store => _app.Store;

    public static async Task<HeldRun> StartAsync(string storage, int latencyMs, int questions, int parallel, CancellationToken cancellationToken)
    {
        var models = await SimulatedEndpoint.StartAsync(
            new SimulationOptions { Latency = SimulatedLatency.Fixed(TimeSpan.FromMilliseconds(latencyMs)) }, cancellationToken);
        var container = AzuriteFixture.NewContainerName("held");
        var app = await EmbeddedApp.StartAsync(storage, container, cancellationToken);
        await SmallBenchmark.SetUpAsync(app.Store, models.BaseUrl, questions, parallel, cancellationToken);
        return new HeldRun(app, models, storage, container, cancellationToken);
    }

    /// <summary>What the app had in memory is gone.</summary>
    public async Task RestartAsync()
    {
        await _app.DisposeAsync();
        _app = await EmbeddedApp.StartAsync(_storage, Container, _cancel);
    }

    public string Management(string run) => $"runtime/webhooks/durabletask/instances/{run}";

    public async Task<HttpResponseMessage> PostAsync(string action, HttpStatusCode expected)
    {
        var response = await Http.PostAsync($"api/runs/held/{action}", null, _cancel);
        Assert.True(response.StatusCode == expected, $"{response.StatusCode}: {await response.Content.ReadAsStringAsync(_cancel)}");
        return response;
    }

    /// <param name="byApi">Else by the management API's link, which reaches the run's own instance alone.</param>
    public async Task SteerAsync(string action, bool byApi)
    {
        using var response = await Http.PostAsync(byApi ? $"api/runs/held/{action}" : $"{Management("held")}/{action}?reason=test", null, _cancel);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }

    public async Task<JsonElement> StatusAsync(string run = "held") => await Http.GetFromJsonAsync<JsonElement>(Management(run), _cancel);

    public Task<JsonElement> FollowAsync(string run = "held") => Http.FollowAsync(new Uri(Http.BaseAddress!, Management(run)), _cancel);

    public Task UntilAsync(Func<bool> isSo) => UntilAsync(() => Task.FromResult(isSo()));

    public async Task UntilAsync(Func<Task<bool>> isSo)
    {
        while (!await isSo())
            await Task.Delay(10, _cancel);
    }

    /// <summary>Returns when nothing is in flight, and no call has come for longer than a suspended run looks away.</summary>
    public async Task QuietAsync()
    {
        for (long seen = -1; seen != Models.Counters.Calls || Models.Counters.InFlight > 0;)
        {
            seen = Models.Counters.Calls;
            await Task.Delay(1_500, _cancel);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await Models.DisposeAsync();
    }
}
