namespace ArenaBench.Core.Runs;

/// <summary>Names of a run's files; see docs/formats.md.</summary>
public static class RunFiles
{
    public const string LeaderboardJson = "leaderboard.json";
    public const string LeaderboardCsv = "leaderboard.csv";
    public const string Battles = "battles.jsonl";
    public const string Manifest = "manifest.json";
    public const string Report = "report.html";

    public static string Spec(int attempt) => Numbered("spec", attempt, "json");

    public static string Plan(int attempt) => Numbered("plan", attempt, "json");

    public static string Questions(int attempt) => Numbered("questions", attempt, "jsonl");

    private static string Numbered(string name, int attempt, string extension) =>
        attempt == 1 ? $"{name}.{extension}" : $"{name}-{attempt}.{extension}";
}
