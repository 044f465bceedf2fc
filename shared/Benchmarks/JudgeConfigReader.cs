using ArenaBench.Core.Configuration;
using ArenaBench.Core.Dialects;
using ArenaBench.Core.Judging;
using ArenaBench.Core.Models;

namespace ArenaBench.Core.Benchmarks;

/// <summary>Reads a judge configuration: the published files unchanged, and ours, which adds a few keys. See docs/formats.md.</summary>
/// <param name="isPublished">Texts go into prompts byte for byte, unless the configuration says otherwise.</param>
/// <param name="reference">Overrides <c>ref_model</c>.</param>
internal sealed class JudgeConfigReader(Dialect dialect, bool isPublished, string? reference, ICollection<Problem> problems)
{
    private const int MostAttempts = 10;

    /// <summary>For a benchmark without a configuration: our prompts, and no judge.</summary>
    public static JudgeConfig Default(Dialect dialect, bool isPublished) =>
        new JudgeConfigReader(dialect, isPublished, null, []).Read(new ConfigMap("", 1, 1, "", []));

    public JudgeConfig Read(ConfigNode node)
    {
        var reader = new ConfigReader(node, problems);
        reader.Ignore("description", "category", "bench_name", "type");
        var (usesReference, references) = ReadReference(reader);
        var templates = PromptReader.Templates(reader.Items("prompt_template"), reader);
        var byTurns = PromptReader.TemplatesByTurns(reader);
        var (baseline, baselines) = ReadBaseline(reader);
        var mode = ReadMode(reader, baseline is not null || baselines.Count > 0, templates);
        var (rule, patterns) = ReadRule(reader, mode);
        var publishedBytes = reader.Flag("published_bytes") ?? isPublished;
        if (templates.Count == 0)
            templates = [mode == JudgingMode.Pairwise ? ShippedPrompts.PairwiseUser(usesReference) : ShippedPrompts.SingleUser(usesReference)];
        if (mode == JudgingMode.Pairwise && dialect is V20Dialect && baseline is null && baselines.Count == 0)
            baselines = PublishedDefaults.BaselineByCategory;
        var (system, systems) = ReadSystemPrompts(reader, mode);

        var config = new JudgeConfig(
            reader.Text("name") ?? "",
            mode,
            reader.Texts("judge_model"),
            baseline,
            baselines,
            usesReference,
            references,
            reader.Number("temperature", 0, 2),
            reader.Count("max_tokens", lowest: 1),
            system,
            systems,
            templates,
            byTurns,
            rule,
            patterns,
            reader.Count("number_of_judgment_attempts", 1, MostAttempts) ?? 1,
            reader.Text("follow_up") ?? (publishedBytes ? ShippedPrompts.PublishedFollowUp : ShippedPrompts.FollowUp),
            PromptReader.FewShot(reader),
            reader.Texts("model_list"),
            ReadEndpoints(reader),
            publishedBytes);
        reader.ReportUnknownKeys();
        PromptChecks.Check(config, reader);
        return config;
    }

    // v1 and v0.1: a flag, and ref_model. v2.0: the models themselves.
    private (bool Uses, IReadOnlyList<string> Models) ReadReference(ConfigReader reader)
    {
        IReadOnlyList<string> models = reader.Texts("ref_model");
        bool? flag = null;
        if (reader.Node("reference") is ConfigScalar { IsQuoted: false } scalar && IsFlag(scalar.Value)) flag = reader.Flag("reference");
        else if (reader.Texts("reference") is { Count: > 0 } named) (flag, models) = (true, named);
        if (reference is not null)
        {
            models = [reference];
            flag ??= true;
        }
        if (flag == true && models.Count == 0) reader.Report("reference", "reference is true, but ref_model names no model whose answers to use");
        return (flag == true, flag == true ? models : []);
    }

    private static (string? Baseline, IReadOnlyDictionary<string, string> ByCategory) ReadBaseline(ConfigReader reader)
    {
        var baseline = reader.Text("baseline_model");
        if (reader.Node("baseline") is ConfigScalar { IsQuoted: false } scalar && IsFlag(scalar.Value))
        {
            if (reader.Flag("baseline") == false) baseline = null;
        }
        else
        {
            baseline ??= reader.Text("baseline");
        }
        return (baseline, ByCategory(reader, "baseline_by_category"));
    }

    private JudgingMode ReadMode(ConfigReader reader, bool hasBaseline, List<string> templates)
    {
        var said = reader.Flag("pairwise");
        var pairwise = said ?? (hasBaseline || PromptChecks.ShowsTwoAnswers(templates) || (templates.Count == 0 && dialect is V20Dialect));
        return pairwise ? JudgingMode.Pairwise : JudgingMode.Single;
    }

    private static (ScoreRule Rule, IReadOnlyList<string> Patterns) ReadRule(ConfigReader reader, JudgingMode mode)
    {
        var one = reader.Texts("regex_pattern");
        var several = reader.Texts("regex_patterns");
        if (one.Count > 0 && several.Count > 0) reader.Report("regex_patterns", "regex_pattern and regex_patterns exclude each other: they stand for different rules");
        foreach (var key in new[] { "regex_pattern", "regex_patterns" })
        {
            foreach (var node in reader.Items(key).OfType<ConfigScalar>())
                if (ScorePatterns.Problem(node.Value) is { } wrong)
                    reader.Report(node, $"{node.Path} {wrong}");
        }
        var rule = one.Count > 0 ? ScoreRule.AllMatchesAgree
            : several.Count > 0 || mode == JudgingMode.Pairwise ? ScoreRule.LastMatch
            : ScoreRule.SingleRating;
        IReadOnlyList<string> patterns = one.Count > 0 ? one : several.Count > 0 ? several : ScorePatterns.Published(rule);
        return (rule, patterns);
    }

    private (string? System, IReadOnlyDictionary<string, string> ByCategory) ReadSystemPrompts(ConfigReader reader, JudgingMode mode)
    {
        var system = reader.Text("system_prompt");
        var byCategory = ByCategory(reader, "system_prompt_by_category");
        if (system is not null || byCategory.Count > 0) return (system, byCategory);
        if (mode == JudgingMode.Single) return (reader.Has("prompt_template") ? null : ShippedPrompts.SingleSystem, byCategory);
        return dialect is V20Dialect
            ? (null, PublishedDefaults.SystemPromptByCategory)
            : (reader.Has("prompt_template") ? null : ShippedPrompts.PairwiseSystem, byCategory);
    }

    private IReadOnlyList<EndpointSettings> ReadEndpoints(ConfigReader reader)
    {
        var items = reader.Items("endpoint_list");
        var older = reader.Items("api_base_list");
        return EndpointListReader.Read(items.Count > 0 ? items : older, problems);
    }

    private static Dictionary<string, string> ByCategory(ConfigReader reader, string key)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (category, value) in reader.Entries(key))
            if (reader.Text(value) is { } text)
                values[category.Value] = text;
        return values;
    }

    private static bool IsFlag(string value) => value.ToUpperInvariant() is "TRUE" or "FALSE" or "YES" or "NO" or "ON" or "OFF";
}
