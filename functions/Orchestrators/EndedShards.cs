namespace ArenaBench.Functions.Orchestrators;

/// <summary>Which of a model's shards have ended, from the first on without a gap. The histories of those are purged while others run:
/// the model's own status counts them from then on. Deterministic.</summary>
internal sealed class EndedShards(int shards)
{
    /// <summary>Few enough that no history stays for long, many enough that the purges are few.</summary>
    private const int Batch = 4;

    private readonly WorkTotals?[] _ended = new WorkTotals?[shards];

    /// <summary>From the first on.</summary>
    public int Purged { get; private set; }

    /// <summary>What those came to.</summary>
    public WorkTotals Totals { get; private set; } = WorkTotals.None;

    /// <returns>Shards to be purged now; the last ones are left to the end.</returns>
    public ShardRange? End(int shard, WorkTotals totals)
    {
        _ended[shard] = totals;
        var end = Purged;
        while (end < _ended.Length && _ended[end] is not null)
            end++;
        if (end - Purged < Batch || end == _ended.Length)
            return null;
        var range = new ShardRange(Purged, end - Purged);
        for (; Purged < end; Purged++)
            Totals = Totals.Plus(_ended[Purged]!);
        return range;
    }
}

public sealed record ShardRange(int First, int Count);
