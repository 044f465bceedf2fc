using System.Globalization;

namespace ArenaBench.Core.Configuration;

/// <summary>
/// Reads the keys of one map. What is wrong is collected, not thrown, so that a user sees every error at once; what is
/// returned for a wrong value is only a stand-in. A null value counts as absent.
/// </summary>
public sealed class ConfigReader
{
    private readonly Dictionary<string, ConfigNode> values = new(StringComparer.Ordinal);
    private readonly HashSet<string> known = new(StringComparer.Ordinal);
    private readonly ConfigNode owner;
    private readonly List<ConfigScalar> keys = [];

    public ConfigReader(ConfigNode node, ICollection<Problem> problems)
    {
        owner = node;
        Problems = problems;
        if (node is not ConfigMap map)
        {
            if (!node.IsNull) Report(node, $"{Name(node)} is {node.Kind} where keys and values are wanted");
            return;
        }
        foreach (var (key, value) in map.Entries)
        {
            keys.Add(key);
            values[key.Value] = value;
        }
    }

    public ICollection<Problem> Problems { get; }

    /// <summary>The value, absent or null: null. Also declares the key as known.</summary>
    public ConfigNode? Node(string key)
    {
        known.Add(key);
        return values.TryGetValue(key, out var node) && !node.IsNull ? node : null;
    }

    public bool Has(string key) => Node(key) is not null;

    public string? Text(string key) => Node(key) is { } node ? Text(node) : null;

    public string RequiredText(string key)
    {
        if (Text(key) is { } text) return text;
        if (!Has(key)) Report(owner, $"{Name(owner)} has no {key}");
        return "";
    }

    public double? Number(string key, double lowest = double.NegativeInfinity, double highest = double.PositiveInfinity)
    {
        if (Node(key) is not { } node) return null;
        if (node is ConfigScalar scalar
            && double.TryParse(scalar.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number) && number >= lowest && number <= highest)
            return number;
        Report(node, $"{node.Path} is {Shown(node)} where a number{Range(lowest, highest)} is wanted");
        return null;
    }

    public int? Count(string key, int lowest = 0, int highest = int.MaxValue)
    {
        if (Node(key) is not { } node) return null;
        if (node is ConfigScalar scalar
            && int.TryParse(scalar.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count)
            && count >= lowest && count <= highest)
            return count;
        var range = Range(lowest, highest == int.MaxValue ? double.PositiveInfinity : highest);
        Report(node, $"{node.Path} is {Shown(node)} where a whole number{range} is wanted");
        return null;
    }

    public bool? Flag(string key)
    {
        if (Node(key) is not { } node) return null;
        if (node is ConfigScalar scalar && ParseFlag(scalar.Value) is { } flag) return flag;
        Report(node, $"{node.Path} is {Shown(node)} where true or false is wanted");
        return null;
    }

    /// <summary>One of the names.</summary>
    public string? OneOf(string key, params IReadOnlyList<string> names)
    {
        if (Node(key) is not { } node) return null;
        if (node is ConfigScalar scalar && names.Contains(scalar.Value)) return scalar.Value;
        var hint = node is ConfigScalar wrong ? Nearest.Hint(wrong.Value, names) : "";
        Report(node, $"{node.Path} is {Shown(node)} where one of {string.Join(", ", names)} is wanted{hint}");
        return null;
    }

    /// <summary>A list of texts; a single text counts as a list of one.</summary>
    public IReadOnlyList<string> Texts(string key) => [.. Items(key).Select(Text).OfType<string>()];

    /// <summary>The items of a list; a single value counts as a list of one.</summary>
    public IReadOnlyList<ConfigNode> Items(string key) => Node(key) switch
    {
        null => [],
        ConfigList list => list.Items,
        var single => [single],
    };

    /// <summary>A map whose keys are the user's own.</summary>
    public IReadOnlyList<ConfigEntry> Entries(string key)
    {
        if (Node(key) is not { } node) return [];
        if (node is ConfigMap map) return map.Entries;
        Report(node, $"{node.Path} is {node.Kind} where keys and values are wanted");
        return [];
    }

    /// <summary>A map of known keys, to be read by its own reader; null when absent.</summary>
    public ConfigReader? Section(string key) => Node(key) is { } node ? new ConfigReader(node, Problems) : null;

    public string? Text(ConfigNode node)
    {
        if (node is ConfigScalar scalar && !node.IsNull) return scalar.Value;
        Report(node, $"{Name(node)} is {node.Kind} where a text is wanted");
        return null;
    }

    /// <summary>Keys that are allowed and not used.</summary>
    public void Ignore(params IReadOnlyList<string> names) => known.UnionWith(names);

    public void Report(ConfigNode at, string message) => Problems.Add(at.Problem(message));

    /// <summary>Reports at the key, or where the map begins when the key is absent.</summary>
    public void Report(string key, string message) => Report(keys.FirstOrDefault(k => k.Value == key) ?? owner, message);

    /// <summary>Reports the keys that nobody asked for. Call it last.</summary>
    public void ReportUnknownKeys()
    {
        foreach (var key in keys.Where(k => !known.Contains(k.Value)))
            Report(key, $"unknown key {key.Value}{Nearest.Hint(key.Value, known)}");
    }

    /// <summary>As YAML 1.1 has it, which is what published configurations are written in.</summary>
    private static bool? ParseFlag(string value) => value.ToUpperInvariant() switch
    {
        "TRUE" or "YES" or "ON" => true,
        "FALSE" or "NO" or "OFF" => false,
        _ => null,
    };

    private static string Name(ConfigNode node) => node.Path.Length > 0 ? node.Path : "the file";

    private static string Shown(ConfigNode node) =>
        node is ConfigScalar scalar ? scalar.Value.Length <= 40 ? $"\"{scalar.Value}\"" : $"\"{scalar.Value[..40]}…\"" : node.Kind;

    private static string Range(double lowest, double highest) => (double.IsFinite(lowest), double.IsFinite(highest)) switch
    {
        (true, true) => string.Create(CultureInfo.InvariantCulture, $" from {lowest} to {highest}"),
        (true, false) => string.Create(CultureInfo.InvariantCulture, $" of at least {lowest}"),
        (false, true) => string.Create(CultureInfo.InvariantCulture, $" of at most {highest}"),
        _ => "",
    };
}
