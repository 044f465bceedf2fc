using ArenaBench.Functions.Activities;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace ArenaBench.Functions.Orchestrators;

/// <summary>A run's story: plan, answer and judge every model, publish the records, score.</summary>
public static class RunOrchestration
{
    private static readonly TimeSpan WaitForOtherRun = TimeSpan.FromSeconds(15);

    /// <summary>So that a wait of hours does not grow a history that is replayed at every look.</summary>
    private const int LooksInOneHistory = 40;

    [Function(nameof(RunOrchestrator))]
    public static async Task<RunResult> RunOrchestrator([OrchestrationTrigger] TaskOrchestrationContext context, RunInput input)
    {
        var status = new RunStatusWriter(context);
        if (await PlanAsync(context, input, status) is not { } plan)
        {
            context.ContinueAsNew(input);
            return new RunResult(input.Run, input.Attempt, WorkTotals.None, "");
        }

        status.Working(plan.Models);
        Task<string>? scored = null;
        try
        {
            // A baseline that has to be answered first holds the games of the others; its own history is short.
            await RunModelsAsync(context, input, plan.Models.Where(model => model.First), status);
            await RunModelsAsync(context, input, plan.Models.Where(model => !model.First), status);
            status.Phase(RunPhase.Scoring);
            scored = context.CallActivityAsync<string>(nameof(ScoreActivities.ScoreRun), input, Retry.Storage);
        }
        finally
        {
            // Beside the scoring, and also after a failure: what was paid for goes to the canonical files, and no claim is left behind.
            await Task.WhenAll(plan.Models.Select(model => context.CallActivityAsync(
                nameof(PublishActivities.PublishRecords), new PublishInput(input.Run, input.Attempt, model.Model), Retry.Storage)));
            await context.CallActivityAsync(nameof(PlanActivities.ReleaseClaims), input, Retry.Storage);
        }

        var leaderboard = await scored;
        status.Phase(RunPhase.Completed);
        await context.CallActivityAsync(nameof(CleaningActivities.DeleteOldRuns), input, Retry.Storage);
        return new RunResult(input.Run, input.Attempt, status.Totals, leaderboard);
    }

    /// <returns>Null: another run is still doing part of the same work.</returns>
    private static async Task<RunPlan?> PlanAsync(TaskOrchestrationContext context, RunInput input, RunStatusWriter status)
    {
        for (var looks = 0; looks < LooksInOneHistory; looks++)
        {
            status.Phase(RunPhase.Planning);
            var plan = await context.CallActivityAsync<RunPlan>(nameof(PlanActivities.PlanRun), input, Retry.Storage);
            if (plan.WaitFor is null)
                return plan;
            status.WaitingFor(plan.WaitFor);
            await context.CreateTimer(WaitForOtherRun, CancellationToken.None);
        }

        return null;
    }

    private static Task RunModelsAsync(
        TaskOrchestrationContext context, RunInput input, IEnumerable<ModelPlan> models, RunStatusWriter status) =>
        Task.WhenAll(models.Where(model => model.Shards > 0).Select(async model =>
        {
            var shards = new ModelInput(input.Run, input.Attempt, model.Model, model.Shards, model.Window);
            var totals = await context.CallSubOrchestratorAsync<WorkTotals>(
                nameof(ModelOrchestration.ModelOrchestrator), shards, new SubOrchestrationOptions(instanceId: InstanceIds.Model(shards)));
            status.ModelEnded(totals);
            // Their totals are in the model's status: what is left of them would only grow.
            await context.CallActivityAsync(nameof(CleaningActivities.PurgeShards), shards, Retry.Storage);
        }));
}
