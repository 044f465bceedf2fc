using ArenaBench.Core.Storage;
using ArenaBench.Simulation;
using ArenaBench.Simulation.Limits;
using ArenaBench.Testing;

namespace ArenaBench.EndToEnd.Tests.Models;

/// <summary>Two hosts on one storage, two runs on one of them: what reaches the endpoint stays within its limits.</summary>
public sealed class SharedLimitsTests(AzuriteFixture azurite)
{
    private const int Questions = 40;
    private const int Parallel = 3;
    private const int Rpm = 600;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TwoHostsAndTwoRuns_NeverExceedParallelOrRpmTogether()
    {
        var storage = await azurite.ConnectionStringOrSkipAsync();
        // It refuses what is over its limits, and says how often it did.
        await using var models = await SimulatedEndpoint.StartAsync(
            new SimulationOptions
            {
                Latency = SimulatedLatency.Fixed(TimeSpan.FromMilliseconds(100)),
                Limits = new EndpointLimits { Rpm = Rpm, BurstSeconds = 3, PerModel = true },
            },
            Cancelled);
        var container = AzuriteFixture.NewContainerName("limits");
        await using var first = await EmbeddedApp.StartAsync(storage, container, Cancelled);
        await using var second = await EmbeddedApp.StartAsync(storage, container, Cancelled, hub: "u" + container.Split('-')[^1]);
        await SmallBenchmark.SetUpAsync(first.Store, models.BaseUrl, Questions, Parallel, Cancelled);
        // Every run has names of its own for the same two models: no run waits for another's records.
        await first.PutEndpointsAsync(string.Concat(new[] { "a", "b", "c" }.Select(run =>
            $"rpm-{run}: {{model: sim-good, endpoints: [{{api_base: '{models.BaseUrl}'}}], parallel: 64, rpm: {Rpm}}}\n"
            + $"par-{run}: {{model: sim-fair, endpoints: [{{api_base: '{models.BaseUrl}'}}], parallel: {Parallel}}}\n")), Cancelled);

        await Task.WhenAll(RunAsync(first, "a"), RunAsync(first, "b"), RunAsync(second, "c"));

        Assert.InRange(models.Counters.Models["sim-fair"].MaxInFlight, Parallel, Parallel);
        // A host on a busy machine is late with a call or a few. Two hosts that did not share would be refused at least thirty times.
        var limited = models.Counters.Models["sim-good"];
        Assert.InRange(limited.Calls - limited.Answered, 0, 10);
        Assert.Equal(6 * Questions, models.Counters.Answered);
    }

    private static async Task RunAsync(EmbeddedApp app, string run)
    {
        var ended = await app.Http.RunToEndAsync($"id: run-{run}\nbenchmark: small\nwhat: answer\nmodels: [rpm-{run}, par-{run}]\n", Cancelled);
        Assert.True(ended.GetProperty("runtimeStatus").GetString() == "Completed", ended.ToString());
        foreach (var model in new[] { $"rpm-{run}", $"par-{run}" })
            Assert.Equal(Questions, (await app.Store.QuestionsOfAsync(CanonicalFile.Answers("small", model), Cancelled)).Count);
    }
}
