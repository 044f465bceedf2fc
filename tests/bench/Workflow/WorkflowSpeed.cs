using System.Diagnostics;
using System.Runtime;
using ArenaBench.Azurite;
using ArenaBench.Simulation;
using ArenaBench.Testing;

namespace ArenaBench.Bench.Workflow;

/// <summary>Whole runs on the local host: what the workflow adds to the calls, and how many activities a second it can do at all.
/// Host, endpoint and storage share the machine.</summary>
public sealed class WorkflowSpeed : IBenchmark
{
    private const int Parallel = 32;

    public string Name => "workflow";

    public string Description => "whole runs of 300 questions, answer and judge, on the local host with Azurite and a simulated endpoint";

    public async Task<IReadOnlyList<Measurement>> RunAsync(CancellationToken cancellationToken)
    {
        using var folder = new TempFolder("bench-workflow");
        await using var azurite = await AzuriteLauncher.StartAsync(new AzuriteOptions { DataFolder = folder.Path, Port = 0 }, cancellationToken);
        // The first run pays for the JIT, also for what the framework's code is compiled to once it is used often.
        await MeasureAsync(azurite.ConnectionString, questions: 300, TimeSpan.Zero, cancellationToken);
        await WhenNothingIsCompiledAsync(cancellationToken);

        var latency = TimeSpan.FromMilliseconds(200);
        var slow = await MeasureAsync(azurite.ConnectionString, questions: 300, latency, cancellationToken);
        var ideal = 600 * latency.TotalSeconds / Parallel;
        var fast = await MeasureAsync(azurite.ConnectionString, questions: 1500, TimeSpan.Zero, cancellationToken);
        return
        [
            new("300 questions, answer and judge, 200 ms, parallel 32: wall time over ideal", slow.Seconds / ideal, "x", 1.20),
            new("calls in flight at most", slow.MaxInFlight, "calls", Parallel),
            new("1,500 questions at 0 ms: activities", 3000 / fast.Seconds, "1/s", 330, AtLeast: true),
            new("peak memory, endpoint included", Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0, "MB"),
        ];
    }

    private static async Task<Figures> MeasureAsync(string storage, int questions, TimeSpan latency, CancellationToken cancellationToken)
    {
        await using var models = await SimulatedEndpoint.StartAsync(
            new SimulationOptions { Latency = SimulatedLatency.Fixed(latency) }, cancellationToken);
        await using var host = new BenchHost(storage);
        await SmallBenchmark.SetUpAsync(host.OpenStore(), models.BaseUrl, questions, Parallel, cancellationToken, sentAs: "sim-judge");
        await host.StartAsync(cancellationToken);
        var seconds = await host.RunAsync("bench", "benchmark: small\nmodels: [sim-strong]\n", cancellationToken);
        return new Figures(seconds, models.Counters.MaxInFlight);
    }

    /// <summary>Code that turns out to be used often is compiled once more, beside what runs.</summary>
    private static async Task WhenNothingIsCompiledAsync(CancellationToken cancellationToken)
    {
        for (var before = -1L; before != JitInfo.GetCompiledMethodCount();)
        {
            before = JitInfo.GetCompiledMethodCount();
            await Task.Delay(TimeSpan.FromMilliseconds(500), cancellationToken);
        }
    }

    private sealed record Figures(double Seconds, int MaxInFlight);
}
