using ArenaBench.Core.Costs;
using ArenaBench.Core.Models;
using ArenaBench.Core.Runs;
using ArenaBench.Core.Telemetry;
using ArenaBench.Functions.Orchestrators;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace ArenaBench.Functions.Activities;

public sealed class PlanActivities(RunCatalog runs, RunPlanner planner, WorkBounds bounds, IModelCaller caller)
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
        if (plan is null)
            return new RunPlan(waitFor, []);
        var run = await runs.GetAsync(input.Run, input.Attempt, cancellationToken);
        if (plan.Models.Any(work => work.Shards.Count > 0))
        {
            foreach (var called in run.Spec.CalledModels)
                caller.Prepare(called);
        }

        var models = new List<ModelPlan>();
        foreach (var (model, work) in plan.Models.Index())
        {
            var planned = new ModelPlan(model, work.NeededFirst, work.Shards.Count, work.Window, work.Shards.Sum(shard => shard.Count), Last: work.Last);
            models.Add(run.Spec.Budget is null || work.Shards.Count == 0 ? planned : planned with
            {
                Weight = BudgetWeight.Of(run.Spec, model, work),
                Needs = await bounds.LeastOfAsync(run, model, cancellationToken),
            });
        }

        return new RunPlan(null, models, RunTrace.Of(run.Spec) is not null, run.Spec.Budget?.Less(run.Spec.SpentBefore ?? Spending.None));

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
