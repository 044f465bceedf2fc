using ArenaBench.Functions.Activities;
using ArenaBench.Functions.Orchestrators;

namespace ArenaBench.Functions.Tests.Orchestrators;

public sealed class ModelOrchestrationTests
{
    [Fact]
    public async Task ShardsThatHaveEnded_ArePurgedMeanwhile_AndStayInTheStatus()
    {
        const int Shards = 40;
        var context = new FakeContext().KeepingStatus()
            .Activity<PurgeInput, bool>(nameof(CleaningActivities.PurgeShards), _ => true)
            .Child<ShardInput, WorkTotals>(nameof(ShardOrchestration.ShardOrchestrator),
                shard => Task.FromResult(WorkTotals.None with { Answers = 1, AnswersDone = 1 }));

        var totals = await ModelOrchestration.ModelOrchestrator(context.Object, new ModelInput("run", 1, 0, Shards, Window: 3));

        var purged = context.InputsOf<PurgeInput>(nameof(CleaningActivities.PurgeShards)).SelectMany(input => input.Shards).ToArray();
        Assert.Equal(Enumerable.Range(0, totals.Purged), purged.SelectMany(range => Enumerable.Range(range.First, range.Count)));
        Assert.InRange(totals.Purged, Shards / 2, Shards - 1);
        var status = Assert.IsType<ModelStatus>(context.CustomStatus);
        Assert.Equal((Shards, Shards, totals.Purged, totals.Purged), (status.ShardsEnded, status.Totals.AnswersDone, status.Purged, status.OfPurged!.AnswersDone));
    }

    [Fact]
    public async Task ShardsThatRunAtOnce_AreAllCounted_AndAFatalFailureReachesThoseAfterThem()
    {
        var running = new List<TaskCompletionSource>();
        var context = new FakeContext().KeepingStatus()
            .Activity<PurgeInput, bool>(nameof(CleaningActivities.PurgeShards), _ => true)
            .Child<ShardInput, WorkTotals>(nameof(ShardOrchestration.ShardOrchestrator), async shard =>
            {
                var end = new TaskCompletionSource();
                running.Add(end);
                await end.Task;
                return new WorkTotals(10, 10, 5, 4, new Dictionary<string, int> { ["timeout"] = 1 }, new Stops(shard.Shard == 0, []));
            });

        var model = ModelOrchestration.ModelOrchestrator(context.Object, new ModelInput("run", 1, 0, Shards: 5, Window: 3));
        // The first ends before the others of its window, the rest one by one.
        for (var shard = 0; shard < 5; shard++)
            running[shard].SetResult();

        var totals = await model;
        Assert.Equal((50, 50, 25, 20, 5), (totals.Answers, totals.AnswersDone, totals.Games, totals.GamesDone, totals.Failures["timeout"]));
        var status = Assert.IsType<ModelStatus>(context.CustomStatus);
        Assert.Equal(new ModelStatus(5, 5, totals with { Purged = 0 }, totals.Purged, status.OfPurged), status);
        Assert.Equal((4, 40, 4), (status.Purged, status.OfPurged!.Answers, status.OfPurged.Failures["timeout"]));
        Assert.Equal([false, false, false, true, true], context.InputsOf<ShardInput>(nameof(ShardOrchestration.ShardOrchestrator)).Select(shard => shard.Stops.Model));
    }

    [Fact]
    public async Task LastShards_BeginTogether_AsManyAsThePlanSays()
    {
        var running = new List<TaskCompletionSource>();
        var context = new FakeContext().KeepingStatus()
            .Child<ShardInput, WorkTotals>(nameof(ShardOrchestration.ShardOrchestrator), async _ =>
            {
                var end = new TaskCompletionSource();
                running.Add(end);
                await end.Task;
                return WorkTotals.None;
            })
            .Activity<PurgeInput, bool>(nameof(CleaningActivities.PurgeShards), _ => true);

        var model = ModelOrchestration.ModelOrchestrator(context.Object, new ModelInput("run", 1, 0, Shards: 7, Window: 2, Last: 3));
        var begun = new List<int>();
        for (var shard = 0; shard < 7; shard++)
        {
            begun.Add(running.Count);
            running[shard].SetResult();
        }

        await model;
        Assert.Equal([2, 3, 7, 7, 7, 7, 7], begun);
    }
}
