using ArenaBench.Azurite;
using ArenaBench.Simulation;
using ArenaBench.Testing;

namespace ArenaBench.Bench.Workflow;

/// <summary>What a run of slow calls takes beyond the calls themselves.</summary>
public sealed class Efficiency : IBenchmark
{
    internal const int Questions = 500;
    internal const int Parallel = 64;
    internal static readonly TimeSpan Latency = TimeSpan.FromSeconds(1);

    public string Name => "efficiency";

    public string Description => $"{Questions} questions, an answer and two games each, 1 s a call, parallel {Parallel}, one endpoint for all";

    public async Task<IReadOnlyList<Measurement>> RunAsync(CancellationToken cancellationToken)
    {
        using var folder = new TempFolder("bench-efficiency");
        await using var azurite = await AzuriteLauncher.StartAsync(new AzuriteOptions { DataFolder = folder.Path, Port = 0 }, cancellationToken);
        // The first run pays for the JIT.
        await MeasureAsync(azurite.ConnectionString, 50, TimeSpan.Zero, cancellationToken);
        var (seconds, most) = await MeasureAsync(azurite.ConnectionString, Questions, Latency, cancellationToken);
        return
        [
            new("wall time over ideal", seconds / (3 * Questions * Latency.TotalSeconds / Parallel), "x", 1.10),
            new("calls in flight at most", most, "calls", Parallel),
        ];
    }

    private static async Task<(double Seconds, int MaxInFlight)> MeasureAsync(string storage, int questions, TimeSpan latency, CancellationToken cancellationToken)
    {
        await using var models = await SimulatedEndpoint.StartAsync(new SimulationOptions { Latency = SimulatedLatency.Fixed(latency) }, cancellationToken);
        await using var host = new BenchHost(storage);
        await PairwiseWork.SetUpAsync(host, questions, new Target(models.BaseUrl, "sim-judge", Parallel), cancellationToken);
        await host.StartAsync(cancellationToken);
        return (await host.RunAsync("efficiency", PairwiseWork.Spec(["model"]), cancellationToken), models.Counters.MaxInFlight);
    }
}
