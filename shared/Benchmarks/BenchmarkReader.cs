using ArenaBench.Core.Configuration;
using ArenaBench.Core.Dialects;
using ArenaBench.Core.Storage;

namespace ArenaBench.Core.Benchmarks;

/// <summary>Reads a benchmark's folder: ours with <c>benchmark.yaml</c>, or a published one as its authors leave it.</summary>
public static class BenchmarkReader
{
    private const int LongestChain = 4;

    /// <param name="name">The benchmark's name.</param>
    /// <param name="prefix">Its folder in the tree, ending in <c>/</c>, or empty for the tree itself; null: <c>{name}/</c>.</param>
    /// <param name="judgeConfig">Instead of the configuration that the folder has.</param>
    /// <exception cref="ProblemException">Everything that is wrong, with file and line.</exception>
    public static async Task<Benchmark> ReadAsync(
        IFileTree tree,
        string name,
        string? prefix = null,
        ConfigNode? judgeConfig = null,
        CancellationToken cancellationToken = default) =>
        (await LoadAsync(tree, name, prefix ?? $"{name}/", judgeConfig, cancellationToken)).Benchmark;

    internal static Task<LoadedBenchmark> LoadAsync(
        IFileTree tree, string name, string prefix, ConfigNode? judgeConfig, CancellationToken cancellationToken) =>
        LoadAsync(tree, name, prefix, judgeConfig, LongestChain, cancellationToken);

    private static async Task<LoadedBenchmark> LoadAsync(
        IFileTree tree, string name, string prefix, ConfigNode? judgeConfig, int chain, CancellationToken cancellationToken)
    {
        var problems = new List<Problem>();
        var finder = new ConfigFinder(tree, prefix, name);
        var manifestNode = await tree.ReadYamlAsync(prefix + BenchmarkManifest.FileName, cancellationToken);
        var manifest = manifestNode is null ? null : BenchmarkManifest.Read(manifestNode, problems);
        if (manifest is { Name.Length: > 0 } && manifest.Name != name)
            manifest.Reader.Report("name", $"name is {manifest.Name}, but the folder is {name}");

        var files = new List<RecordFile>();
        await foreach (var file in RecordFiles.ListAsync(tree, prefix, cancellationToken)) files.Add(file);
        var telling = new List<Problem>();
        var dialect = manifest?.Dialect ?? await DialectOfAsync(tree, prefix, files, telling, cancellationToken);
        if (dialect is null && manifest?.Extends is null)
        {
            problems.AddRange(telling);
            if (telling.Count == 0)
                problems.Add(new Problem(tree.Describe(prefix), null, null, "no benchmark here: there is neither a question.jsonl nor an answer or a judgment"));
        }

        LoadedBenchmark? extended = null;
        var questions = await QuestionReader.ReadAsync(tree, $"{prefix}question.jsonl", dialect, problems, cancellationToken);
        if (questions is null && manifest?.Extends is { } parent)
        {
            if (chain == 0) manifest.Reader.Report("extends", "benchmarks extend one another in a circle, or too deep");
            else extended = await LoadAsync(tree, parent, $"{ConfigFinder.Parent(prefix)}{parent}/", null, chain - 1, cancellationToken);
            dialect ??= extended?.Benchmark.Dialect;
            questions = extended is null ? null : QuestionReader.Convert(extended.Benchmark, dialect!, manifest, problems);
        }
        if (dialect is null) throw new ProblemException(problems);
        if (manifest is not null) QuestionReader.Check(questions ?? [], extended is null ? manifest : manifest with { QuestionCount = null }, problems);

        var judgeFile = await JudgeFileAsync(tree, finder, prefix, manifest, judgeConfig, cancellationToken);
        var judging = Judging(dialect, manifest, judgeFile?.Node, extended?.Benchmark, problems);
        var generationFile = manifest is null ? await finder.FindGenerationAsync(cancellationToken) : null;
        var generation = Generation(dialect, manifest, generationFile, extended?.Benchmark, problems);
        if (dialect is V20Dialect && generation.Choices > 1)
            problems.Add(new Problem(tree.Describe(prefix), null, null, "num_choices is more than 1, but a v2.0 record holds one choice"));
        if (problems.Count > 0) throw new ProblemException(problems);

        var benchmark = new Benchmark(
            name,
            dialect,
            questions ?? [],
            generation,
            judging,
            files.Where(f => f.Kind == RecordFileKind.Reference).Select(f => f.Model).ToList() is { Count: > 0 } references
                ? references
                : extended?.Benchmark.ReferenceModels ?? [],
            manifest is { Categories.Count: > 0 }
                ? manifest.Categories
                : extended?.Benchmark.Categories ?? [.. (questions ?? []).Select(q => q.Category).Distinct()],
            BenchmarkNotes.Of(tree.Describe(prefix), questions ?? [], judging),
            manifest?.Title,
            manifest?.Description,
            manifest?.Version);
        return new LoadedBenchmark(benchmark, prefix, manifest is not null, manifest?.JudgeConfig, judgeFile is not null || manifest?.Judging is not null, judgeFile, generationFile, files, extended);
    }

