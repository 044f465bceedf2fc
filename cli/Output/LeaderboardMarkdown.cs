using System.Globalization;
using System.Text;
using ArenaBench.Core.Leaderboards;
using ArenaBench.Core.Scoring;

namespace ArenaBench.Cli.Output;

/// <summary>A leaderboard as Markdown tables, to be pasted into a report.</summary>
internal static class LeaderboardMarkdown
{
    public static string Write(Leaderboard leaderboard, bool compared = false)
    {
        var single = leaderboard.Single is not null;
        var rows = LeaderboardRow.Of(leaderboard.Single, leaderboard.Pairwise);
        var text = new StringBuilder();
        Line(text, ["#", "model", single ? "rating" : "win rate", LeaderboardRemarks.IntervalTitle(leaderboard), single ? "rated" : "games", "unscored", "missing", "tokens"]);
        Line(text, ["--:", ":--", "--:", "--:", "--:", "--:", "--:", "--:"]);
        foreach (var row in rows)
        {
            Line(text,
            [
                Number(row.Rank), Name(row.Model) + (row.IsBaseline ? " (baseline)" : ""), Number(row.Score.Value, "0.00"), Interval(row.Score),
                Number(row.Counted), Number(row.Unscored), Number(row.Missing), Number(row.Tokens, "0"),
            ]);
        }

        foreach (var (title, parts) in LeaderboardRow.PartsOf(leaderboard))
        {
            if (parts.Count < 2)
                continue;
            text.Append('\n');
            Line(text, [title, .. parts.Select(part => Name(part.Name))]);
            Line(text, [":--", .. parts.Select(_ => "--:")]);
            foreach (var row in rows)
                Line(text, [Name(row.Model), .. parts.Select(part => Number(part.Scores.GetValueOrDefault(row.Model)?.Value, "0.00"))]);
        }

        var remarks = LeaderboardRemarks.Of(leaderboard, compared).ToList();
        if (remarks.Count > 0)
            text.Append('\n');
        foreach (var remark in remarks)
            text.Append(CultureInfo.InvariantCulture, $"- {Name(remark)}\n");
        return text.ToString();
    }

    private static void Line(StringBuilder text, IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");

    /// <summary>No name ends a cell, or becomes a link, an image or HTML.</summary>
    private static string Name(string name)
    {
        var safe = new StringBuilder();
        foreach (var character in SafeText.Clean(name))
            safe.Append("|\\`<>[]*".Contains(character, StringComparison.Ordinal) ? "\\" : "").Append(character);
        return safe.ToString();
    }

    private static string Interval(Estimate score) => score.Lower is null || score.Upper is null ? "" : $"{Number(score.Lower, "0.00")} – {Number(score.Upper, "0.00")}";

    private static string Number(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string Number(double? number, string format) => number?.ToString(format, CultureInfo.InvariantCulture) ?? "";
}
