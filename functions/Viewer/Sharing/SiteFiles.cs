namespace ArenaBench.Functions.Viewer;

/// <summary>What lies in a run's static folder. Whoever replaces an older one takes away these and nothing else.</summary>
public static class SiteFiles
{
    public const string Index = "index.html";
    public const string Questions = "questions.html";
    public const string LeaderboardJson = "leaderboard.json";
    public const string LeaderboardCsv = "leaderboard.csv";
    public const string Answers = "answers";
    public const string Assets = "assets";

    /// <summary>Says that the folder was made here, and of which run.</summary>
    public const string Mark = "arenabench-site.json";

    public static IReadOnlyList<string> Top { get; } = [Index, Questions, LeaderboardJson, LeaderboardCsv, Answers, Assets, Mark];
}

/// <param name="Schema">Of the folder.</param>
public sealed record SiteMark(int Schema, string Run, int Attempt, string Benchmark, int Pages)
{
    public const int CurrentSchema = 1;
}
