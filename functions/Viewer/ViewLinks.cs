using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace ArenaBench.Functions.Viewer;

/// <summary>Addresses of the pages, as the caller reached them. A key given in the address goes along: a browser has no other way to
/// show it, and without it the next page would be refused.</summary>
internal sealed class ViewLinks
{
    public const string Key = "code";

    private readonly string _root;

    public ViewLinks(HttpRequest request)
    {
        _root = $"{request.PathBase}/api/";
        Code = request.Query[Key].FirstOrDefault();
        Query = [.. request.Query.Where(entry => entry.Key != Key)
            .SelectMany(entry => entry.Value.Where(value => !string.IsNullOrEmpty(value)).Select(value => (entry.Key, value!)))];
    }

    /// <summary>The host's key, where the address holds one.</summary>
    public string? Code { get; }

    /// <summary>What the address asks for: the key left out, and fields that a form sent empty.</summary>
    public IReadOnlyList<(string Name, string Value)> Query { get; }

    public string? Asked(string name) => Query.LastOrDefault(entry => entry.Name == name).Value;

    /// <summary>Style sheet and scripts need no key.</summary>
    public string Asset(string file) => $"{_root}view/assets/{ViewerAssets.Version}/{file}";

    public string Start(params IEnumerable<(string Name, string? Value)> query) => To("view/start", query);

    /// <param name="act">One of <see cref="RunAct"/>.</param>
    public string Do(string run, string act) => To($"view/runs/{run}/do/{act}");

    public string Compare(string run, params IEnumerable<(string Name, string? Value)> query) => To($"view/runs/{run}/compare", query);

    public string Runs() => To("view");

    /// <param name="page">Of the list, from 1.</param>
    public string RunsPage(int page) => To("view", ("page", page.ToString(CultureInfo.InvariantCulture)));

    public string Run(string run) => To($"view/runs/{run}");

    public string Leaderboard(string run, params IEnumerable<(string Name, string? Value)> query) => To($"view/runs/{run}/leaderboard", query);

    public string Questions(string run, params IEnumerable<(string Name, string? Value)> query) => To($"view/runs/{run}/questions", query);

    /// <summary>Of a form, whose fields hold the key; so for the others.</summary>
    public string StartForm() => _root + "view/start";

    public string QuestionsForm(string run) => $"{_root}view/runs/{run}/questions";

    public string LeaderboardForm(string run) => $"{_root}view/runs/{run}/leaderboard";

    public string CompareForm(string run) => $"{_root}view/runs/{run}/compare";

    /// <param name="index">Of the run's frozen questions, from 0.</param>
    public string Question(string run, int index, params IEnumerable<(string Name, string? Value)> query) =>
        To($"view/runs/{run}/questions/{index}", query);

    /// <summary>The HTTP API's own answer.</summary>
    public string Api(string path, params IEnumerable<(string Name, string? Value)> query) => To(path, query);

    /// <summary>Carries the key through a form of method GET, which replaces the whole query.</summary>
    public Html KeyField() => Code is { } code ? Html.Of($"<input type='hidden' name='{Key}' value='{code}'>") : Html.Empty;

    private string To(string path, params IEnumerable<(string Name, string? Value)> query) => QueryHelpers.AddQueryString(
        _root + path,
        query.Append((Key, Code)).Where(entry => !string.IsNullOrEmpty(entry.Item2))
            .Select(entry => KeyValuePair.Create<string, string?>(entry.Item1, entry.Item2)));
}
