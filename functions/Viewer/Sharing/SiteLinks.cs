using ArenaBench.Core.Runs;

namespace ArenaBench.Functions.Viewer;

/// <summary>Addresses of a run's pages as files in a folder, each relative to the page that holds it. Files are named by numbers: what a
/// model is called names no file.</summary>
/// <param name="up">From the page to the folder: empty, or <c>../../</c>.</param>
internal sealed class SiteLinks(FrozenRun run, string up) : ViewLinks
{
    /// <summary>Below the folder, where the questions of one model lie.</summary>
    private const string Deeper = "../../";

    public override bool IsSite => true;

    /// <summary>For pages in the folder itself.</summary>
    public static SiteLinks AtTop(FrozenRun run) => new(run, "");

    /// <summary>For pages of one model's answers.</summary>
    public static SiteLinks OfModel(FrozenRun run) => new(run, Deeper);

    /// <summary>Where a page lies in the folder that this links to.</summary>
    public string PlaceOf(string address) => address[up.Length..];

    public override string Asset(string file) => $"{up}{SiteFiles.Assets}/{file}";

    public override string Leaderboard(string run, params IEnumerable<(string Name, string? Value)> query) => up + SiteFiles.Index;

    public override string LeaderboardData(string run, string format) => $"{up}leaderboard.{format}";

    /// <summary>One model's, where the query names one.</summary>
    public override string Questions(string run, params IEnumerable<(string Name, string? Value)> query) =>
        ValueOf(query, "model") is { } model ? $"{Folder(model)}/index.html" : up + SiteFiles.Questions;

    public override string Question(string run, int index, params IEnumerable<(string Name, string? Value)> query) =>
        $"{Folder(ValueOf(query, "of") ?? throw new InvalidOperationException("A page of an answer is one model's."))}/{index}.html";

    private string Folder(string model) => $"{up}{SiteFiles.Answers}/m{run.ModelIndex(model)}";

    private static string? ValueOf(IEnumerable<(string Name, string? Value)> query, string name) => query.FirstOrDefault(entry => entry.Name == name).Value;
}
