using ArenaBench.Core.Costs;
using ArenaBench.Functions.Activities;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace ArenaBench.Functions.Orchestrators;

/// <summary>A run's story: plan, answer and judge every model, publish the records, score.</summary>
public static class RunOrchestration
{
    private const int LongestLookAway = 15;

    /// <summary>Each holds a model's files in memory.</summary>
    private const int PublishedAtOnce = 4;

    /// <summary>So that a wait of hours does not grow a history that is replayed at every look.</summary>
    private const int LooksInOneHistory = 40;

    [Function(nameof(RunOrchestrator))]
    public static async Task<RunResult> RunOrchestrator([OrchestrationTrigger] TaskOrchestrationContext context, RunInput input)
    {
        var status = new RunStatusWriter(context);
        var times = new Timeline(context);
        var cancelled = context.WaitForExternalEvent<CancelOrder>(CancelOrder.Event);
        if (await PlanAsync(context, input, status, cancelled) is not { } plan)
        {
            if (cancelled.IsCompleted)
                await EndCancelledAsync(context, input, status);
            context.ContinueAsNew(input);
            return new RunResult(input.Run, input.Attempt, WorkTotals.None, "");
        }

        status.Working(plan.Models);
        _ = ObeyAsync();
        var purse = new RunPurse(plan.Budget);
        var publishing = new Gate(PublishedAtOnce);
        Task<string>? scored = null;
        var tidying = new Tidying(context);
        try
        {
            // A baseline that has to be answered first holds the games of the others; its own history is short.
            await RunModelsAsync(context, input, plan.Models.Where(model => model.First), purse, status, times, tidying);
            await RunModelsAsync(context, input, plan.Models.Where(model => !model.First), purse, status, times, tidying);
            status.Phase(RunPhase.Scoring);
            scored = context.CallActivityAsync<string>(nameof(ScoreActivities.ScoreRun), input, Retry.Storage);
        }
        finally
        {
            // Beside the scoring, and also after a failure: what was paid for goes to the canonical files, and no claim is left behind.
            await Task.WhenAll(plan.Models.Select(PublishAsync));
            await Task.WhenAll(
                context.CallActivityAsync(nameof(PlanActivities.ReleaseClaims), input, Retry.Storage),
                tidying.EndAsync(),
                scored is null ? Task.CompletedTask : context.CallActivityAsync(nameof(CleaningActivities.DeleteOldRuns), input, Retry.Storage));
            if (plan.Traced && scored is null)
                await times.WriteAsync(nameof(TraceActivities.TraceRun), times.OfRun(input, failed: true));
        }

        var leaderboard = await scored;
        if (plan.Traced)
            await times.WriteAsync(nameof(TraceActivities.TraceRun), times.OfRun(input, failed: false));
        // A cancel that came when nothing was left to be done has ended nothing.
        if (status.Totals.Stops.Run)
            await EndCancelledAsync(context, input, status);
        status.Phase(RunPhase.Completed);
        return new RunResult(input.Run, input.Attempt, status.Totals, leaderboard);

        async Task PublishAsync(ModelPlan model)
        {
            await publishing.EnterAsync();
            try
            {
                await context.CallActivityAsync(
                    nameof(PublishActivities.PublishRecords), new PublishInput(input.Run, input.Attempt, model.Model), Retry.Storage);
            }
            finally
            {
                publishing.Leave();
            }
        }

        // The activities see the phase, and call no more.
        async Task ObeyAsync() => status.Phase((await cancelled).Abandon ? RunPhase.Abandoning : RunPhase.Cancelling);
    }

    /// <summary>What was paid for is published and scored by now: the instance ends as what it is, terminated.</summary>
    private static async Task EndCancelledAsync(TaskOrchestrationContext context, RunInput input, RunStatusWriter status)
    {
        status.Phase(RunPhase.Cancelled);
        await context.CallActivityAsync(nameof(PlanActivities.EndCancelled), input, Retry.Storage);
        await context.WaitForExternalEvent<CancelOrder>("nothing comes after the end");
    }

    /// <returns>Null: another run is still doing part of the same work, or this one was cancelled while it waited.</returns>
    private static async Task<RunPlan?> PlanAsync(
        TaskOrchestrationContext context, RunInput input, RunStatusWriter status, Task<CancelOrder> cancelled)
    {
        for (var looks = 0; looks < LooksInOneHistory; looks++)
        {
            status.Phase(RunPhase.Planning);
            var plan = await context.CallActivityAsync<RunPlan>(nameof(PlanActivities.PlanRun), input, Retry.Storage);
            if (plan.WaitFor is null)
                return plan;
            status.WaitingFor(plan.WaitFor);
            using var woken = new CancellationTokenSource();
            if (await Task.WhenAny(context.CreateTimer(LookAwayAfter(looks), woken.Token), cancelled) == cancelled)
            {
#pragma warning disable CA1849 // must run here, on the orchestrator's turn
                woken.Cancel();
#pragma warning restore CA1849
                return null;
            }
        }

        return null;
    }

    /// <summary>Soon at first: what is waited for may be the last calls of a run that was ended.</summary>
    private static TimeSpan LookAwayAfter(int looks) => TimeSpan.FromSeconds(Math.Min(LongestLookAway, 1 << Math.Min(looks, 8)));

    /// <summary>All at once. Under a budget, what some models have not used lets others go on, pass by pass, until nothing more can be paid for.</summary>
    private static async Task RunModelsAsync(
        TaskOrchestrationContext context, RunInput input, IEnumerable<ModelPlan> models, RunPurse purse, RunStatusWriter status, Timeline times,
        Tidying tidying)
    {
        IReadOnlyList<GoingModel> going = [.. models.Where(model => model.Shards > 0).Select(model => new GoingModel(model, null, Stops.None))];
        var running = 0;
        for (var pass = 1; going.Count > 0; pass++)
        {
            status.Pass(pass);
            var shares = purse.Share(going);
            if (shares.Count == 0)
                shares = [.. going.Select(model => (model, (Grant?)new Grant(Amount.Zero, Last: true)))];
            running = shares.Count;
            var ran = await Task.WhenAll(shares.Select(share => times.TakeAsync(
                share.Model.Plan.Model, () => RunModelAsync(share.Model, share.Grant, pass))));
            going = [.. going.Except(shares.Select(share => share.Model)).Concat(ran).Where(model => model.Questions > 0).OrderBy(model => model.Plan.Model)];
        }

        async Task<GoingModel> RunModelAsync(GoingModel model, Grant? grant, int pass)
        {
            var shards = new ModelInput(
                input.Run, input.Attempt, model.Plan.Model, model.Plan.Shards, model.Plan.Window, pass, grant, model.Plan.Needs, model.Open, model.IsTried ? model.Stops : null,
                model.Plan.Last);
            var totals = await context.CallSubOrchestratorAsync<WorkTotals>(
                nameof(ModelOrchestration.ModelOrchestrator), shards, new SubOrchestrationOptions(instanceId: InstanceIds.Model(shards)));
            purse.Return(grant, totals.Sum);
            var left = new GoingModel(model.Plan, totals.Open ?? [], totals.Stops);
            status.ModelRan(totals with { Open = null, Purged = 0 }, hasEnded: left.Questions == 0);
            // Their totals are in the model's status: what is left of them would only grow.
            IReadOnlyList<ShardRange> kept = shards.Open is { } ran
                ? [.. ran.Select(open => new ShardRange(open.Shard, 1))]
                : [new ShardRange(totals.Purged, shards.Shards - totals.Purged)];
            tidying.Add(PurgeInput.Of(shards, kept), othersRun: --running > 0);
            return left;
        }
    }
}
