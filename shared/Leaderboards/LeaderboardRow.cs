using ArenaBench.Core.Scoring;

namespace ArenaBench.Core.Leaderboards;

/// <summary>One row as people read it, of either kind of leaderboard.</summary>
/// <param name="Counted">Games or ratings that the row stands on; of a baseline that was not judged itself, those against it.</param>
public sealed record LeaderboardRow(
    int? Rank, string Model, bool IsBaseline, Estimate Score, int Counted, int Unscored, int Missing, int Dropped, double? Tokens)
{
    public static IReadOnlyList<LeaderboardRow> Of(SingleLeaderboard? single, PairwiseLeaderboard? pairwise) => single is not null
        ? [.. single.Rows.Select(row => Of(row.Rank, row.Model, false, row.Mean, row.Ratings, row.Ratings.Scored, row.AverageTokens))]
        : [.. pairwise!.Rows.Select(row => Of(
            row.Rank, row.Model, row.IsBaseline, row.WinRate, row.Games,
            row.IsBaseline && row.Games.Scored == 0 ? row.BaselineGames : row.Games.Scored, row.AverageTokens))];

    /// <summary>Each part of a leaderboard, such as a category: its title, and what each model scored in it.</summary>
    public static IReadOnlyList<(string Title, IReadOnlyList<(string Name, IReadOnlyDictionary<string, Estimate> Scores)> Parts)> PartsOf(Leaderboard leaderboard) =>
    [
        ("by category", [.. leaderboard.ByCategory.Select(part => (part.Category, Scores(part.Single, part.Pairwise)))]),
        ("by judge", [.. (leaderboard.ByJudge ?? []).Select(part => (part.Judge, Scores(part.Single, part.Pairwise)))]),
    ];

    private static Dictionary<string, Estimate> Scores(SingleLeaderboard? single, PairwiseLeaderboard? pairwise) =>
        Of(single, pairwise).ToDictionary(row => row.Model, row => row.Score, StringComparer.Ordinal);

    private static LeaderboardRow Of(
        int? rank, string model, bool isBaseline, Estimate score, GameCounts counts, int counted, double? tokens) =>
        new(rank, model, isBaseline, score, counted, counts.Unscored.Values.Sum(), counts.Missing, counts.Dropped, tokens);
}
