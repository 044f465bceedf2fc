using System.Globalization;
using ArenaBench.Core.Leaderboards;
using ArenaBench.Core.Scoring;
using Spectre.Console;

namespace ArenaBench.Cli.Output;

/// <summary>Below a leaderboard: why something was not counted, and the scores by category.</summary>
internal static class LeaderboardDetails
{
    public static void Write(IAnsiConsole console, Leaderboard leaderboard)
    {
        foreach (var (model, counts) in CountsOf(leaderboard.Single, leaderboard.Pairwise))
        {
            var reasons = counts.Unscored.OrderBy(reason => reason.Key, StringComparer.Ordinal).Append(new("missing", counts.Missing)).Append(new("dropped", counts.Dropped))
                .Where(reason => reason.Value > 0).Select(reason => $"{reason.Value} {reason.Key}").ToArray();
            if (reasons.Length > 0)
                console.MarkupLineInterpolated($"not counted of {SafeText.Clean(model)}: {string.Join(", ", reasons)}");
        }

        if (leaderboard.ByCategory.Count > 0)
            console.Write(Categories(leaderboard));
    }

    private static Table Categories(Leaderboard leaderboard)
    {
        var format = leaderboard.Single is not null ? "0.00" : "0.0";
        var table = new Table().Border(TableBorder.Rounded).AddColumn("by category");
        foreach (var category in leaderboard.ByCategory)
            table.AddColumn(new TableColumn(Cell(category.Category)).RightAligned());
        var scores = leaderboard.ByCategory.Select(category => ScoresOf(category.Single, category.Pairwise)).ToArray();
        foreach (var model in ScoresOf(leaderboard.Single, leaderboard.Pairwise).Keys)
            table.AddRow([Cell(model), .. scores.Select(score => score.GetValueOrDefault(model)?.ToString(format, CultureInfo.InvariantCulture) ?? "-")]);
        return table;
    }

    private static Dictionary<string, double?> ScoresOf(SingleLeaderboard? single, PairwiseLeaderboard? pairwise) => single is not null
        ? single.Rows.ToDictionary(row => row.Model, row => row.Mean.Value)
        : pairwise!.Rows.ToDictionary(row => row.Model, row => row.WinRate.Value);

    private static IEnumerable<(string Model, GameCounts Counts)> CountsOf(SingleLeaderboard? single, PairwiseLeaderboard? pairwise) =>
        single?.Rows.Select(row => (row.Model, row.Ratings)) ?? pairwise?.Rows.Select(row => (row.Model, row.Games)) ?? [];

    private static string Cell(string text) => Markup.Escape(SafeText.Clean(text));
}
