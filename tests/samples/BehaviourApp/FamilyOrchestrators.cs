using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace BehaviourApp;

/// <summary>Parents, children, and gates between their branches.</summary>
public static class FamilyOrchestrators
{
    [Function(nameof(Parent))]
    public static async Task<string[]> Parent([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var unnamed = await context.CallSubOrchestratorAsync<string>(nameof(Child));
        var named = await context.CallSubOrchestratorAsync<string>(
            nameof(Child), null, new SubOrchestrationOptions(instanceId: $"{context.InstanceId}:m00:s001"));
        return [unnamed, named];
    }

    [Function(nameof(Child))]
    public static Task<string> Child([OrchestrationTrigger] TaskOrchestrationContext context) =>
        Task.FromResult(context.InstanceId);

    /// <summary>A child that tells how far it is, one step for each event.</summary>
    [Function(nameof(Watched))]
    public static async Task<string> Watched([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        context.SetCustomStatus("begun");
        await context.CallSubOrchestratorAsync<string>(
            nameof(Steps), null, new SubOrchestrationOptions(instanceId: $"{context.InstanceId}:m00:s001"));
        context.SetCustomStatus("child ended");
        return await context.WaitForExternalEvent<string>("End");
    }

    [Function(nameof(Steps))]
    public static async Task<string> Steps([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        for (var step = 1; step <= 2; step++)
        {
            await context.CallActivityAsync<string>(nameof(Activities.SayHello), $"step {step}");
            context.SetCustomStatus(step);
            await context.WaitForExternalEvent<string>("Step");
        }

        return "done";
    }

    /// <summary>Six branches through two gates, two at a time in each; returns how many were inside at most.</summary>
    [Function(nameof(Gated))]
    public static async Task<int[]> Gated([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var first = new Gate(2);
        var second = new Gate(2);
        await Task.WhenAll(Enumerable.Range(0, 6).Select(BranchAsync));
        return [first.Most, second.Most];

        async Task BranchAsync(int branch)
        {
            await first.EnterAsync();
            await context.CallActivityAsync<int>(nameof(Activities.Work), new WorkItem($"{context.InstanceId} a{branch}", 50));
            first.Leave();
            await second.EnterAsync();
            await context.CreateTimer(TimeSpan.FromMilliseconds(50), CancellationToken.None);
            await context.CallActivityAsync<int>(nameof(Activities.Work), new WorkItem($"{context.InstanceId} b{branch}", 50));
            second.Leave();
        }
    }

    private sealed class Gate(int places)
    {
        private readonly Queue<TaskCompletionSource> _waiting = new();
        private int _inside;

        public int Most { get; private set; }

        public Task EnterAsync()
        {
            if (_inside < places)
            {
                Most = Math.Max(Most, ++_inside);
                return Task.CompletedTask;
            }

            var turn = new TaskCompletionSource();
            _waiting.Enqueue(turn);
            return turn.Task;
        }

        public void Leave()
        {
            if (_waiting.TryDequeue(out var next)) next.SetResult();
            else _inside--;
        }
    }
}
