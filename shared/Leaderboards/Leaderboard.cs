using ArenaBench.Core.Scoring;

namespace ArenaBench.Core.Leaderboards;

/// <summary>What a run, or a folder of records, comes to. Depends on records, options and seed alone: no clock, run id or cost in it.</summary>
/// <param name="Single">Ratings; null for pairwise benchmarks.</param>
/// <param name="Pairwise">Games against a baseline; null for single ratings.</param>
/// <param name="ByCategory">The same for each category alone, in the order of its name; empty when there is one.</param>
/// <param name="Failures">By model: records that failed, by status.</param>
public sealed record Leaderboard(
    int Schema,
    string Benchmark,
    SingleLeaderboard? Single,
    PairwiseLeaderboard? Pairwise,
    IReadOnlyList<CategoryLeaderboard> ByCategory,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> Failures)
{
    public const int CurrentSchema = 1;
}

public sealed record CategoryLeaderboard(string Category, SingleLeaderboard? Single, PairwiseLeaderboard? Pairwise);
