using System.Globalization;
using ArenaBench.Core.Leaderboards;
using ArenaBench.Core.Scoring;
using Spectre.Console;

namespace ArenaBench.Cli.Output;

/// <summary>A leaderboard for people: one row a model, best first, with what each stands on.</summary>
internal static class LeaderboardTable
{
    public static void Write(IAnsiConsole console, Leaderboard leaderboard)
    {
        var table = new Table().Border(TableBorder.Rounded);
        if (leaderboard.Single is { } single)
            Fill(table, single);
        else if (leaderboard.Pairwise is { } pairwise)
            Fill(table, pairwise);
        console.Write(table);
        if (leaderboard.Pairwise is { } styled)
            WriteStyle(console, styled);
        foreach (var note in leaderboard.Single?.Notes ?? leaderboard.Pairwise?.Notes ?? [])
            console.MarkupLineInterpolated($"[grey]note: {SafeText.Clean(note.Message)}[/]");
    }

    private static void Fill(Table table, SingleLeaderboard board)
    {
        foreach (var column in new[] { "#", "model", "rating", IntervalTitle(board.Options.Bootstrap), "rated", "unscored", "tokens" })
            table.AddColumn(column == "model" ? new TableColumn(column) : new TableColumn(column).RightAligned());
        foreach (var row in board.Rows)
        {
            table.AddRow(
                Cell(row.Rank), Cell(row.Model), Cell(row.Mean.Value, "0.00"), Interval(row.Mean, "0.00"), Cell(row.Ratings.Scored),
                Cell(row.Ratings.Unscored.Values.Sum()), Cell(row.AverageTokens, "0"));
        }
    }

    private static void Fill(Table table, PairwiseLeaderboard board)
    {
        foreach (var column in new[] { "#", "model", "win rate", IntervalTitle(board.Options.Bootstrap), "games", "unscored", "tokens" })
            table.AddColumn(column == "model" ? new TableColumn(column) : new TableColumn(column).RightAligned());
        foreach (var row in board.Rows)
        {
            table.AddRow(
                Cell(row.Rank), Cell(row.IsBaseline ? row.Model + " (baseline)" : row.Model), Cell(row.WinRate.Value, "0.0"),
                row.IsBaseline ? "" : Interval(row.WinRate, "0.0"), Cell(row.Games.Scored), Cell(row.Games.Unscored.Values.Sum()),
                Cell(row.AverageTokens, "0"));
        }
    }

    private static void WriteStyle(IAnsiConsole console, PairwiseLeaderboard board)
    {
        foreach (var effect in board.Style ?? [])
            console.MarkupLineInterpolated($"style control: {effect.Feature} {Cell(effect.Coefficient.Value, "+0.000;-0.000")} ({Interval(effect.Coefficient, "+0.000;-0.000")}) logits per standard deviation");
    }

    private static string IntervalTitle(BootstrapOptions bootstrap) =>
        string.Create(CultureInfo.InvariantCulture, $"{bootstrap.Confidence * 100:0.##}% interval");

    private static string Cell(string text) => Markup.Escape(SafeText.Clean(text));

    private static string Cell(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "-";

    private static string Cell(double? number, string format) => number?.ToString(format, CultureInfo.InvariantCulture) ?? "-";

    private static string Interval(Estimate estimate, string format) =>
        estimate is { Lower: { } lower, Upper: { } upper }
            ? $"{lower.ToString(format, CultureInfo.InvariantCulture)} – {upper.ToString(format, CultureInfo.InvariantCulture)}"
            : "-";
}
