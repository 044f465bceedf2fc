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
}
