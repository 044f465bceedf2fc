using ArenaBench.Simulation;
using ArenaBench.Testing;

namespace ArenaBench.EndToEnd.Tests.Browser;

/// <summary>A host with simulated models and a finished pairwise run, <c>pairs</c>, of twelve questions.</summary>
public sealed class Site(AzuriteFixture azurite) : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private SimulatedEndpoint? _models;
    private EmbeddedApp? _app;

    internal async Task<EmbeddedApp> OpenAsync(CancellationToken cancellationToken)
    {
        var storage = await azurite.ConnectionStringOrSkipAsync();
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return _app ??= await StartAsync(storage, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
        if (_models is not null)
            await _models.DisposeAsync();
        _turn.Dispose();
    }

    private async Task<EmbeddedApp> StartAsync(string storage, CancellationToken cancellationToken)
    {
        _models = await SimulatedEndpoint.StartAsync(new SimulationOptions(), cancellationToken);
        var app = await EmbeddedApp.StartAsync(storage, AzuriteFixture.NewContainerName("viewer"), cancellationToken);
        await app.ImportAsync(RepoRoot.File("data", "arena-mini"), cancellationToken);
        await app.ImportAsync(RepoRoot.File("data", "arena-mini-pairwise"), cancellationToken);
        using var hostile = HostileBenchmark.Write();
        await app.ImportAsync(hostile.File(HostileBenchmark.Name), cancellationToken);
        var endpoints = await File.ReadAllTextAsync(RepoRoot.File("data", "endpoints.simulated.yaml"), cancellationToken);
        await app.PutEndpointsAsync(
            endpoints.Replace("${ARENABENCH_SIMULATED_URL:-http://127.0.0.1:8089/v1}", _models.BaseUrl.ToString(), StringComparison.Ordinal), cancellationToken);
        await RunAsync(app, """
            id: pairs
            benchmark: arena-mini-pairwise
            models: [sim-strong, sim-good, sim-poor]
            judges: [sim-judge, sim-judge-2]
            baseline: sim-fair
            questions: {end: 24}
            rounds: 200
            """, cancellationToken);
        await RunAsync(app, $"""
            id: hostile
            benchmark: {HostileBenchmark.Name}
            what: judge
            rounds: 50
            """, cancellationToken);
        return app;
    }

    private static async Task RunAsync(EmbeddedApp app, string spec, CancellationToken cancellationToken)
    {
        var ended = await app.Http.RunToEndAsync(spec, cancellationToken);
        Assert.True(ended.GetProperty("runtimeStatus").GetString() == "Completed", ended.ToString());
    }
}
