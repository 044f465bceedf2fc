using System.Globalization;
using System.Text;

namespace ArenaBench.Core.Leaderboards;

/// <summary>A leaderboard as CSV (RFC 4180), numbers unrounded.</summary>
public static class LeaderboardCsv
{
    public static string Write(Leaderboard leaderboard)
    {
        var csv = new StringBuilder();
        if (leaderboard.Single is { } single)
        {
            Line(csv, "model", "rank", "mean", "lower", "upper", "rated", "unscored", "missing", "avg_tokens");
            foreach (var row in single.Rows)
            {
                Line(csv, row.Model, row.Rank, row.Mean.Value, row.Mean.Lower, row.Mean.Upper, row.Ratings.Scored,
                    row.Ratings.Unscored.Values.Sum(), row.Ratings.Missing, row.AverageTokens);
            }
        }
        else if (leaderboard.Pairwise is { } pairwise)
        {
            Line(csv, "model", "rank", "win_rate", "lower", "upper", "elo", "games", "unscored", "missing", "avg_tokens", "dropped", "questions", "rank_best", "rank_worst", "baseline_games");
            foreach (var row in pairwise.Rows)
            {
                Line(csv, row.Model, row.Rank, row.WinRate.Value, row.WinRate.Lower, row.WinRate.Upper, row.Elo.Value, row.Games.Scored,
                    row.Games.Unscored.Values.Sum(), row.Games.Missing, row.AverageTokens, row.Games.Dropped, row.Games.Questions, row.RankBest, row.RankWorst, row.BaselineGames);
            }
        }

        return csv.ToString();
    }

    private static void Line(StringBuilder csv, params object?[] cells) =>
        csv.AppendJoin(',', cells.Select(Cell)).Append('\n');

    private static string Cell(object? value) =>
        value is string text ? CsvCell.Of(text) : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
