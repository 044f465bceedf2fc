using System.CommandLine;
using System.Globalization;
using System.Text;
using ArenaBench.Cli.Output;
using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Configuration;
using ArenaBench.Core.Dialects;
using ArenaBench.Core.Models;
using ArenaBench.Core.Runs;

namespace ArenaBench.Cli.Commands;

/// <summary>Reads a configuration file with the readers that runs use, and says what is wrong or what was understood. Calls nothing.</summary>
internal static class ConfigCheckCommand
{
    private static readonly string[] JudgingKeys = ["judge_model", "prompt_template", "system_prompt", "pairwise", "regex_pattern", "regex_patterns"];
    private static readonly string[] GenerationKeys = ["temperature", "max_tokens", "num_choices", "model_list", "force_temperature"];

    public static Command Create()
    {
        var command = new Command("check", "Says what is wrong in a file, with file:line, or what was understood: an endpoints file, a judge or answer configuration, a run spec, a benchmark.yaml.");
        var file = new Argument<string>("FILE") { Description = "The file; which kind it is, its keys tell." };
        var dialect = new Option<string?>("--dialect") { Description = "For a judge or answer configuration: v1, v0.1 or v2.0; by default the one that its keys speak for." };
        dialect.AcceptOnlyFromAmong([.. DialectCatalog.All.Select(known => known.Name)]);
        command.Arguments.Add(file);
        command.Options.Add(dialect);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            foreach (var line in await CheckAsync(parsed.GetValue(file)!, parsed.GetValue(dialect), cancellationToken))
                Console.Out.WriteLine(SafeText.Clean(line));
            return ExitCodes.Ok;
        });
        return command;
    }

    /// <exception cref="ProblemException">Everything that is wrong with it.</exception>
    private static async Task<IReadOnlyList<string>> CheckAsync(string file, string? dialect, CancellationToken cancellationToken)
    {
        var text = await ConfigCommand.ReadAsync(file, cancellationToken);
        var root = YamlReader.Parse(text, file);
        var keys = root is ConfigMap map ? map.Entries.Select(entry => entry.Key.Value).ToHashSet(StringComparer.Ordinal) : [];
        if (keys.Contains("benchmark"))
            return Of(RunRequestReader.Parse(text, file));
        if (keys.Contains("schema"))
            return Of(await BenchmarkFolder.Open(Path.GetDirectoryName(Path.GetFullPath(file))!).ReadAsync(cancellationToken: cancellationToken));
        dialect ??= keys.Contains("regex_patterns") ? DialectCatalog.V20.Name : keys.Overlaps(["pairwise", "regex_pattern"]) ? DialectCatalog.V01.Name : DialectCatalog.V1.Name;
        if (keys.Count > 0 && !keys.Overlaps(JudgingKeys) && root is ConfigMap { Entries: var entries } && entries.Any(IsGeneration))
            return Of(GenerationConfig.Read(root, DialectCatalog.Get(dialect)));
        if (keys.Overlaps(JudgingKeys))
            return Of((await ReadJudgingAsync(root, dialect, cancellationToken)).Judging, dialect);
        return Of(EndpointsFile.Parse(text, file));
    }

    /// <summary>A model of an endpoints file may have such a name, but what it stands for there is a map. v2.0's file as published may
    /// hold nothing but the benchmark's name and an empty list.</summary>
    private static bool IsGeneration(ConfigEntry entry) =>
        entry.Key.Value == "bench_name" || (GenerationKeys.Contains(entry.Key.Value) && entry.Value is not ConfigMap);

    private static Task<Benchmark> ReadJudgingAsync(ConfigNode config, string dialect, CancellationToken cancellationToken)
    {
        var manifest = Encoding.UTF8.GetBytes($"schema: 1\nname: check\ndialect: {dialect}\n");
        return BenchmarkReader.ReadAsync(
            new MemoryTree("", new Dictionary<string, byte[]> { [$"check/benchmark.yaml"] = manifest }), "check", null, config, cancellationToken);
    }

    private static IReadOnlyList<string> Of(RunRequest request) =>
    [
        $"a run spec: what {request.What.ToString().ToLowerInvariant()}, benchmark {request.Benchmark}",
        $"models: {(request.Models is { } models ? string.Join(", ", models) : "the benchmark's")}",
        $"judges: {(request.Judges is { } judges ? string.Join(", ", judges) : "the benchmark's")}",
        "Whether the host has them, a dry run tells: arena run FILE --dry-run",
    ];

    private static IReadOnlyList<string> Of(Benchmark benchmark) =>
    [
        $"a benchmark: {benchmark.Name}, dialect {benchmark.Dialect.Name}, {benchmark.Questions.Count} questions in {string.Join(", ", benchmark.Categories)}",
        .. Of(benchmark.Judging, benchmark.Dialect.Name),
        .. benchmark.Notes.Select(note => $"note: {note}"),
    ];

    private static IReadOnlyList<string> Of(JudgeConfig config, string dialect) =>
    [
        $"judging, {(config.Mode == JudgingMode.Single ? "single: a rating of 1 to 10" : "pairwise: two games against a baseline")}, dialect {dialect}",
        $"judges: {(config.JudgeModels.Count == 0 ? "none named: the run has to" : string.Join(", ", config.JudgeModels))}",
        config.Mode == JudgingMode.Single ? "baseline: none"
            : $"baseline: {string.Join(", ", config.BaselineByCategory.Select(entry => $"{entry.Key}: {entry.Value}").Prepend(config.Baseline).OfType<string>())}",
        $"references: {(config.UsesReference ? string.Join(", ", config.ReferenceModels) : "not shown to the judge")}",
        $"score: {config.Rule}{(config.Patterns.Count == 0 ? "" : $" by {string.Join(" then ", config.Patterns)}")}, {config.Attempts} attempt(s)",
        string.Create(CultureInfo.InvariantCulture, $"sent: temperature {config.Temperature}, max_tokens {config.MaxTokens}"),
    ];

    private static IReadOnlyList<string> Of(GenerationConfig config) =>
    [
        "an answer configuration",
        string.Create(CultureInfo.InvariantCulture, $"sent: temperature {config.ForcedTemperature ?? config.DefaultTemperature}, max_tokens {config.MaxTokens}; {config.Choices} choice(s)"),
        $"models: {(config.ModelList.Count == 0 ? "none named: the run has to" : string.Join(", ", config.ModelList))}",
    ];

    private static IReadOnlyList<string> Of(Endpoints endpoints) =>
    [
        $"an endpoints file: {endpoints.Names.Count} models",
        .. endpoints.Names.Select(name =>
        {
            var model = endpoints.Get(name)!;
            var missing = Endpoints.Of(model, KeySource.Environment).Select(problem => problem[(name.Length + 2)..]).ToArray();
            return $"{name}: {model.ApiType}, sends model {model.ModelName}, {model.Parallel} at once"
                + (missing.Length == 0 ? "" : $"; not callable here: {string.Join("; ", missing)}");
        }),
    ];
}
