using System.Globalization;
using System.Text.Json;
using ArenaBench.Core.Leaderboards;
using ArenaBench.Core.Records;
using ArenaBench.Core.Scoring;

namespace ArenaBench.Cli.Output;

public enum LeaderboardFormat
{
    Table,
    Csv,
    Json,
    Markdown,
    Html,
    Published,
}

/// <summary>A leaderboard on standard output, for a person or a program.</summary>
internal static class LeaderboardWriter
{
    public static void Write(Leaderboard leaderboard, LeaderboardFormat format, string date = "")
    {
        switch (format)
        {
            case LeaderboardFormat.Csv:
                Console.Out.Write(LeaderboardCsv.Write(leaderboard));
                break;
            case LeaderboardFormat.Published:
                Console.Out.Write(PublishedCsv.Write(leaderboard, date));
                break;
            case LeaderboardFormat.Html:
                Console.Out.Write(LeaderboardHtml.Write(leaderboard));
                break;
            case LeaderboardFormat.Json:
                Console.Out.WriteLine(JsonSerializer.Serialize(leaderboard, JsonFiles.Indented));
                break;
            case LeaderboardFormat.Markdown:
                Console.Out.Write(Markdown(leaderboard));
                break;
            default:
                LeaderboardTable.Write(Terminal.Out, leaderboard);
                break;
        }
    }

    private static string Markdown(Leaderboard leaderboard)
    {
        var lines = leaderboard.Single is { } single
            ? single.Rows.Select(row => Row(row.Rank, row.Model, row.Mean, row.Ratings)).Prepend("| --: | :-- | --: | --: | --: |").Prepend("| # | model | rating | 95% interval | rated |")
            : leaderboard.Pairwise!.Rows.Select(row => Row(row.Rank, row.Model, row.WinRate, row.Games)).Prepend("| --: | :-- | --: | --: | --: |").Prepend("| # | model | win rate | 95% interval | games |");
        return string.Concat(lines.Select(line => line + "\n"));
    }

    private static string Row(int? rank, string model, Estimate estimate, GameCounts counts) => string.Create(
        CultureInfo.InvariantCulture,
        $"| {rank} | {SafeText.Clean(model).Replace("|", "\\|", StringComparison.Ordinal)} | {estimate.Value:0.00} | {estimate.Lower:0.00} – {estimate.Upper:0.00} | {counts.Scored} |");
}
