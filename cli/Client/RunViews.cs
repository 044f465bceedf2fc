using ArenaBench.Core.Costs;

namespace ArenaBench.Cli.Client;

/// <summary>What a host answers to a started run.</summary>
public sealed record StartedRun(string Id);

public sealed record RunListItem(string Id, string Status, DateTimeOffset Created, DateTimeOffset Updated);

public sealed record RunView(
    string Id, string Status, int Attempt, string Benchmark, string? What, DateTimeOffset Created, DateTimeOffset Updated, string? Phase, string? WaitFor,
    WorkView Totals, IReadOnlyList<ModelView> Models, RunCostView Cost, string? Failure)
{
    public bool HasEnded => Status is "Completed" or "Failed" or "Terminated" or "Canceled";
}

public sealed record ModelView(string Model, int Shards, int ShardsEnded, int Settled, WorkView Totals, ModelCostView Cost);

/// <param name="Usd">Null: no price is known.</param>
/// <param name="UsdAtMost">With all that may have been charged and was not reported.</param>
public sealed record CostView(decimal? Usd, decimal? UsdAtMost, int Calls, long Input, long Output, long Reasoning, long CachedInput, int UnreportedCalls);

public sealed record ModelCostView(CostView Answers, CostView Judging);

public sealed record JudgeCostView(string Judge, CostView Cost);

public sealed record RunCostView(
    CostView Total, IReadOnlyList<JudgeCostView> Judges, IReadOnlyList<string> Unpriced, Budget? Budget, CostView? SpentBefore);

public sealed record WorkView(int Answers, int AnswersDone, int Games, int GamesDone, IReadOnlyDictionary<string, int> Failures);

/// <summary>What a cleaning took away, or would.</summary>
public sealed record CleanView(IReadOnlyList<string> Deleted, int Histories, int Claims, bool DryRun);
