using ArenaBench.Core.Runs;
using Spectre.Console;

namespace ArenaBench.Cli.Output;

/// <summary>What a run reuses and what it makes, and why.</summary>
internal static class ReuseTable
{
    public static void Write(IAnsiConsole console, ReuseReport report) => FittedTable.Write(
        console,
        [FittedColumn.Key("model"), FittedColumn.Text("what"), new("records"), FittedColumn.Text(""), FittedColumn.Text("why"), FittedColumn.Text("such as")],
        report.Groups.Select(group => (string[])
        [
            group.Model, group.Judge is { } judge ? $"games of {judge}" : "answers", $"{group.Records}",
            group.Reason is ReuseReason.Reused or ReuseReason.Imported ? "there" : "to make", group.Why, string.Join(", ", group.Questions),
        ]));
}
