using ArenaBench.Azurite;
using ArenaBench.Simulation;
using ArenaBench.Testing;

namespace ArenaBench.Bench.Workflow;

/// <summary>Whether many models keep one judge busy, and whether a slow model or another run holds anybody up.</summary>
public sealed class Fairness : IBenchmark
{
    private const int JudgeParallel = 16;
    private const int Models = 20;
    private const int Questions = 40;
    private static readonly TimeSpan s_call = TimeSpan.FromMilliseconds(250);

    /// <summary>Of models and judge alike; with shorter ones the first answers of all models keep the processor busy, not the judge.</summary>
    private static readonly TimeSpan s_judgment = TimeSpan.FromSeconds(1);

    /// <summary>As users do: what counts here is what the endpoints see.</summary>
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);

    public string Name => "fairness";

    public string Description => $"{Models} models with one judge of parallel {JudgeParallel}; a slow model beside a fast one; two runs at one endpoint";

    public async Task<IReadOnlyList<Measurement>> RunAsync(CancellationToken cancellationToken)
    {
        using var folder = new TempFolder("bench-fairness");
        await using var azurite = await AzuriteLauncher.StartAsync(new AzuriteOptions { DataFolder = folder.Path, Port = 0 }, cancellationToken);
        var busy = await JudgeBusyAsync(azurite.ConnectionString, cancellationToken);
        var (alone, beside) = await BesideASlowModelAsync(azurite.ConnectionString, cancellationToken);
        var (first, second) = await TwoRunsAsync(azurite.ConnectionString, cancellationToken);
        return
        [
            new($"{Models} models, one judge of parallel {JudgeParallel}: share of its places in use, first call to last", 100 * busy, "%", 95, AtLeast: true),
            new("a fast model beside one that is 20 times slower: its time over its time alone", beside / alone, "x", 1.25),
            new("a small run started beside a large one at one endpoint: its share of the calls while both are going", 100 * second / (first + second), "%", 40, AtLeast: true),
        ];
    }

    /// <summary>The work of the judge, over what its places could have done between its first call and its last.</summary>
    private static async Task<double> JudgeBusyAsync(string storage, CancellationToken cancellationToken)
    {
        await using var judge = new ObservedEndpoint();
        await judge.StartAsync(SimulatedLatency.Fixed(s_judgment), cancellationToken);
        await using var answering = await SimulatedEndpoint.StartAsync(new SimulationOptions { Latency = SimulatedLatency.Fixed(s_judgment) }, cancellationToken);
        await using var host = new BenchHost(storage);
        var models = Enumerable.Range(0, Models).ToDictionary(number => $"m{number:00}", _ => new Target(answering.BaseUrl, "sim-good", 64));
        await PairwiseWork.SetUpAsync(host, Questions, models, new Dictionary<string, Target> { ["judge"] = new(judge.Address, "sim-judge", JudgeParallel) }, cancellationToken);
        await host.StartAsync(cancellationToken);
        await host.RunAsync("busy", PairwiseWork.Spec(models.Keys), cancellationToken, s_look);
        // A call that arrived at the very end still takes its time.
        return judge.Calls.Count * s_judgment / (JudgeParallel * (judge.Calls[^1] - judge.Calls[0] + s_judgment));
    }

    private static async Task<(double Alone, double Beside)> BesideASlowModelAsync(string storage, CancellationToken cancellationToken)
    {
        var alone = await FastModelAsync(storage, ["fast"], cancellationToken);
        return (alone, await FastModelAsync(storage, ["slow", "fast"], cancellationToken));
    }

    /// <returns>Seconds until the fast model's last answer was asked for.</returns>
    private static async Task<double> FastModelAsync(string storage, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        await using var fast = new ObservedEndpoint();
        await fast.StartAsync(SimulatedLatency.Fixed(TimeSpan.FromMilliseconds(50)), cancellationToken);
        await using var slow = await SimulatedEndpoint.StartAsync(new SimulationOptions { Latency = SimulatedLatency.Fixed(TimeSpan.FromSeconds(1)) }, cancellationToken);
        await using var judge = await SimulatedEndpoint.StartAsync(new SimulationOptions { Latency = SimulatedLatency.Fixed(TimeSpan.FromMilliseconds(50)) }, cancellationToken);
        await using var host = new BenchHost(storage);
        var targets = new Dictionary<string, Target> { ["fast"] = new(fast.Address, "sim-good", 4), ["slow"] = new(slow.BaseUrl, "sim-fair", 8) };
        await PairwiseWork.SetUpAsync(host, 100, targets, new Dictionary<string, Target> { ["judge"] = new(judge.BaseUrl, "sim-judge", 32) }, cancellationToken);
        await host.StartAsync(cancellationToken);
        await host.RunAsync("beside", PairwiseWork.Spec(names), cancellationToken, s_look);
        return (fast.Calls[^1] - fast.Calls[0]).TotalSeconds;
    }

    /// <returns>Answers of either run in the time when both were going.</returns>
    private static async Task<(int First, int Second)> TwoRunsAsync(string storage, CancellationToken cancellationToken)
    {
        await using var models = await SimulatedEndpoint.StartAsync(new SimulationOptions { Latency = SimulatedLatency.Fixed(s_call) }, cancellationToken);
        await using var host = new BenchHost(storage);
        var target = new Target(models.BaseUrl, "sim-good", 8);
        await PairwiseWork.SetUpAsync(host, 400, new Dictionary<string, Target> { ["large"] = target, ["small"] = target },
            new Dictionary<string, Target> { ["judge"] = new(models.BaseUrl, "sim-judge", 8) }, cancellationToken);
        await host.StartAsync(cancellationToken);
        await host.PostAsync($"id: large\nwhat: answer\n{PairwiseWork.Spec(["large"])}", cancellationToken);
        while (await DoneAsync(host, "large", cancellationToken) < 40)
            await Task.Delay(20, cancellationToken);
        await host.PostAsync($"id: small\nwhat: answer\n{PairwiseWork.Spec(["small"])}questions: {{end: 80}}\n", cancellationToken);
        while (await DoneAsync(host, "small", cancellationToken) < 1)
            await Task.Delay(20, cancellationToken);
        var before = await DoneAsync(host, "large", cancellationToken);
        while (await DoneAsync(host, "small", cancellationToken) < 70)
            await Task.Delay(20, cancellationToken);
        return (await DoneAsync(host, "large", cancellationToken) - before, 69);
    }

    private static async Task<int> DoneAsync(BenchHost host, string run, CancellationToken cancellationToken) =>
        (await host.GetAsync(run, cancellationToken)).GetProperty("totals").GetProperty("answers_done").GetInt32();
}
