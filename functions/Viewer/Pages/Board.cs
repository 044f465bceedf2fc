using ArenaBench.Core.Leaderboards;
using ArenaBench.Core.Scoring;

namespace ArenaBench.Functions.Viewer;

/// <summary>Ratings and win rates as one kind of table.</summary>
internal sealed record Board(
    string ScoreName, string CountName, string Format, double Full, BootstrapOptions Bootstrap, IReadOnlyList<string> Judges,
    IReadOnlyList<BoardRow> Rows, IReadOnlyList<ScoringNote> Notes)
{
    public static Board Of(Leaderboard leaderboard) => Of(leaderboard.Single, leaderboard.Pairwise);

    public static Board Of(SingleLeaderboard? single, PairwiseLeaderboard? pairwise) => single is not null
        ? new Board("Mean rating", "Ratings", "0.00", 10, single.Options.Bootstrap, single.Judges,
            [.. single.Rows.Select(row => new BoardRow(row.Model, row.Rank, row.RankBest, row.RankWorst, false, row.Mean, row.Ratings, row.AverageTokens))],
            single.Notes)
        : new Board("Win rate (%)", "Games", "0.0", 100, pairwise!.Options.Bootstrap, pairwise.Judges,
            [.. pairwise.Rows.Select(row => new BoardRow(row.Model, row.Rank, row.RankBest, row.RankWorst, row.IsBaseline, row.WinRate, row.Games, row.AverageTokens))],
            pairwise.Notes);
}

internal sealed record BoardRow(
    string Model, int? Rank, int? RankBest, int? RankWorst, bool IsBaseline, Estimate Score, GameCounts Counts, double? Tokens);
