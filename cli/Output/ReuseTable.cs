using ArenaBench.Core.Runs;
using Spectre.Console;

namespace ArenaBench.Cli.Output;

/// <summary>What a run reuses and what it makes, and why.</summary>
internal static class ReuseTable
{
    public static void Write(IAnsiConsole console, ReuseReport report)
    {
        var table = new Table().Border(TableBorder.Rounded);
        table.AddColumns("model", "what", "records", "", "why", "such as");
        foreach (var group in report.Groups)
        {
            table.AddRow(
                Text(group.Model), Text(group.Judge is { } judge ? $"games of {judge}" : "answers"), $"{group.Records}",
                group.Reason is ReuseReason.Reused or ReuseReason.Imported ? "there" : "to make", Text(group.Why), Text(string.Join(", ", group.Questions)));
        }

        console.Write(table);
    }

    private static string Text(string text) => Markup.Escape(SafeText.Clean(text));
}
