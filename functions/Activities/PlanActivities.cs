using ArenaBench.Core.Runs;
using ArenaBench.Core.Telemetry;
using ArenaBench.Functions.Orchestrators;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace ArenaBench.Functions.Activities;

public sealed class PlanActivities(RunPlanner planner, RunCatalog runs)
{
    /// <summary>Decides what a run has to do. The plan is written before it is returned; a second call returns the same.</summary>
    [Function(nameof(PlanRun))]
    public async Task<RunPlan> PlanRun(
        [ActivityTrigger] RunInput input, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        // What an earlier attempt has in flight ends first: it will be found, not paid for again.
        if (input.Attempt > 1 && await HasCallsAsync(client, input.Run, cancellationToken))
            return new RunPlan(input.Run, []);
        var (plan, waitFor) = await planner.PlanAsync(input.Run, input.Attempt, HasEndedAsync, cancellationToken);
        return plan is null
            ? new RunPlan(waitFor, [])
            : new RunPlan(
                null,
                [.. plan.Models.Select((work, model) => new ModelPlan(
                    model, work.NeededFirst, work.Shards.Count, work.Window, work.Shards.Sum(shard => shard.Count)))],
                RunTrace.Of((await runs.GetAsync(input.Run, input.Attempt, cancellationToken)).Spec) is not null);

        async Task<bool> HasEndedAsync(string run, CancellationToken token) =>
            (await client.GetInstanceAsync(run, token) is not { } instance || instance.IsCompleted)
            && !await HasCallsAsync(client, run, token);
    }

    /// <summary>Lets other runs at what this one had claimed.</summary>
    [Function(nameof(ReleaseClaims))]
    public Task ReleaseClaims([ActivityTrigger] RunInput input, CancellationToken cancellationToken) =>
        planner.ReleaseAsync(input.Run, cancellationToken);

    /// <summary>A cancelled run's last step. May run twice, and late: never ends another attempt.</summary>
    [Function(nameof(EndCancelled))]
    public async Task EndCancelled([ActivityTrigger] RunInput input, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        if (await client.GetInstanceAsync(input.Run, getInputsAndOutputs: true, cancellationToken) is { IsCompleted: false } instance
            && instance.ReadInputAs<RunInput>() == input)
            await client.TerminateInstanceAsync(input.Run, "cancelled by request", cancellationToken);
    }

    /// <summary>Children outlive a run that was terminated or purged over the management API, until their calls in flight have ended.
    /// A suspended one makes none.</summary>
    private static async Task<bool> HasCallsAsync(DurableTaskClient client, string run, CancellationToken cancellationToken) =>
        await client.GetAllInstancesAsync(new OrchestrationQuery(
            InstanceIdPrefix: $"{run}:", Statuses: [OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Pending]))
            .AnyAsync(cancellationToken);
}
