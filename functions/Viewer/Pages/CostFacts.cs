using ArenaBench.Core.Costs;
using ArenaBench.Functions.Api;

namespace ArenaBench.Functions.Viewer;

/// <summary>What a run has cost, against what it may cost.</summary>
internal static class CostFacts
{
    public static Html Write(RunCost cost)
    {
        var total = cost.SpentBefore is { } before ? Sum(cost.Total, before) : cost.Total;
        return Html.Of($"""
            <div><dt>Calls</dt><dd>{Words.Count(total.Calls)}</dd></div>
            <div><dt>Tokens</dt><dd>{Words.Count(total.Input)} in, {Words.Count(total.Output)} out</dd></div>
            {Html.If(total.Usd is not null, () => Html.Of($"<div><dt>Cost</dt><dd>{InDollars(total)}</dd></div>"))}
            {Html.If(cost.Budget is not null, () => Html.Of($"<div><dt>Budget</dt><dd>{Budgeted(cost.Budget!, total)}</dd></div>"))}
            {Html.If(cost.Unpriced.Count > 0 && total.Usd is not null, () => Html.Of($"<div><dt>Without a price</dt><dd>{Html.Each(cost.Unpriced.Index(), name => Html.Of($"{(name.Index == 0 ? "" : ", ")}{Html.Name(name.Item)}"))}</dd></div>"))}
            """);
    }

    /// <summary>Of one model: its answers, and judging them.</summary>
    public static string Of(ModelCost cost) => cost is { Answers.Usd: null, Judging.Usd: null }
        ? $"{Words.Count(cost.Answers.Input + cost.Answers.Output + cost.Judging.Input + cost.Judging.Output)} tokens"
        : Dollars.Of((cost.Answers.Usd ?? 0) + (cost.Judging.Usd ?? 0));

    private static string InDollars(CostView cost) => cost.UsdAtMost > cost.Usd
        ? $"{Dollars.Of(cost.Usd!.Value)} reported, {Dollars.Of(cost.UsdAtMost.Value)} at most"
        : Dollars.Of(cost.Usd!.Value);

    private static Html Budgeted(Budget budget, CostView spent)
    {
        var shares = new List<(double Share, string Of)>();
        if (budget.Usd is { } usd)
            shares.Add(((double)((spent.UsdAtMost ?? 0) / usd), Dollars.Of(usd)));
        if (budget.Tokens is { } tokens)
            shares.Add(((spent.Input + spent.Output) / (double)tokens, $"{Words.Count(tokens)} tokens"));
        return Html.Each(shares, share => Html.Of(
            $"<progress aria-label='spent of the budget' value='{Words.Number(Math.Min(1, share.Share), "0.###")}' max='1'></progress> <span class='number'>{Words.Number(100 * share.Share, "0")}% of {share.Of}</span> "));
    }

    private static CostView Sum(CostView one, CostView other) => new(
        one.Usd + other.Usd, one.UsdAtMost + other.UsdAtMost, one.Calls + other.Calls, one.Input + other.Input, one.Output + other.Output,
        one.Reasoning + other.Reasoning, one.CachedInput + other.CachedInput, one.UnreportedCalls + other.UnreportedCalls);
}
