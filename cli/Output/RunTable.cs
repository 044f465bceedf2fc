using System.Globalization;
using ArenaBench.Cli.Client;
using Spectre.Console;

namespace ArenaBench.Cli.Output;

/// <summary>Runs, or one run's models, for people.</summary>
internal static class RunTable
{
    public static void Write(IAnsiConsole console, IEnumerable<RunListItem> runs) => FittedTable.Write(
        console, [FittedColumn.Key("run"), FittedColumn.Text("status"), FittedColumn.Text("started")],
        runs.Select(run => (string[])[run.Id, run.Status, run.Created.ToString("u", CultureInfo.InvariantCulture)]));

    public static void Write(IAnsiConsole console, RunView run)
    {
        console.MarkupLineInterpolated($"{run.Id}: {run.Status}{(run.Phase is null ? "" : $" ({run.Phase})")}, benchmark {SafeText.Line(run.Benchmark)}, attempt {run.Attempt}");
        FittedTable.Write(
            console, [FittedColumn.Key("model"), new("answers"), new("games"), FittedColumn.Text("failed"), new("already there")],
            run.Models.Select(model => (string[])
            [
                model.Model, $"{model.Totals.AnswersDone}/{model.Totals.Answers}", $"{model.Totals.GamesDone}/{model.Totals.Games}",
                string.Join(", ", model.Totals.Failures.Select(failure => $"{failure.Value} {failure.Key}")), $"{model.Settled}",
            ]));
        CostSummary.Write(console, run);
    }
}
