using ArenaBench.Core.Runs;
using ArenaBench.Functions.Orchestrators;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace ArenaBench.Functions.Activities;

public sealed class PlanActivities(RunPlanner planner)
{
    /// <summary>Decides what a run has to do. The plan is written before it is returned; a second call returns the same.</summary>
    [Function(nameof(PlanRun))]
    public async Task<RunPlan> PlanRun(
        [ActivityTrigger] RunInput input, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        var (plan, waitFor) = await planner.PlanAsync(input.Run, input.Attempt, HasEndedAsync, cancellationToken);
        return plan is null
            ? new RunPlan(waitFor, [])
            : new RunPlan(null, [.. plan.Models.Select((work, model) => new ModelPlan(
                model, work.NeededFirst, work.Shards.Count, work.Window, work.Shards.Sum(shard => shard.Count)))]);

        async Task<bool> HasEndedAsync(string run, CancellationToken token) =>
            await client.GetInstanceAsync(run, token) is not { } instance || instance.IsCompleted;
    }

    /// <summary>Lets other runs at what this one had claimed.</summary>
    [Function(nameof(ReleaseClaims))]
    public Task ReleaseClaims([ActivityTrigger] RunInput input, CancellationToken cancellationToken) =>
        planner.ReleaseAsync(input.Run, cancellationToken);
}
