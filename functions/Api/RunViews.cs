using ArenaBench.Core.Costs;
using ArenaBench.Core.Runs;
using ArenaBench.Functions.Orchestrators;
using Microsoft.DurableTask.Client;

namespace ArenaBench.Functions.Api;

public sealed record RunList(IReadOnlyList<RunSummary> Runs);

/// <summary>Which run was told what it was told.</summary>
public sealed record RunId(string Id);

/// <summary>One run in a list.</summary>
public sealed record RunSummary(string Id, string Status, DateTimeOffset Created, DateTimeOffset Updated, RunStatus? Progress, string? Failure)
{
    public static RunSummary Of(OrchestrationMetadata instance) => new(
        instance.InstanceId, instance.RuntimeStatus.ToString(), instance.CreatedAt, instance.LastUpdatedAt,
        instance.StatusAs<RunStatus>() is { } status ? status with { Totals = RunDetail.Shown(status.Totals) } : null, instance.FailureDetails?.ErrorMessage);
}

/// <summary>One run with the live state of its models, read from their shards.</summary>
public sealed record RunDetail(
    string Id, string Status, int Attempt, string Benchmark, string? BenchmarkRevision, RunWork What, DateTimeOffset Created, DateTimeOffset Updated, string? Phase,
    string? WaitFor, WorkTotals Totals, IReadOnlyList<ModelDetail> Models, RunCost Cost, string? Failure)
{
    public static async Task<RunDetail> ReadAsync(
        DurableTaskClient client, RunCatalog runs, OrchestrationMetadata instance, CancellationToken cancellationToken)
    {
        var input = instance.ReadInputAs<RunInput>() ?? new RunInput(instance.InstanceId, 1);
        var run = await runs.GetKnownAsync(input.Run, input.Attempt, cancellationToken);
        var status = instance.StatusAs<RunStatus>();
        var children = await RunChildren.ReadAsync(client, run.Spec, cancellationToken);
        var models = Enumerable.Range(0, run.Spec.AnsweringModels.Count).Select(model => ModelDetail.Of(run, model, children)).ToArray();
        var totals = models.Aggregate(WorkTotals.None, (sum, model) => sum.Plus(model.Totals));
        return new RunDetail(
            instance.InstanceId, instance.RuntimeStatus.ToString(), input.Attempt, run.Spec.Benchmark, run.Spec.BenchmarkRevision, run.Spec.What, instance.CreatedAt,
            instance.LastUpdatedAt, status?.Phase, status?.WaitFor, Shown(totals),
            [.. models.Select(model => model with { Totals = Shown(model.Totals) })], RunCosts.OfRun(run.Spec, totals.Spent ?? []),
            instance.FailureDetails?.ErrorMessage);
    }

    /// <summary>Without what the cost says in its own words.</summary>
    internal static WorkTotals Shown(WorkTotals totals) => totals with { Spent = null, Open = null };
}

/// <param name="Settled">Questions of which everything existed before.</param>
public sealed record ModelDetail(string Model, int Shards, int ShardsEnded, int Settled, WorkTotals Totals, ModelCost Cost)
{
    /// <summary>What its ended shards came to, and what its running ones have done so far.</summary>
    internal static ModelDetail Of(FrozenRun run, int model, RunChildren children)
    {
        var name = run.Spec.AnsweringModels[model].Name;
        if (run.Plan?.Models[model] is not { } work)
            return Of(0, 0, 0, WorkTotals.None);
        var later = children.Later(model);
        if (children.Completed(model) is { } ended)
            return Of(ended.Shards, ended.ShardsEnded, work.Settled.Count, ended.Totals.Plus(later));

        var (purged, totals) = children.Purged(model);
        var (answers, games) = (0, 0);
        for (var shard = purged; shard < work.Shards.Count; shard++)
        {
            if (children.Of(model, shard) is { } begun)
                totals = totals.Plus(begun);
            else
                AddPlanned(work.Shards[shard]);
        }

        totals = totals with { Answers = totals.Answers + answers, Games = totals.Games + games };
        return Of(work.Shards.Count, children.ShardsEnded(model), work.Settled.Count, totals.Plus(later));

        ModelDetail Of(int shards, int shardsEnded, int settled, WorkTotals all) =>
            new(name, shards, shardsEnded, settled, all, RunCosts.OfModel(run.Spec, model, all.Spent ?? []));

        void AddPlanned(IReadOnlyList<QuestionWork> shard)
        {
            for (var item = 0; item < shard.Count; item++)
            {
                answers += shard[item].Answer ? 1 : 0;
                games += shard[item].Games.Count;
            }
        }
    }
}

/// <summary>What a dry run answers: what the run would do and cost.</summary>
public sealed record RunPreview(
    string Benchmark, int Questions, IReadOnlyList<string> Models, IReadOnlyList<string> Judges, Budget? Budget, CostEstimate Estimate)
{
    public static RunPreview Of(FrozenRun run, CostEstimate estimate) => new(
        run.Spec.Benchmark, run.Spec.QuestionCount, [.. run.Spec.Models.Select(model => model.Name)],
        [.. run.Spec.Judges.Select(judge => judge.Name)], run.Spec.Budget, estimate);
}
