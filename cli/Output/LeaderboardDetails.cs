using ArenaBench.Core.Leaderboards;
using ArenaBench.Core.Scoring;
using Spectre.Console;

namespace ArenaBench.Cli.Output;

/// <summary>Below a leaderboard: why something of a model was not counted.</summary>
internal static class LeaderboardDetails
{
    public static void Write(IAnsiConsole console, Leaderboard leaderboard)
    {
        foreach (var (model, counts) in CountsOf(leaderboard.Single, leaderboard.Pairwise))
        {
            var reasons = counts.Unscored.OrderBy(reason => reason.Key, StringComparer.Ordinal)
                .Where(reason => reason.Value > 0).Select(reason => $"{reason.Value} {reason.Key}").ToArray();
            if (reasons.Length > 0)
                console.MarkupLineInterpolated($"unscored of {SafeText.Clean(model)}: {string.Join(", ", reasons)}");
        }
    }

    private static IEnumerable<(string Model, GameCounts Counts)> CountsOf(SingleLeaderboard? single, PairwiseLeaderboard? pairwise) =>
        single?.Rows.Select(row => (row.Model, row.Ratings)) ?? pairwise?.Rows.Select(row => (row.Model, row.Games)) ?? [];
}
