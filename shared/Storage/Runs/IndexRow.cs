using ArenaBench.Core.Judging;
using ArenaBench.Core.Records;

namespace ArenaBench.Core.Storage;

/// <summary>What pages and filters need of one record, and where its texts lie.</summary>
/// <param name="Score">Of a game.</param>
/// <param name="Place">See <see cref="RunParts.ReadAsync"/>.</param>
public sealed record IndexRow(
    RecordKey Key,
    RecordStatus Status,
    string? Reason,
    Score? Score,
    int Attempts,
    TokenUsage? Usage,
    double? LatencyMs,
    RecordPlace Place)
{
    public static IndexRow Of(PlacedRecord placed, Score? score)
    {
        var line = placed.Line;
        return new IndexRow(line.Key, line.Status, line.Reason, score, line.Attempts, line.Usage, line.LatencyMs, placed.Place);
    }
}

/// <summary>What an index holds.</summary>
/// <param name="Attempt">Of the run, whose records these are.</param>
/// <param name="Models">In ordinal order of names.</param>
public sealed record RunIndexContents(int Schema, int Attempt, IReadOnlyList<IndexedModel> Models)
{
    public const int CurrentSchema = 1;
}

/// <param name="Rows">Answers and games.</param>
public sealed record IndexedModel(string Model, int Rows);