    private static async Task<ConfigFile?> JudgeFileAsync(
        IFileTree tree, ConfigFinder finder, string prefix, BenchmarkManifest? manifest, ConfigNode? given, CancellationToken cancellationToken)
    {
        if (given is not null) return new ConfigFile("", given);
        if (manifest?.JudgeConfig is not { } file) return await finder.FindJudgeAsync(cancellationToken);
        if (await tree.ReadYamlAsync(prefix + file, cancellationToken) is { } node) return new ConfigFile(prefix + file, node);
        manifest.Reader.Report("judge_config", $"judge_config is {file}, which does not exist");
        return null;
    }

    private static JudgeConfig Judging(
        Dialect dialect, BenchmarkManifest? manifest, ConfigNode? node, Benchmark? extended, List<Problem> problems)
    {
        if (manifest?.Judging is { } replacing) node = ConfigOverlay.Over(node, replacing, problems);
        var isPublished = manifest is null;
        return node is null
            ? extended?.Judging ?? JudgeConfigReader.Default(dialect, isPublished)
            : new JudgeConfigReader(dialect, isPublished, manifest?.Reference, problems).Read(node);
    }

    private static GenerationConfig Generation(
        Dialect dialect, BenchmarkManifest? manifest, ConfigFile? file, Benchmark? extended, List<Problem> problems)
    {
        var defaults = extended?.Generation ?? PublishedDefaults.Generation(dialect);
        if (manifest?.Generation is { } section) return GenerationReader.Read(section, defaults, keepsTable: false);
        return file is null ? defaults : GenerationReader.Read(new ConfigReader(file.Node, problems), defaults, keepsTable: true);
    }

    /// <param name="problems">Gets what was found instead where no line tells the dialect.</param>
    private static async Task<Dialect?> DialectOfAsync(
        IFileTree tree, string prefix, List<RecordFile> files, List<Problem> problems, CancellationToken cancellationToken)
    {
        foreach (var path in files.Select(f => f.Path).Prepend($"{prefix}question.jsonl"))
        {
            await using var stream = await tree.OpenReadAsync(path, cancellationToken);
            if (stream is null) continue;
            var damaged = new ProblemLog();
            await foreach (var line in JsonLines.ReadAsync(stream, tree.Describe(path), damaged, cancellationToken))
            {
                if (DialectDetection.Of(line.Value) is { } dialect) return dialect;
                damaged.Add(new Problem(tree.Describe(path), line.Number, null,
                    "is no record of a known dialect: v1 and v0.1 have question_id with turns, choices or games, v2.0 has uid"));
                break;
            }
            problems.AddRange(damaged.Kept);
        }
        return null;
    }
}
