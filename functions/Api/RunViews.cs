using ArenaBench.Core.Runs;
using ArenaBench.Functions.Orchestrators;
using Microsoft.DurableTask.Client;

namespace ArenaBench.Functions.Api;

/// <summary>One run in a list.</summary>
public sealed record RunSummary(string Id, string Status, DateTimeOffset Created, DateTimeOffset Updated, RunStatus? Progress, string? Failure)
{
    public static RunSummary Of(OrchestrationMetadata instance) => new(
        instance.InstanceId, instance.RuntimeStatus.ToString(), instance.CreatedAt, instance.LastUpdatedAt,
        ReadStatus(instance), instance.FailureDetails?.ErrorMessage);

    internal static RunStatus? ReadStatus(OrchestrationMetadata instance) =>
        string.IsNullOrEmpty(instance.SerializedCustomStatus) ? null : instance.ReadCustomStatusAs<RunStatus>();
}

/// <summary>One run with the live state of its models, read from their shards.</summary>
public sealed record RunDetail(
    string Id, string Status, int Attempt, string Benchmark, RunWork What, DateTimeOffset Created, DateTimeOffset Updated, string? Phase,
    string? WaitFor, WorkTotals Totals, IReadOnlyList<ModelDetail> Models, string? Failure)
{
    public static async Task<RunDetail> ReadAsync(
        DurableTaskClient client, RunCatalog runs, OrchestrationMetadata instance, CancellationToken cancellationToken)
    {
        var input = instance.ReadInputAs<RunInput>() ?? new RunInput(instance.InstanceId, 1);
        var run = await runs.GetAsync(input.Run, input.Attempt, cancellationToken);
        var status = RunSummary.ReadStatus(instance);
        var models = new List<ModelDetail>();
        for (var model = 0; model < run.Spec.AnsweringModels.Count; model++)
            models.Add(await ModelAsync(client, run, model, cancellationToken));
        var totals = models.Aggregate(WorkTotals.None, (sum, model) => sum.Plus(model.Totals));
        return new RunDetail(
            instance.InstanceId, instance.RuntimeStatus.ToString(), input.Attempt, run.Spec.Benchmark, run.Spec.What, instance.CreatedAt,
            instance.LastUpdatedAt, status?.Phase, status?.WaitFor, totals, models, instance.FailureDetails?.ErrorMessage);
    }

    /// <summary>What its ended shards came to, and what its running ones have done so far.</summary>
    private static async Task<ModelDetail> ModelAsync(DurableTaskClient client, FrozenRun run, int model, CancellationToken cancellationToken)
    {
        var spec = run.Spec;
        var name = spec.AnsweringModels[model].Name;
        if (run.Plan?.Models[model] is not { } work)
            return new ModelDetail(name, 0, 0, 0, WorkTotals.None);

        var totals = WorkTotals.None;
        var ended = 0;
        for (var shard = 0; shard < work.Shards.Count; shard++)
        {
            var id = InstanceIds.Shard(new ShardInput(spec.Run, spec.Attempt, model, shard, Stops.None));
            var child = await client.GetInstanceAsync(id, getInputsAndOutputs: true, cancellationToken);
            if (child?.IsCompleted == true)
                ended++;
            totals = totals.Plus(string.IsNullOrEmpty(child?.SerializedCustomStatus)
                ? WorkOf(work, shard)
                : child.ReadCustomStatusAs<WorkTotals>() ?? WorkTotals.None);
        }

        return new ModelDetail(name, work.Shards.Count, ended, work.Settled.Count, totals);
    }

    private static WorkTotals WorkOf(ModelWork work, int shard) => shard >= work.Shards.Count ? WorkTotals.None : WorkTotals.None with
    {
        Answers = work.Shards[shard].Count(item => item.Answer),
        Games = work.Shards[shard].Sum(item => item.Games.Count),
    };
}

/// <param name="Settled">Questions of which everything existed before.</param>
public sealed record ModelDetail(string Model, int Shards, int ShardsEnded, int Settled, WorkTotals Totals);

/// <summary>What a dry run answers: the calls that a run would make at most.</summary>
public sealed record RunPreview(string Benchmark, int Questions, IReadOnlyList<string> Models, IReadOnlyList<string> Judges)
{
    public static RunPreview Of(FrozenRun run) => new(
        run.Spec.Benchmark, run.Spec.QuestionCount, [.. run.Spec.Models.Select(model => model.Name)], [.. run.Spec.Judges.Select(judge => judge.Name)]);
}
