namespace ArenaBench.Core.Benchmarks;

/// <summary>A benchmark with the files that it was read from.</summary>
/// <param name="IsOurs">It has a <c>benchmark.yaml</c>.</param>
/// <param name="ManifestJudgeConfig">The file that it names there.</param>
/// <param name="HasJudging">It says itself how answers are judged, in a file or in its <c>benchmark.yaml</c>.</param>
/// <param name="JudgeFile">Its path is empty for a configuration given apart from the folder.</param>
/// <param name="Extended">The benchmark whose questions it uses.</param>
internal sealed record LoadedBenchmark(
    Benchmark Benchmark,
    string Prefix,
    bool IsOurs,
    string? ManifestJudgeConfig,
    bool HasJudging,
    ConfigFile? JudgeFile,
    ConfigFile? GenerationFile,
    IReadOnlyList<RecordFile> RecordFiles,
    LoadedBenchmark? Extended);
