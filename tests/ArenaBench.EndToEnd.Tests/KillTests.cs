using System.Text.Json;
using ArenaBench.Core.Storage;
using ArenaBench.Simulation;
using ArenaBench.Testing;

namespace ArenaBench.EndToEnd.Tests;

public sealed class KillTests(AzuriteFixture azurite)
{
    private const int Questions = 60;
    private const int Parallel = 8;
    private const string Spec = "id: killed\nbenchmark: small\nmodels: [sim-strong, sim-weak]\n";

    [Fact]
    public async Task Host_KilledInMidRun_CompletesByItself_WithTheSameBytes_AndPaysTwiceOnlyForCallsInFlight()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var storage = await azurite.ConnectionStringOrSkipAsync();
        var undisturbed = await RunAsync(storage, killAt: [], cancellationToken);

        var killed = await RunAsync(storage, killAt: [Questions / 2, Questions, 3 * Questions], cancellationToken);

        Assert.Equal(undisturbed.Leaderboard, killed.Leaderboard);
        Assert.Equal(undisturbed.Keys, killed.Keys);
        Assert.Equal(2 * 2 * Questions, killed.Keys.Count);
        Assert.InRange(killed.PaidAgain, 0, killed.InFlightAtKills);
        // Two lanes for each call that may be at an endpoint: for either model, answering and judging.
        Assert.InRange(killed.InFlightAtKills, 1, 3 * 2 * 2 * 2 * Parallel);
        Assert.Equal(0, undisturbed.PaidAgain);
    }

    /// <summary>The second waits for the first, whose claims outlive the host that wrote them.</summary>
    [Fact]
    public async Task Host_KilledWhileASecondRunWaitsForTheSameWork_BothComplete_AndNothingIsPaidTwiceButCallsInFlight()
    {
        const int Few = 16;
        var cancellationToken = TestContext.Current.CancellationToken;
        var storage = await azurite.ConnectionStringOrSkipAsync();
        await using var models = await SimulatedEndpoint.StartAsync(
            new SimulationOptions { Latency = SimulatedLatency.Fixed(TimeSpan.FromMilliseconds(100)) }, cancellationToken);
        var container = AzuriteFixture.NewContainerName("kill");
        var store = SmallBenchmark.Open(storage, container);
        await SmallBenchmark.SetUpAsync(store, models.BaseUrl, Few, parallel: 4, cancellationToken);
        await using var host = await HostProcess.StartAsync(storage, container, cancellationToken);
        using var first = await host.Http.PostRunAsync(Spec, cancellationToken);
        while (models.Counters.Calls < 4)
            await Task.Delay(5, cancellationToken);
        using var second = await host.Http.PostRunAsync(Spec.Replace("killed", "second", StringComparison.Ordinal), cancellationToken);
        Assert.True(second.IsSuccessStatusCode, await second.Content.ReadAsStringAsync(cancellationToken));
        while (models.Counters.Calls < Few)
            await Task.Delay(5, cancellationToken);

        await host.KillAsync();
        var inFlight = await BegunAndNotRecordedAsync(models, store, cancellationToken);
        await host.StartAsync(cancellationToken);
        foreach (var started in new[] { first, second })
        {
            var ended = await host.Http.FollowAsync(started.Headers.Location!, cancellationToken);
            Assert.True(ended.GetProperty("runtimeStatus").GetString() == "Completed", ended.ToString());
        }

        Assert.InRange(models.Counters.PaidAgain, 0, inFlight);
        var keys = await KeysAsync(store, cancellationToken);
        Assert.Equal((2 * 2 * Few, 2 * 2 * Few), (keys.Count, keys.Distinct().Count()));
        Assert.Equal(
            await host.Http.GetStringAsync("api/runs/killed/leaderboard", cancellationToken), await host.Http.GetStringAsync("api/runs/second/leaderboard", cancellationToken));
        Assert.Empty(await store.Files.ListAsync("claims/", cancellationToken).ToListAsync(cancellationToken));
    }

    private static async Task<Outcome> RunAsync(string storage, int[] killAt, CancellationToken cancellationToken)
    {
        await using var models = await SimulatedEndpoint.StartAsync(
            new SimulationOptions { Latency = SimulatedLatency.Fixed(TimeSpan.FromMilliseconds(60)) }, cancellationToken);
        var container = AzuriteFixture.NewContainerName("kill");
        var store = SmallBenchmark.Open(storage, container);
        await SmallBenchmark.SetUpAsync(store, models.BaseUrl, Questions, Parallel, cancellationToken);
        await using var host = await HostProcess.StartAsync(storage, container, cancellationToken);
        using var started = await host.Http.PostRunAsync(Spec, cancellationToken);
        Assert.True(started.IsSuccessStatusCode, await started.Content.ReadAsStringAsync(cancellationToken));

        var inFlight = 0;
        foreach (var calls in killAt)
        {
            while (models.Counters.Calls < calls)
                await Task.Delay(5, cancellationToken);
            await host.KillAsync();
            inFlight = await BegunAndNotRecordedAsync(models, store, cancellationToken);
            await host.StartAsync(cancellationToken);
        }

        var ended = await host.Http.FollowAsync(started.Headers.Location!, cancellationToken);
        Assert.True(ended.GetProperty("runtimeStatus").GetString() == "Completed", ended.ToString());
        var keys = await KeysAsync(store, cancellationToken);
        return new Outcome(
            await host.Http.GetStringAsync("api/runs/killed/leaderboard", cancellationToken), keys, models.Counters.PaidAgain, inFlight);
    }

    /// <summary>A call is in flight until its record is stored: of one that was answered in the host's last milliseconds nobody knows.
    /// Counts those of earlier kills too.</summary>
    private static async Task<int> BegunAndNotRecordedAsync(SimulatedEndpoint models, ArenaContainer store, CancellationToken cancellationToken)
    {
        // What was already on its way when the host died still arrives.
        for (long before = -1; before != models.Counters.Calls;)
        {
            before = models.Counters.Calls;
            await Task.Delay(300, cancellationToken);
        }

        var recorded = await store.Parts.ReadAllAsync("killed", cancellationToken).CountAsync(placed => placed.Line.Record is not null, cancellationToken);
        return (int)models.Counters.Calls - recorded;
    }

    /// <summary>Every record of the canonical files, once for each line.</summary>
    private static async Task<IReadOnlyList<string>> KeysAsync(ArenaContainer store, CancellationToken cancellationToken)
    {
        var keys = new List<string>();
        foreach (var model in new[] { "sim-strong", "sim-weak" })
        {
            foreach (var file in new[] { CanonicalFile.Answers("small", model), CanonicalFile.Judgments("small", "sim-judge", model) })
            {
                var text = (await store.Files.ReadAsync(file.Path, cancellationToken))!.Content.ToString();
                keys.AddRange(text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                    .Select(line => $"{file.Path} {JsonDocument.Parse(line).RootElement.GetProperty("question_id").GetString()}"));
            }
        }

        return keys;
    }

    private sealed record Outcome(string Leaderboard, IReadOnlyList<string> Keys, long PaidAgain, int InFlightAtKills);
}
