using ArenaBench.Core.Costs;

namespace ArenaBench.Cli.Client;

public sealed record BenchmarkItem(
    string Name, string? Title, string? Version, string? Dialect, int? Questions, IReadOnlyList<string>? Categories, string? Problem);

public sealed record UploadedBenchmark(string Name, int Questions);

public sealed record StoredConfig(string Name, IReadOnlyList<string> Models);

/// <summary>What a run would do and cost.</summary>
public sealed record DryRun(
    string Benchmark, int Questions, IReadOnlyList<string> Models, IReadOnlyList<string> Judges, Budget? Budget, CostEstimate Estimate);
