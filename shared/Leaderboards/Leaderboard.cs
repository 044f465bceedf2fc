using System.Text.Json.Serialization;
using ArenaBench.Core.Scoring;

namespace ArenaBench.Core.Leaderboards;

/// <summary>What a run, or a folder of records, comes to. Depends on records, options and seed alone: no clock, run id or cost in it.</summary>
/// <param name="Single">Ratings; null for pairwise benchmarks.</param>
/// <param name="Pairwise">Games against a baseline; null for single ratings.</param>
/// <param name="ByCategory">The same for each category alone, in the order of its name; empty when there is one.</param>
/// <param name="Failures">By model: records that failed, by status.</param>
/// <param name="Truncated">By model: answers cut at their token limit, judged as they are; null: none.</param>
/// <param name="ByJudge">The same for each judge alone, in the order of its name; null or empty when there is one.</param>
/// <param name="Comparisons">Of each model with the next, or of those asked for: whether the difference is more than chance.</param>
/// <param name="Date">As the run's spec gives it: no clock is read.</param>
public sealed record Leaderboard(
    int Schema,
    string Benchmark,
    SingleLeaderboard? Single,
    PairwiseLeaderboard? Pairwise,
    IReadOnlyList<CategoryLeaderboard> ByCategory,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> Failures,
    IReadOnlyList<JudgeLeaderboard>? ByJudge = null,
    IReadOnlyList<ModelComparison>? Comparisons = null,
    string? Date = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, int>? Truncated = null)
{
    public const int CurrentSchema = 1;

    /// <summary>What a reader must know beside the scoring's own notes: what the records lack.</summary>
    [JsonIgnore]
    public IEnumerable<string> RecordNotes
    {
        get
        {
            foreach (var (model, count) in Truncated ?? new Dictionary<string, int>())
                yield return $"{count} of {model}'s answers were cut at their token limit (max_tokens) and judged as they are.";
            foreach (var (model, statuses) in Failures)
            {
                if (statuses.TryGetValue("over_budget", out var left))
                    yield return $"{left} answers and games of {model} were not made: the run's budget was used up.";
            }
        }
    }
}

public sealed record CategoryLeaderboard(string Category, SingleLeaderboard? Single, PairwiseLeaderboard? Pairwise);

public sealed record JudgeLeaderboard(string Judge, SingleLeaderboard? Single, PairwiseLeaderboard? Pairwise);
