using ArenaBench.Functions.Activities;
using ArenaBench.Functions.Orchestrators;

namespace ArenaBench.Functions.Tests.Orchestrators;

public sealed class RunOrchestrationTests
{
    [Fact]
    public async Task LongWaitForAnotherRun_GoesOnInANewHistory()
    {
        var input = new RunInput("run", 1);
        var context = new FakeContext().Activity<RunInput, RunPlan>(nameof(PlanActivities.PlanRun), _ => new RunPlan("other", []));

        await RunOrchestration.RunOrchestrator(context.Object, input);

        Assert.Equal([input], context.ContinuedWith);
        Assert.InRange(context.Calls.Count, 10, 60);
        Assert.Equal(context.Calls.Count, context.Timers);
        Assert.All(context.Calls, call => Assert.Equal(nameof(PlanActivities.PlanRun), call.Name));
    }

    [Fact]
    public async Task HistoriesOfAModel_ArePurgedWhileOthersRun_ThoseOfTheLastWhenTheRecordsAreSafe()
    {
        var last = new TaskCompletionSource();
        var context = new FakeContext().KeepingStatus()
            .Activity<RunInput, RunPlan>(nameof(PlanActivities.PlanRun), _ => new RunPlan(null, [new(0, false, 2, 1, 10), new(1, false, 3, 1, 10, Last: 2)]))
            .Activity<PurgeInput, bool>(nameof(CleaningActivities.PurgeShards), _ => true)
            .Activity<PublishInput, bool>(nameof(PublishActivities.PublishRecords), _ => true)
            .Activity<RunInput, bool>(nameof(PlanActivities.ReleaseClaims), _ => true)
            .Activity<RunInput, bool>(nameof(CleaningActivities.DeleteOldRuns), _ => true)
            .Activity<RunInput, string>(nameof(ScoreActivities.ScoreRun), _ => "leaderboard.json")
            .Child<ModelInput, WorkTotals>(nameof(ModelOrchestration.ModelOrchestrator), async model =>
            {
                if (model.Model == 1)
                    await last.Task;
                return WorkTotals.None;
            });

        var run = RunOrchestration.RunOrchestrator(context.Object, new RunInput("run", 1));
        Assert.Equal([0], context.InputsOf<PurgeInput>(nameof(CleaningActivities.PurgeShards)).Select(purge => purge.Model));
        last.SetResult();
        await run;

        Assert.Equal([0, 1], context.InputsOf<PurgeInput>(nameof(CleaningActivities.PurgeShards)).Select(purge => purge.Model));
        Assert.Equal([0, 2], context.InputsOf<ModelInput>(nameof(ModelOrchestration.ModelOrchestrator)).Select(model => model.Last));
        var names = context.Calls.Select(call => call.Name).ToList();
        Assert.True(names.LastIndexOf(nameof(CleaningActivities.PurgeShards)) > names.LastIndexOf(nameof(PublishActivities.PublishRecords)));
    }
}
