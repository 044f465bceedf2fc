using System.Text.Json;
using ArenaBench.Core.Leaderboards;
using ArenaBench.Core.Records;

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
    public static void Write(Leaderboard leaderboard, LeaderboardFormat format, string? date = null, bool compared = false)
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
                Console.Out.Write(LeaderboardHtml.Write(leaderboard, compared));
                break;
            case LeaderboardFormat.Json:
                Console.Out.WriteLine(JsonSerializer.Serialize(leaderboard, JsonFiles.Indented));
                break;
            case LeaderboardFormat.Markdown:
                Console.Out.Write(LeaderboardMarkdown.Write(leaderboard, compared));
                break;
            default:
                LeaderboardTable.Write(Terminal.Out, leaderboard, compared);
                LeaderboardDetails.Write(Terminal.Out, leaderboard);
                break;
        }
    }
}
