using System.Diagnostics;
using ArenaBench.Azurite;
using ArenaBench.Simulation;
using ArenaBench.Testing;

namespace ArenaBench.Bench.Workflow;

/// <summary>One large run, looked at four times a second, with a restart in the middle.</summary>
internal static class ScaleRun
{
    public const int Models = 20;
    public const int Questions = 1000;
    public const int Judges = 2;
    public const int Calls = Models * Questions * (1 + (2 * Judges));

    private static readonly TimeSpan s_call = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(250);

    /// <summary>The first looks at a new process pay for the JIT.</summary>
    private static readonly TimeSpan s_young = TimeSpan.FromSeconds(5);

    public static async Task<ScaleFigures> MeasureAsync(CancellationToken cancellationToken)
    {
        using var folder = new TempFolder("bench-scale");
        await using var azurite = await AzuriteLauncher.StartAsync(new AzuriteOptions { DataFolder = folder.Path, Port = 0 }, cancellationToken);
        await using var endpoint = await SimulatedEndpoint.StartAsync(new SimulationOptions { Latency = SimulatedLatency.Fixed(s_call) }, cancellationToken);
        await using var host = new BenchHost(azurite.ConnectionString);
        var models = Enumerable.Range(0, Models).ToDictionary(number => $"m{number:00}", number => new Target(endpoint.BaseUrl, number % 2 == 0 ? "sim-good" : "sim-weak", 32));
        var judges = new[] { "sim-judge", "sim-judge-2" }.ToDictionary(name => name, name => new Target(endpoint.BaseUrl, name, 64));
        await PairwiseWork.SetUpAsync(host, Questions, models, judges, cancellationToken);
        await host.StartAsync(cancellationToken);

        var clock = Stopwatch.StartNew();
        await host.PostAsync($"id: scale\n{PairwiseWork.Spec(models.Keys)}", cancellationToken);
        using var exchange = new EmptyExchange();
        var samples = new List<ScaleSample>();
        TimeSpan? recovery = null;
        var slowest = TimeSpan.Zero;
        while (true)
        {
            var empty = await exchange.MeasureAsync(cancellationToken);
            var (run, took) = await host.LookAsync("scale", cancellationToken);
            if (clock.Elapsed > s_young)
                slowest = took > slowest ? took : slowest;
            var status = run.GetProperty("status").GetString();
            if (status is not ("Pending" or "Running"))
                return new ScaleFigures(samples, clock.Elapsed, recovery ?? TimeSpan.Zero, slowest, endpoint.Counters.Calls, status!,
                    await host.OpenStore().Files.ListAsync("runs/", cancellationToken).CountAsync(cancellationToken));

            samples.Add(new ScaleSample(clock.Elapsed, endpoint.Counters.Answered, Environment.WorkingSet, took, empty));
            if (recovery is null && endpoint.Counters.Answered > Calls / 2)
            {
                await host.StopAsync();
                var down = Stopwatch.StartNew();
                var before = endpoint.Counters.Calls;
                await host.StartAsync(cancellationToken);
                while (endpoint.Counters.Calls == before)
                    await Task.Delay(10, cancellationToken);
                recovery = down.Elapsed;
            }

            await Task.Delay(s_look, cancellationToken);
        }
    }
}

/// <param name="At">Since the run was started.</param>
/// <param name="Answered">Calls, so far.</param>
/// <param name="WorkingSet">Bytes of this process: host, client and endpoint.</param>
/// <param name="Status">What <c>GET /api/runs/{id}</c> took.</param>
/// <param name="Empty">What an empty exchange took just before it.</param>
internal sealed record ScaleSample(TimeSpan At, long Answered, long WorkingSet, TimeSpan Status, TimeSpan Empty);

/// <param name="Recovery">From the stop to the next call.</param>
/// <param name="SlowestStatus">The slowest answer of <c>GET /api/runs/{id}</c>, but for the first five seconds of the process.</param>
internal sealed record ScaleFigures(
    IReadOnlyList<ScaleSample> Samples, TimeSpan Took, TimeSpan Recovery, TimeSpan SlowestStatus, long Calls, string Status, int Blobs)
{
    /// <summary>Calls a second while the share of the work went from one bound to the other.</summary>
    public double Rate(double from, double to)
    {
        var first = Samples.First(sample => sample.Answered >= from * ScaleRun.Calls);
        var last = Samples.Last(sample => sample.Answered <= to * ScaleRun.Calls);
        return (last.Answered - first.Answered) / (last.At - first.At).TotalSeconds;
    }

    public TimeSpan StatusWithin(double share) => Within(share, sample => sample.Status);

    public TimeSpan EmptyWithin(double share) => Within(share, sample => sample.Empty);

    /// <summary>Bytes of the process when a share of the work was done.</summary>
    public double Memory(double share) => Samples.First(sample => sample.Answered >= share * ScaleRun.Calls).WorkingSet;

    private TimeSpan Within(double share, Func<ScaleSample, TimeSpan> took) => Samples.Select(took).Order().ElementAt((int)(share * (Samples.Count - 1)));
}
