using System.Collections.Concurrent;
using ArenaBench.Azurite;
using ArenaBench.Core.Models;
using ArenaBench.Simulation;
using ArenaBench.Simulation.Limits;
using ArenaBench.Testing;

namespace ArenaBench.Bench.Workflow;

/// <summary>An endpoint limited to 600 requests a minute, of which nobody has told us, and one whose limit is configured: how much of the
/// rate a run uses, and how much of it is refused.</summary>
public sealed class RateSpeed : IBenchmark
{
    private const int Rpm = 600;
    private const int Questions = 700;
    private static readonly TimeSpan Learned = TimeSpan.FromSeconds(10);

    public string Name => "rate";

    public string Description => "700 answers from an endpoint limited to 600 a minute, the limit known and unknown: the rate used, the share refused";

    public async Task<IReadOnlyList<Measurement>> RunAsync(CancellationToken cancellationToken)
    {
        using var folder = new TempFolder("bench-rate");
        await using var azurite = await AzuriteLauncher.StartAsync(new AzuriteOptions { DataFolder = folder.Path, Port = 0 }, cancellationToken);
        var unknown = await MeasureAsync(azurite.ConnectionString, "", cancellationToken);
        var known = await MeasureAsync(azurite.ConnectionString, $", rpm: {Rpm}", cancellationToken);
        return
        [
            new("limit unknown: rate after ten seconds", unknown.Rate, "% of the limit", 90, AtLeast: true),
            new("limit unknown: refused after ten seconds", unknown.Refused, "% of the calls", 1),
            new("limit configured: rate", known.Rate, "% of the limit", 90, AtLeast: true),
            new("limit configured: refused", known.RefusedEver, "% of the calls", 1),
        ];
    }

    private static async Task<Figures> MeasureAsync(string storage, string rpm, CancellationToken cancellationToken)
    {
        var arrived = new ConcurrentQueue<TimeSpan>();
        await using var models = await SimulatedEndpoint.StartAsync(
            new SimulationOptions
            {
                Latency = SimulatedLatency.Fixed(TimeSpan.FromMilliseconds(200)),
                Limits = new EndpointLimits { Rpm = Rpm, BurstSeconds = 1 },
                Observer = call => arrived.Enqueue(call.At),
            },
            cancellationToken);
        await using var host = new BenchHost(storage);
        var store = host.OpenStore();
        await SmallBenchmark.SetUpAsync(store, models.BaseUrl, Questions, 1, cancellationToken);
        await store.Files.WriteAsync(EndpointsCatalog.Folder + EndpointsCatalog.DefaultFile,
            BinaryData.FromString($"sim-good: {{endpoints: [{{api_base: '{models.BaseUrl}'}}], parallel: 64{rpm}}}\n"), null, cancellationToken);
        await host.StartAsync(cancellationToken);
        var run = host.RunAsync("rate", "benchmark: small\nwhat: answer\nmodels: [sim-good]\n", cancellationToken);
        while (arrived.IsEmpty)
            await Task.Delay(10, cancellationToken);
        arrived.TryPeek(out var first);
        await Task.Delay(Learned, cancellationToken);
        var (answered, refused, calls) = (models.Counters.Answered, models.Counters.RateLimited, models.Counters.Calls);
        await run;

        var last = arrived.Last();
        var minutes = (last - first - Learned).TotalMinutes;
        return new Figures(
            100 * (models.Counters.Answered - answered) / minutes / Rpm,
            100.0 * (models.Counters.RateLimited - refused) / (models.Counters.Calls - calls),
            100.0 * models.Counters.RateLimited / models.Counters.Calls);
    }

    private sealed record Figures(double Rate, double Refused, double RefusedEver);
}
