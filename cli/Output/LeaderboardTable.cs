using System.Globalization;
using ArenaBench.Core.Leaderboards;
using ArenaBench.Core.Scoring;
using Spectre.Console;

namespace ArenaBench.Cli.Output;

/// <summary>A leaderboard for people: one row a model, best first, with what each stands on, and below it what to know when reading it.</summary>
internal static class LeaderboardTable
{
    private const int MostParts = 8;

    public static void Write(IAnsiConsole console, Leaderboard leaderboard, bool compared = false)
    {
        var rows = LeaderboardRow.Of(leaderboard.Single, leaderboard.Pairwise);
        var format = leaderboard.Single is null ? "0.0" : "0.00";
        WriteRows(console, leaderboard, rows, format);
        foreach (var (title, parts) in LeaderboardRow.PartsOf(leaderboard))
        {
            if (parts.Count is > 1 and <= MostParts)
                WriteParts(console, title, parts, rows, format);
        }

        foreach (var remark in LeaderboardRemarks.Of(leaderboard, compared))
        {
            var text = SafeText.Line(remark);
            if (remark.StartsWith("note: ", StringComparison.Ordinal))
                console.MarkupLineInterpolated($"[grey]{text}[/]");
            else
                console.MarkupLineInterpolated($"{text}");
        }
    }

    private static void WriteRows(IAnsiConsole console, Leaderboard leaderboard, IReadOnlyList<LeaderboardRow> rows, string format)
    {
        var single = leaderboard.Single is not null;
        // What is wrong with a row always shows; columns of noughts do not.
        (string Name, Func<LeaderboardRow, string> Cell)[] columns =
        [
            ("#", row => Cell(row.Rank)),
            ("model", row => row.IsBaseline ? row.Model + " (baseline)" : row.Model),
            (single ? "rating" : "win rate", row => Cell(row.Score.Value, format)),
            (LeaderboardRemarks.IntervalTitle(leaderboard), row => row.IsBaseline && row.Score.Lower == row.Score.Upper ? "" : Interval(row.Score, format)),
            (single ? "rated" : "games", row => Cell(row.Counted)),
            ("unscored", row => Cell(row.Unscored)),
            .. Shown("missing", row => row.Missing),
            .. Shown("dropped", row => row.Dropped),
            ("tokens", row => Cell(row.Tokens, "0")),
        ];
        FittedTable.Write(
            console, [.. columns.Select(column => new FittedColumn(column.Name, IsText: column.Name == "model", IsKey: column.Name is "#" or "model"))],
            rows.Select(row => columns.Select(column => column.Cell(row)).ToArray()));

        IEnumerable<(string, Func<LeaderboardRow, string>)> Shown(string name, Func<LeaderboardRow, int> count) =>
            rows.Any(row => count(row) > 0) ? [(name, row => Cell(count(row)))] : [];
    }

    private static void WriteParts(
        IAnsiConsole console, string title, IReadOnlyList<(string Name, IReadOnlyDictionary<string, Estimate> Scores)> parts, IReadOnlyList<LeaderboardRow> rows, string format) =>
        FittedTable.Write(
            console, [FittedColumn.Key(title), .. parts.Select(part => new FittedColumn(part.Name))],
            rows.Select(row => (IReadOnlyList<string>)[row.Model, .. parts.Select(part => Cell(part.Scores.GetValueOrDefault(row.Model)?.Value, format))]));

    private static string Cell(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "-";

    private static string Cell(double? number, string format) => number?.ToString(format, CultureInfo.InvariantCulture) ?? "-";

    private static string Interval(Estimate estimate, string format) =>
        estimate is { Lower: { } lower, Upper: { } upper }
            ? $"{lower.ToString(format, CultureInfo.InvariantCulture)} – {upper.ToString(format, CultureInfo.InvariantCulture)}"
            : "-";
}
