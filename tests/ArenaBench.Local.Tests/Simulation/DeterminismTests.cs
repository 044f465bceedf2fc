using ArenaBench.Simulation;

namespace ArenaBench.Local.Tests.Simulation;

public sealed class DeterminismTests
{
    private static readonly string[] Models = ["sim-strong", "sim-poor", "sim-thinker", "sim-judge"];

    [Fact]
    public async Task Replies_DoNotDependOnTheOrderOfCalls()
    {
        var requests = (from model in Models from i in Enumerable.Range(0, 15) select (model, Prompts.Question(i))).ToList();
        var forward = await AskAllAsync(42, requests, parallel: 1);
        var backward = await AskAllAsync(42, [.. requests.AsEnumerable().Reverse()], parallel: 8);
        Assert.Equal(forward, backward);
    }

    [Fact]
    public async Task Seed_ChangesTheReplies()
    {
        List<(string, string)> requests = [("sim-fair", Prompts.Question(1))];
        Assert.NotEqual(await AskAllAsync(1, requests, 1), await AskAllAsync(2, requests, 1));
    }

    [Fact]
    public void Hash_IsTheSameOnEveryMachine()
    {
        // Recorded once: a change here changes every recorded demonstration.
        Assert.Equal(0xAB28E17F7936B3DDUL, StableHash.Of(7, "arena bench"));
    }

    private static async Task<SortedDictionary<string, string>> AskAllAsync(long seed, List<(string Model, string Question)> requests, int parallel)
    {
        await using var endpoint = await SimulatedEndpoint.StartAsync(new SimulationOptions { Seed = seed }, TestContext.Current.CancellationToken);
        using var client = new SimulationClient(endpoint);
        var replies = new SortedDictionary<string, string>(StringComparer.Ordinal);
        await Parallel.ForEachAsync(requests, new ParallelOptions { MaxDegreeOfParallelism = parallel }, async (request, _) =>
        {
            using var response = await client.PostAsync(SimulationClient.Body(request.Model, request.Question));
            var bytes = await response.Content.ReadAsStringAsync(CancellationToken.None);
            lock (replies)
                replies.Add($"{request.Model} {request.Question}", bytes);
        });
        return replies;
    }
}
