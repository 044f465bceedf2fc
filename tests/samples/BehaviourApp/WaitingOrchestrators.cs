using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace BehaviourApp;

/// <summary>What orchestrators leave behind, and what they wait for.</summary>
public static class WaitingOrchestrators
{
    private static readonly TimeSpan Leftover = TimeSpan.FromSeconds(4);

    [Function(nameof(LeavesTimer))]
    public static Task<string> LeavesTimer([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        _ = context.CreateTimer(Leftover, CancellationToken.None);
        return Task.FromResult("returned");
    }

    [Function(nameof(LeavesActivity))]
    public static Task<string> LeavesActivity([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        _ = context.CallActivityAsync<int>(
            nameof(Activities.Work), new WorkItem(context.InstanceId, (int)Leftover.TotalMilliseconds));
        return Task.FromResult("returned");
    }

    [Function(nameof(LeavesChild))]
    public static Task<string> LeavesChild([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        _ = context.CallSubOrchestratorAsync<string>(nameof(LeavesTimer));
        return Task.FromResult("returned");
    }

    [Function(nameof(FailsWithTimer))]
    public static Task<string> FailsWithTimer([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        _ = context.CreateTimer(Leftover, CancellationToken.None);
        throw new InvalidOperationException("failed with a timer left");
    }

    [Function(nameof(CancelsTimer))]
    public static async Task<string> CancelsTimer([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        using var cancel = new CancellationTokenSource();
        var timer = context.CreateTimer(TimeSpan.FromMinutes(10), cancel.Token);
        var hello = context.CallActivityAsync<string>(nameof(Activities.SayHello), "first");
        await Task.WhenAny(timer, hello);
#pragma warning disable CA1849 // an orchestrator awaits nothing but its context's tasks
        cancel.Cancel();
#pragma warning restore CA1849
        return await hello;
    }

    [Function(nameof(LeavesWait))]
    public static async Task<string> LeavesWait([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        _ = context.WaitForExternalEvent<string>("Never");
        return await context.CallActivityAsync<string>(nameof(Activities.SayHello), "wait");
    }

    [Function(nameof(Timer))]
    public static async Task<double> Timer([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var begun = context.CurrentUtcDateTime;
        await context.CreateTimer(TimeSpan.FromSeconds(3), CancellationToken.None);
        return (context.CurrentUtcDateTime - begun).TotalSeconds;
    }

    [Function(nameof(WaitsForText))]
    public static Task<string> WaitsForText([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.WaitForExternalEvent<string>("Go");

    [Function(nameof(WaitsForNumber))]
    public static Task<int> WaitsForNumber([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.WaitForExternalEvent<int>("Go");

    [Function(nameof(WorksThenWaits))]
    public static async Task<string> WorksThenWaits([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        await context.CallActivityAsync<int>(nameof(Activities.Work), new WorkItem(context.InstanceId, 2000));
        return await context.WaitForExternalEvent<string>("Go");
    }
}
