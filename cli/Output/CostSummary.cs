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
            var table = new Table().Border(TableBorder.Rounded);
            foreach (var column in new[] { "paid for", "calls", "input", "output", "cost", "judging it" })
                table.AddColumn(column == "paid for" ? new TableColumn(column) : new TableColumn(column).RightAligned());
            foreach (var model in run.Models.Where(model => model.Cost.Answers.Calls + model.Cost.Judging.Calls > 0))
                Row(table, model.Model, model.Cost.Answers, Money.Usd(model.Cost.Judging.Usd));
            foreach (var judge in cost.Judges)
                Row(table, $"{judge.Judge} (judge)", judge.Cost, "");
            Row(table, "all", cost.Total, "");
            console.Write(table);
        }

        if (cost.Total.UnreportedCalls > 0)
            console.MarkupLineInterpolated($"{cost.Total.UnreportedCalls} calls may have been charged without a report of what they used: {Money.Usd(cost.Total.UsdAtMost)} at most in all");
        if (cost.Unpriced.Count > 0 && cost.Unpriced.Count < run.Models.Count + cost.Judges.Count)
            console.MarkupLineInterpolated($"Without a price, and not in the dollars: {SafeText.Clean(string.Join(", ", cost.Unpriced))}");
        if (run.Totals.Failures.TryGetValue("over_budget", out var left))
            console.MarkupLineInterpolated($"[bold]{left} answers and games were not made: the budget of {cost.Budget} is used up.[/] Go on with more:  arena retry {run.Id} --budget-usd AMOUNT");
    }

    private static void Row(Table table, string name, CostView cost, string judging) => table.AddRow(
        Markup.Escape(SafeText.Clean(name)), $"{cost.Calls}", Money.Tokens(cost.Input), Money.Tokens(cost.Output), Money.Usd(cost.Usd), judging);
}
