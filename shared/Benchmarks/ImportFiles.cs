using System.Buffers;
using ArenaBench.Core.Dialects;
using ArenaBench.Core.Storage;

namespace ArenaBench.Core.Benchmarks;

/// <summary>Collects what is imported as it is: configuration and questions.</summary>
internal static class ImportFiles
{
    private const string Questions = "question.jsonl";
    private const string JudgeConfig = "judge_config.yaml";

    public static async Task<IReadOnlyList<ImportFile>> CollectAsync(
        IFileTree tree, LoadedBenchmark loaded, byte[]? judgeConfig, CancellationToken cancellationToken)
    {
        var files = new List<ImportFile>();
        if (loaded.Extended is not null) await AddStandaloneAsync();
        else if (loaded.IsOurs) await AddAsync(loaded.Prefix + BenchmarkManifest.FileName, BenchmarkManifest.FileName);
        if (judgeConfig is { } given) files.Add(new ImportFile(JudgeConfigName(loaded), given));
        else if (loaded.JudgeFile is { } judge) await AddAsync(judge.Path, Inside(judge.Path, loaded.Prefix));
        if (loaded.GenerationFile is { } generation) await AddAsync(generation.Path, Inside(generation.Path, loaded.Prefix));
        files.Add(loaded.Extended is null
            ? new ImportFile(Questions, await ReadAsync(tree, loaded.Prefix + Questions, cancellationToken) ?? default)
            : new ImportFile(Questions, Written(loaded.Benchmark)));
        return files;

        async Task AddStandaloneAsync()
        {
            var own = await ReadAsync(tree, loaded.Prefix + BenchmarkManifest.FileName, cancellationToken) ?? default;
            var lender = judgeConfig is null ? LenderOfJudging(loaded) : null;
            var lent = lender is { IsOurs: true } ? await ReadAsync(tree, lender.Prefix + BenchmarkManifest.FileName, cancellationToken) : null;
            if (lender?.JudgeFile is { } file) await AddAsync(file.Path, JudgeConfig);
            files.Add(new ImportFile(
                BenchmarkManifest.FileName,
                StandaloneManifest.Write(
                    own, loaded.Benchmark, lent, lender?.JudgeFile is null ? null : JudgeConfig,
                    lender is { IsOurs: false, Benchmark.Judging.PublishedBytes: true })));
        }

        async Task AddAsync(string path, string target)
        {
            if (await ReadAsync(tree, path, cancellationToken) is { } content) files.Add(new ImportFile(target, content));
        }
    }

    /// <summary>The benchmark, of those extended, whose judging this one has; null: it has its own.</summary>
    private static LoadedBenchmark? LenderOfJudging(LoadedBenchmark loaded)
    {
        var lender = loaded;
        while (!lender.HasJudging && lender.Extended is { } next) lender = next;
        return lender == loaded ? null : lender;
    }

    // A configuration from outside the folder comes to lie where it is looked for inside.
    private static string Inside(string path, string prefix)
    {
        if (path.StartsWith(prefix, StringComparison.Ordinal)) return path[prefix.Length..];
        var name = path[(path.LastIndexOf('/') + 1)..];
        return path.EndsWith($"config/{name}", StringComparison.Ordinal) ? $"config/{name}" : name;
    }

    private static string JudgeConfigName(LoadedBenchmark loaded) =>
        loaded is { IsOurs: true, ManifestJudgeConfig: { } named } ? named : JudgeConfig;

    private static ReadOnlyMemory<byte> Written(Benchmark benchmark)
    {
        var buffer = new ArrayBufferWriter<byte>();
        foreach (var question in benchmark.Questions) JsonLines.Write(buffer, benchmark.Dialect.WriteQuestion(question));
        return buffer.WrittenMemory;
    }

    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(IFileTree tree, string path, CancellationToken cancellationToken)
    {
        await using var stream = await tree.OpenReadAsync(path, cancellationToken);
        if (stream is null) return null;
        using var content = new MemoryStream();
        await stream.CopyToAsync(content, cancellationToken);
        return content.ToArray();
    }
}
