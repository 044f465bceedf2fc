using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ArenaBench.Core.Configuration;
using ArenaBench.Core.Models.Providers;

namespace ArenaBench.Core.Models;

/// <summary>
/// Reads endpoint files: upstream's <c>api_config.yaml</c> as it is published, and ours, which add <c>rpm</c>, <c>tpm</c>,
/// <c>price</c>, <c>timeout</c> and what a model does not take (docs/models.md). What only matters once a run names the model
/// (a type that cannot be called, a placeholder for an address) is left to <see cref="Endpoints.Validate"/>.
/// </summary>
public static partial class EndpointsFile
{
    // Upstream's keys of types that are not called here, and its hints for its own tokenizer.
    private static readonly string[] Unused = ["tokenizer", "model_id", "project_id", "regions", "region", "aws_region", "local_engine"];

    // The models that upstream calls whatever the entry says.
    private static readonly Dictionary<string, string> FixedModels = new(StringComparer.Ordinal)
    {
        ["deepseek"] = "deepseek-chat",
        ["deepseek_reasoner"] = "deepseek-reasoner",
    };

    /// <exception cref="ProblemException">Everything that is wrong in the file.</exception>
    public static Endpoints Parse(string text, string fileName)
    {
        var problems = new List<Problem>();
        var root = YamlReader.Parse(text, fileName);
        if (root is not ConfigMap map)
            throw new ProblemException(root.Problem("the file is no map from a model's name to its settings"));
        var models = map.Entries
            .Select(entry => new NamedModel(Read(entry.Key.Value, new ConfigReader(entry.Value, problems)), entry.Key))
            .ToList();
        return problems.Count > 0 ? throw new ProblemException(problems) : new Endpoints(fileName, models);
    }

    private static ModelSettings Read(string name, ConfigReader reader)
    {
        var type = Type(reader);
        var model = reader.Text("model");
        var settings = new ModelSettings(
            name,
            model ?? reader.Text("model_name") ?? FixedModels.GetValueOrDefault(type) ?? name,
            type,
            [.. reader.Items("endpoints").Select(item => EndpointItem.Read(new ConfigReader(item, reader.Problems)))],
            reader.Count("parallel", 1, 10_000) ?? 1,
            reader.Count("rpm", 1),
            reader.Count("tpm", 1),
            reader.Text("system_prompt") ?? reader.Text("sys_prompt"),
            reader.Number("temperature", 0),
            reader.Count("max_tokens", 1),
            reader.Text("reasoning_effort") ?? (type == "openai_thinking" ? "medium" : null),
            reader.Count("budget_tokens", 1),
            Timeout(reader),
            ReadPrice(reader),
            Extra(reader));
        // Both spellings are published, and both may stand in one entry.
        reader.Ignore([.. Unused, "model_name", "sys_prompt"]);
        reader.ReportUnknownKeys();
        return settings;
    }

    private static string Type(ConfigReader reader) =>
        reader.OneOf("api_type", [.. ApiType.All.Keys, .. ApiType.Unsupported.Keys]) ?? "openai";

    /// <summary>A number of seconds, or with a unit: <c>90s</c>, <c>20m</c>, <c>1.5h</c>.</summary>
    private static TimeSpan Timeout(ConfigReader reader)
    {
        if (reader.Text("timeout") is not { } text)
            return ModelSettings.DefaultTimeout;
        if (TimeoutPattern().Match(text) is { Success: true } match
            && double.TryParse(match.Groups[1].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
        {
            var seconds = value * match.Groups[2].Value switch { "m" => 60, "h" => 3600, _ => 1 };
            if (seconds >= 1 && seconds <= CallTime.LongestTimeout.TotalSeconds)
                return TimeSpan.FromSeconds(seconds);
        }

        reader.Report("timeout", $"timeout is a time from 1s to {CallTime.LongestTimeout.TotalMinutes:0}m, such as 90s or 20m: the host ends what takes an hour");
        return ModelSettings.DefaultTimeout;
    }

    private static Price? ReadPrice(ConfigReader reader)
    {
        if (reader.Section("price") is not { } price)
            return null;
        var (input, output, cached) = (price.Number("input", 0, 1e6), price.Number("output", 0, 1e6), price.Number("cached_input", 0, 1e6));
        foreach (var key in (string[])["input", "output"])
        {
            if (!price.Has(key))
                price.Report(key, $"price has no {key}: US dollars per million tokens");
        }

        price.ReportUnknownKeys();
        return new Price((decimal)(input ?? 0), (decimal)(output ?? 0), (decimal?)cached);
    }

    private static Dictionary<string, string> Extra(ConfigReader reader)
    {
        var extra = new Dictionary<string, string>(StringComparer.Ordinal);
        Put(ExtraKeys.TokenLimit, reader.OneOf(ExtraKeys.TokenLimit, "max_tokens", "max_completion_tokens", "none"));
        Put(ExtraKeys.SendTemperature, reader.Flag(ExtraKeys.SendTemperature) is { } sends ? sends ? "true" : "false" : null);
        Put(ExtraKeys.SystemRole, reader.OneOf(ExtraKeys.SystemRole, "system", "developer", "user"));
        Put(ExtraKeys.EndThinkToken, reader.Text(ExtraKeys.EndThinkToken));
        if (reader.Node(ExtraKeys.ExtraBody) is { } body)
        {
            if (body is ConfigMap)
                Put(ExtraKeys.ExtraBody, JsonOf.Node(body)!.ToJsonString());
            else
                reader.Report(ExtraKeys.ExtraBody, "extra_body is a map of fields to send, such as {top_p: 0.95}");
        }

        return extra;

        void Put(string key, string? value)
        {
            if (value is not null)
                extra[key] = value;
        }
    }

    [GeneratedRegex("^([0-9.]+)([smh]?)$", RegexOptions.CultureInvariant)]
    private static partial Regex TimeoutPattern();
}

/// <summary>YAML as the JSON that it means.</summary>
internal static class JsonOf
{
    public static JsonNode? Node(ConfigNode node) => node switch
    {
        ConfigMap map => new JsonObject(map.Entries.Select(entry => KeyValuePair.Create(entry.Key.Value, Node(entry.Value)))),
        ConfigList list => new JsonArray([.. list.Items.Select(Node)]),
        _ when node.IsNull => null,
        ConfigScalar { IsQuoted: true } text => JsonValue.Create(text.Value),
        ConfigScalar { Value: "true" or "True" or "TRUE" } => JsonValue.Create(true),
        ConfigScalar { Value: "false" or "False" or "FALSE" } => JsonValue.Create(false),
        ConfigScalar whole when long.TryParse(whole.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
        ConfigScalar real when double.TryParse(real.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => JsonValue.Create(number),
        ConfigScalar other => JsonValue.Create(other.Value),
        _ => throw new ArgumentException($"{node.GetType().Name} is no YAML value", nameof(node)),
    };
}
