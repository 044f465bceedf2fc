using System.Globalization;
using ArenaBench.Core.Scoring;

namespace ArenaBench.Core.Leaderboards;

/// <summary>The CSV of the published Arena-Hard leaderboards: <c>model,score,rating_q025,rating_q975,CI,avg_tokens,date</c>.</summary>
public static class PublishedCsv
{
    /// <param name="date">As it is to stand in the file, instead of the leaderboard's own: no clock is read.</param>
    /// <exception cref="ArgumentException">The leaderboard is one of ratings, which this format cannot hold.</exception>
    public static string Write(Leaderboard leaderboard, string? date = null)
    {
        var board = leaderboard.Pairwise ?? throw new ArgumentException("The published CSV holds win rates; this leaderboard holds ratings.", nameof(leaderboard));
        var lines = board.Rows.Where(row => row.WinRate.Value is not null).Select(row => Line(row, date ?? leaderboard.Date ?? ""));
        return "model,score,rating_q025,rating_q975,CI,avg_tokens,date\n" + string.Concat(lines);
    }

    private static string Line(PairwiseRow row, string date)
    {
        var score = row.WinRate.Value!.Value;
        var (lower, upper) = (row.WinRate.Lower ?? score, row.WinRate.Upper ?? score);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{CsvCell.Of(row.Model)},{score:0.0#},{lower:0.0#},{upper:0.0#},\"(-{score - lower:0.00}, +{upper - score:0.00})\",{Tokens(row)},{CsvCell.Of(date)}\n");
    }

    /// <summary>Whole tokens, written as the fraction that they are upstream.</summary>
    private static string Tokens(PairwiseRow row) => row.AverageTokens is { } tokens ? Math.Floor(tokens).ToString("0.0", CultureInfo.InvariantCulture) : "";
}
