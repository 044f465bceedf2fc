using ArenaBench.Core.Costs;
using ArenaBench.Core.Runs;

namespace ArenaBench.Functions.Api;

/// <summary>What some calls have cost so far.</summary>
/// <param name="Usd">US dollars of what endpoints reported; null where no price is known.</param>
/// <param name="UsdAtMost">As if every call that may have been paid, and whose use nobody reported, had cost the most it can.</param>
/// <param name="Reasoning">Part of <paramref name="Output"/>.</param>
/// <param name="CachedInput">Part of <paramref name="Input"/>.</param>
public sealed record CostView(
    decimal? Usd, decimal? UsdAtMost, int Calls, long Input, long Output, long Reasoning, long CachedInput, int UnreportedCalls)
{
    public static CostView Of(Spending spent, bool isPriced) => new(
        isPriced ? spent.Usd : null, isPriced ? spent.AtMost.Usd : null, spent.Calls, spent.Input, spent.Output, spent.Reasoning,
        spent.CachedInput, spent.Unreported?.Calls ?? 0);
}

/// <summary>What one model's answers, and judging them, have cost so far.</summary>
public sealed record ModelCost(CostView Answers, CostView Judging);

public sealed record JudgeCost(string Judge, CostView Cost);

/// <summary>What a run has cost so far, its judges each, and what it may cost.</summary>
/// <param name="Unpriced">Models and judges without a price: their calls are not in the dollars.</param>
/// <param name="SpentBefore">By the attempts that this one is a retry of, in a run with a budget.</param>
public sealed record RunCost(
    CostView Total, IReadOnlyList<JudgeCost> Judges, IReadOnlyList<string> Unpriced, Budget? Budget, CostView? SpentBefore);

internal static class RunCosts
{
    public static ModelCost OfModel(RunSpec spec, int model, IReadOnlyList<Spending> spent) => new(
        CostView.Of(spent.Count > 0 ? spent[0] : Spending.None, spec.AnsweringModels[model].Settings?.Price is not null),
        CostView.Of(spent.Skip(1).Aggregate(Spending.None, (sum, more) => sum.Plus(more)), spec.Judges.Any(judge => judge.Settings?.Price is not null)));

    /// <param name="spent">By answers first, then by each judge.</param>
    public static RunCost OfRun(RunSpec spec, IReadOnlyList<Spending> spent)
    {
        var called = spec.CalledModels.DistinctBy(model => model.Name).ToArray();
        var isPriced = called.Any(model => model.Price is not null);
        return new RunCost(
            CostView.Of(spent.Aggregate(Spending.None, (sum, more) => sum.Plus(more)), isPriced),
            [.. spec.Judges.Select((judge, index) => new JudgeCost(
                judge.Name, CostView.Of(index + 1 < spent.Count ? spent[index + 1] : Spending.None, judge.Settings?.Price is not null)))],
            [.. called.Where(model => model.Price is null).Select(model => model.Name)],
            spec.Budget,
            spec.SpentBefore is { } before ? CostView.Of(before, isPriced) : null);
    }
}
