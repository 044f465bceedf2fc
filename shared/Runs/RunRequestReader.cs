using System.Globalization;
using System.Text.RegularExpressions;
using ArenaBench.Core.Configuration;
using ArenaBench.Core.Costs;

namespace ArenaBench.Core.Runs;

/// <summary>Reads a run request from YAML or JSON; every error at once, each with its place.</summary>
public static partial class RunRequestReader
{
    /// <summary>Bytes.</summary>
    public const int LargestText = 1 << 20;

    /// <summary>What is missing where nothing was given.</summary>
    public const string Wanted = "a run request as YAML or JSON, at least benchmark: NAME,";

    private static readonly YamlLimits Limits = new(Bytes: LargestText, Depth: 16, Nodes: 50_000);

    /// <param name="name">What the text is called in messages: a file's path, or "the request body".</param>
    /// <exception cref="ProblemException">Everything that is wrong with it.</exception>
    public static RunRequest Parse(string text, string name)
    {
        if (string.IsNullOrWhiteSpace(text))
            throw new ProblemException(new Problem(name, null, null, $"is empty; {Wanted} is wanted"));
        var problems = new List<Problem>();
        var root = YamlReader.Parse(text, name, Limits);
        if (ManifestReader.IsManifest(root))
            return ManifestReader.Parse(text, root, name);
        var reader = new ConfigReader(root, problems);
        var request = new RunRequest(
            Id(reader),
            reader.RequiredText("benchmark"),
            What(reader.OneOf("what", "both", "answer", "judge", "reference")),
            Names(reader, "models"),
            Names(reader, "judges"),
            reader.Text("baseline"),
            Selection(reader.Section("questions")),
            reader.Text("endpoints"),
            reader.Number("temperature", 0, 2),
            reader.Count("max_tokens", 1),
            reader.Count("choices", 1, 100),
            reader.Count("parallel", 1, 10_000),
            reader.Flag("strict") ?? false,
            reader.Flag("restart") ?? false,
            reader.Flag("dry_run") ?? false,
            reader.Count("seed", 0) ?? 42,
            reader.Count("rounds", 0, 1_000_000) ?? 1000,
            Date(reader),
            BudgetReader.Read(reader))
        {
            Places = new RequestPlaces(name, root),
        };
        RefuseKeys(root, reader);
        reader.ReportUnknownKeys();
        return problems.Count == 0 ? request : throw new ProblemException(problems);
    }

    public static bool IsRunId(string id) => RunId().IsMatch(id);

    internal static string? Id(ConfigReader reader)
    {
        var id = reader.Text("id");
        if (id is not null && !IsRunId(id))
            reader.Report("id", $"id is \"{Cut(id)}\" where 1 to 64 of a-z, 0-9 and - are wanted");
        return id;
    }

    private static string? Date(ConfigReader reader)
    {
        var date = reader.Text("date");
        if (date is not null && !DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
            reader.Report("date", $"date is \"{Cut(date)}\" where a date such as 2024-07-31 is wanted");
        return date;
    }

    private static RunWork What(string? what) => what switch
    {
        "answer" => RunWork.Answer,
        "judge" => RunWork.Judge,
        "reference" => RunWork.Reference,
        _ => RunWork.Both,
    };

    private static IReadOnlyList<string>? Names(ConfigReader reader, string key)
    {
        if (!reader.Has(key))
            return null;
        var names = reader.Texts(key);
        if (names.Count == 0)
            reader.Report(key, $"{key} is empty; name at least one, or leave the key out");
        foreach (var twice in names.GroupBy(name => name, StringComparer.Ordinal).Where(group => group.Count() > 1))
            reader.Report(key, $"{key} names {twice.Key} {twice.Count()} times");
        return names;
    }

    private static QuestionSelection? Selection(ConfigReader? section)
    {
        if (section is null)
            return null;
        var (begin, end) = (section.Count("begin"), section.Count("end"));
        if (begin >= end)
            section.Report("end", $"questions.end is {end}, not after questions.begin, which is {begin}: that selects no question");
        var selection = new QuestionSelection(section.Texts("categories"), section.Texts("ids"), begin, end);
        section.ReportUnknownKeys();
        return selection;
    }

    /// <summary>A secret in a request would be stored with the run: refused before anything else reads it.</summary>
    private static void RefuseKeys(ConfigNode root, ConfigReader reader)
    {
        if (root is not ConfigMap map)
            return;
        foreach (var (key, _) in map.Entries)
        {
            if (!key.Value.Replace("-", "_", StringComparison.Ordinal).Contains("api_key", StringComparison.OrdinalIgnoreCase))
                continue;
            reader.Report(key, "a request must not hold a key; name the key's environment variable in the endpoints file, as api_key: ${NAME}");
            reader.Ignore(key.Value);
        }
    }

    private static string Cut(string text) => text.Length <= 80 ? text : text[..80] + "…";

    [GeneratedRegex("^[a-z0-9-]{1,64}$")]
    private static partial Regex RunId();
}
