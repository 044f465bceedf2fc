using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace ArenaBench.Functions.Viewer;

/// <summary>Addresses of the pages, as the caller reached them. A key given in the address goes along: a browser has no other way to
/// show it, and without it the next page would be refused.</summary>
internal class ViewLinks
{
    public const string Key = "code";

    /// <summary>With <see cref="Reading"/> pages offer nothing that a key for reading would be refused.</summary>
    public const string Access = "access";

    public const string Reading = "read";

    private readonly string _root;

    public ViewLinks(HttpRequest request)
    {
        _root = $"{request.PathBase}/api/";
        Code = request.Query[Key].FirstOrDefault();
        IsReadOnly = request.Query[Access] == Reading;
        Query = [.. request.Query.Where(entry => entry.Key is not (Key or Access))
            .SelectMany(entry => entry.Value.Where(value => !string.IsNullOrEmpty(value)).Select(value => (entry.Key, value!)))];
    }

    /// <summary>Of pages that are files: no address asks them for anything.</summary>
    private protected ViewLinks()
    {
        _root = "";
        IsReadOnly = true;
        Query = [];
    }

    /// <summary>The host's key, where the address holds one.</summary>
    public string? Code { get; }

    /// <summary>Pages offer nothing that would change something.</summary>
    public bool IsReadOnly { get; }

    /// <summary>The pages are files in a folder: <see cref="SiteLinks"/>.</summary>
    public virtual bool IsSite => false;

    /// <summary>What the address asks for: the key left out, and fields that a form sent empty.</summary>
    public IReadOnlyList<(string Name, string Value)> Query { get; }

    public string? Asked(string name) => Query.LastOrDefault(entry => entry.Name == name).Value;

    /// <summary>Style sheet and scripts need no key.</summary>
    public virtual string Asset(string file) => $"{_root}view/assets/{ViewerAssets.Version}/{file}";

    public string Start(params IEnumerable<(string Name, string? Value)> query) => To("view/start", query);

    /// <param name="act">One of <see cref="RunAct"/>.</param>
    public string Do(string run, string act) => To($"view/runs/{run}/do/{act}");

    public string Compare(string run, params IEnumerable<(string Name, string? Value)> query) => To($"view/runs/{run}/compare", query);

    public string Runs() => To("view");

    /// <param name="page">Of the list, from 1.</param>
    public string RunsPage(int page) => To("view", ("page", page.ToString(CultureInfo.InvariantCulture)));

    public string Run(string run) => To($"view/runs/{run}");

    public virtual string Leaderboard(string run, params IEnumerable<(string Name, string? Value)> query) => To($"view/runs/{run}/leaderboard", query);

    /// <param name="format">json or csv.</param>
    public virtual string LeaderboardData(string run, string format) => Api(
        $"runs/{run}/leaderboard", [.. Query.Select(option => (option.Name, (string?)option.Value)), ("format", format)]);

    public virtual string Questions(string run, params IEnumerable<(string Name, string? Value)> query) => To($"view/runs/{run}/questions", query);

    /// <summary>Of a form, whose fields hold the key; so for the others.</summary>
    public string StartForm() => _root + "view/start";

    public string QuestionsForm(string run) => $"{_root}view/runs/{run}/questions";

    public string LeaderboardForm(string run) => $"{_root}view/runs/{run}/leaderboard";

    public string CompareForm(string run) => $"{_root}view/runs/{run}/compare";

    /// <param name="index">Of the run's frozen questions, from 0.</param>
    public virtual string Question(string run, int index, params IEnumerable<(string Name, string? Value)> query) =>
        To($"view/runs/{run}/questions/{index}", query);

    /// <summary>The HTTP API's own answer.</summary>
    public string Api(string path, params IEnumerable<(string Name, string? Value)> query) => Address(path, query);

    /// <summary>Carries the key through a form of method GET, which replaces the whole query.</summary>
    public Html KeyField() => Html.Of($"{Hidden(Key, Code)}{Hidden(Access, IsReadOnly ? Reading : null)}");

    private static Html Hidden(string name, string? value) =>
        value is null ? Html.Empty : Html.Of($"<input type='hidden' name='{name}' value='{value}'>");

    private string To(string path, params IEnumerable<(string Name, string? Value)> query) =>
        Address(path, query.Append((Access, IsReadOnly ? Reading : null)));

    private string Address(string path, IEnumerable<(string Name, string? Value)> query) => IsSite
        ? throw new InvalidOperationException($"A folder of pages has none for {path}.")
        : QueryHelpers.AddQueryString(
            _root + path,
            query.Append((Key, Code)).Where(entry => !string.IsNullOrEmpty(entry.Item2)).Select(entry => KeyValuePair.Create<string, string?>(entry.Item1, entry.Item2)));
}
