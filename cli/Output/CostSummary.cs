using ArenaBench.Cli.Client;
using Spectre.Console;

namespace ArenaBench.Cli.Output;

/// <summary>What a run has cost, for people.</summary>
internal static class CostSummary
{
    /// <summary>In a line of progress; empty before anything was paid.</summary>
    public static string Short(RunCostView cost)
    {
        if (cost.Total.Calls == 0)
            return "";
        var spent = cost.Total.Usd is { } usd ? Money.Usd(usd) : $"{Money.Tokens(cost.Total.Input + cost.Total.Output)} tokens";
        return cost.Budget is { } budget ? $", {spent} of {budget}" : $", {spent}";
    }

    /// <summary>By model and judge, at the end.</summary>
    public static void Write(IAnsiConsole console, RunView run)
    {
        var cost = run.Cost;
        if (cost.Total.Calls > 0)
        {
            FittedTable.Write(
                console, [FittedColumn.Key("paid for"), new("calls"), new("input"), new("output"), new("cost"), new("judging it")],
                [
                    .. run.Models.Where(model => model.Cost.Answers.Calls + model.Cost.Judging.Calls > 0)
                        .Select(model => Row(model.Model, model.Cost.Answers, Money.Usd(model.Cost.Judging.Usd))),
                    .. cost.Judges.Select(judge => Row($"{judge.Judge} (judge)", judge.Cost, "")),
                    Row("all", cost.Total, ""),
                ]);
        }

        if (cost.Total.UnreportedCalls > 0)
            console.MarkupLineInterpolated($"{cost.Total.UnreportedCalls} calls may have been charged without a report of what they used: {Money.Usd(cost.Total.UsdAtMost)} at most in all");
        if (cost.Unpriced.Count > 0 && cost.Unpriced.Count < run.Models.Count + cost.Judges.Count)
            console.MarkupLineInterpolated($"Without a price, and not in the dollars: {SafeText.Clean(string.Join(", ", cost.Unpriced))}");
        if (run.Totals.Failures.TryGetValue("over_budget", out var left))
            console.MarkupLineInterpolated($"[bold]{left} answers and games were not made: the budget of {cost.Budget} is used up.[/] Go on with more:  arena retry {run.Id} --budget-usd AMOUNT");
    }

    private static string[] Row(string name, CostView cost, string judging) =>
        [name, $"{cost.Calls}", Money.Tokens(cost.Input), Money.Tokens(cost.Output), Money.Usd(cost.Usd), judging];
}
