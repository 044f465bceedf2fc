using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace BehaviourApp;

/// <summary>Orchestrators that break the rules, on purpose.</summary>
public static class ForbiddenOrchestrators
{
    private static int s_turns;

    [Function(nameof(Delays))]
    public static async Task<string> Delays([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        await Task.Delay(50);
        return await context.CallActivityAsync<string>(nameof(Activities.SayHello), "late");
    }

    [Function(nameof(RunsElsewhere))]
    public static async Task<string> RunsElsewhere([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        await Task.Run(() => Thread.Sleep(50));
        return await context.CallActivityAsync<string>(nameof(Activities.SayHello), "elsewhere");
    }

    [Function(nameof(LeavesItsThread))]
    public static async Task<string> LeavesItsThread([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        await context.CallActivityAsync<string>(nameof(Activities.SayHello), "one").ConfigureAwait(false);
        return await context.CallActivityAsync<string>(nameof(Activities.SayHello), "two");
    }

    /// <summary>Takes another path every time its code is entered.</summary>
    [Function(nameof(ChangesItsMind))]
    public static async Task<string> ChangesItsMind([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        if (Interlocked.Increment(ref s_turns) % 2 == 0)
            await context.CallActivityAsync<string>(nameof(Activities.SayHello), "even");
        else
            await context.CreateTimer(TimeSpan.FromMilliseconds(100), CancellationToken.None);
        return await context.CallActivityAsync<string>(nameof(Activities.SayHello), "after");
    }
}
