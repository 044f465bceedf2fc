using ArenaBench.Azurite;
using ArenaBench.Core.Models;
using ArenaBench.Simulation;
using ArenaBench.Simulation.Faults;
using ArenaBench.Testing;

namespace ArenaBench.Bench.Workflow;

/// <summary>What a storm costs: the same 500 questions with and without it. A model takes one to three seconds, a call is given up after
/// six; refusals say honestly when to come back.</summary>
public sealed class StormSpeed : IBenchmark
{
    private const int Questions = 500;
    private const int Parallel = 64;

    private static readonly SimulatedLatency Latency = SimulatedLatency.Uniform(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3));

    private static readonly FaultRule[] Storm =
    [
        new FaultRule { Kind = FaultKind.RateLimit, Rate = 0.2, RetryAfterSeconds = 1 },
        new FaultRule { Kind = FaultKind.ServerError, Rate = 0.05 },
        new FaultRule { Kind = FaultKind.Reset, Rate = 0.02 },
        new FaultRule { Kind = FaultKind.Hang, Rate = 0.01 },
        new FaultRule { Kind = FaultKind.TruncatedJson, Rate = 0.01 },
    ];

    public string Name => "storm";

    public string Description => "500 questions, answer and judge, with 20% 429, 5% 500, 2% resets, 1% hangs and 1% malformed, against the same without";

    public async Task<IReadOnlyList<Measurement>> RunAsync(CancellationToken cancellationToken)
    {
        using var folder = new TempFolder("bench-storm");
        await using var azurite = await AzuriteLauncher.StartAsync(new AzuriteOptions { DataFolder = folder.Path, Port = 0 }, cancellationToken);
        // The first run pays for the JIT.
        await MeasureAsync(azurite.ConnectionString, 50, SimulatedLatency.None, [], cancellationToken);
        var calm = await MeasureAsync(azurite.ConnectionString, Questions, Latency, [], cancellationToken);
        var storm = await MeasureAsync(azurite.ConnectionString, Questions, Latency, Storm, cancellationToken);
        return
        [
            new("without faults: wall time", calm.Seconds, "s"),
            new("in the storm: wall time", storm.Seconds, "s"),
            new("in the storm: wall time over that without faults", storm.Seconds / calm.Seconds, "x", 1.5),
            new("in the storm: answered and judged", 100 * storm.Made, "%", 99, AtLeast: true),
            new("in the storm: paid attempts for each record", storm.Attempts, "calls"),
        ];
    }

    private static async Task<Figures> MeasureAsync(string storage, int questions, SimulatedLatency latency, FaultRule[] faults, CancellationToken cancellationToken)
    {
        await using var models = await SimulatedEndpoint.StartAsync(new SimulationOptions { Latency = latency, Faults = faults }, cancellationToken);
        await using var host = new BenchHost(storage);
        var store = host.OpenStore();
        await SmallBenchmark.SetUpAsync(store, models.BaseUrl, questions, Parallel, cancellationToken);
        await store.Files.WriteAsync(EndpointsCatalog.Folder + EndpointsCatalog.DefaultFile, BinaryData.FromString(string.Concat(new[] { "sim-good", "sim-judge" }.Select(name =>
            $"{name}: {{endpoints: [{{api_base: '{models.BaseUrl}'}}], parallel: {Parallel}, timeout: 6s}}\n"))), null, cancellationToken);
        await host.StartAsync(cancellationToken);
        var seconds = await host.RunAsync("storm", "benchmark: small\nmodels: [sim-good]\n", cancellationToken);

        var (made, attempts) = (0, 0);
        await foreach (var placed in store.Parts.ReadAllAsync("storm", cancellationToken))
            (made, attempts) = (made + (placed.Line.Record is null ? 0 : 1), attempts + placed.Line.Attempts);
        return new Figures(seconds, made / (2.0 * questions), attempts / (2.0 * questions));
    }

    private sealed record Figures(double Seconds, double Made, double Attempts);
}
