namespace ArenaBench.Core.Storage;

/// <summary>How parts of runs are written and kept in memory.</summary>
public sealed record PartsOptions
{
    /// <summary>What another host appended is looked for, before a record counts as missing, when the last look is older than this.
    /// <see cref="Timeout.InfiniteTimeSpan"/> where one host alone writes.</summary>
    public TimeSpan RefreshAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>For how long an append that fails for passing reasons is tried: the calls behind its lines are paid.</summary>
    public TimeSpan AppendPatience { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Parts kept open; the one used longest ago goes first.</summary>
    public int MaxOpen { get; init; } = 4096;

    /// <summary>Bytes of lines kept in memory, over all parts.</summary>
    public long CacheBytes { get; init; } = 64 << 20;

    /// <summary>Lines that wait together go into one block of at most this many bytes, a single longer line apart.</summary>
    public int MaxBlockBytes { get; init; } = 4 << 20;

    /// <summary>Blocks on their way to the storage at once, over all parts: what waits for its turn is written together. Null: 32, and 3 where
    /// the storage is on this machine, since an emulator serves one request after another.</summary>
    public int? MaxAppends { get; init; }

    /// <summary>Storage takes 50,000 blocks in a blob; a part then goes on in its next segment.</summary>
    public int MaxSegmentBlocks { get; init; } = 49_000;

    /// <summary>A segment is read whole at times: it may not grow much beyond this many bytes.</summary>
    public long MaxSegmentBytes { get; init; } = 64 << 20;
}
