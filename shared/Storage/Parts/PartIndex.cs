using ArenaBench.Core.Records;

namespace ArenaBench.Core.Storage;

/// <summary>Where the line that counts for each key lies. The first line that carries a record counts; without one, the last failure.</summary>
internal sealed class PartIndex
{
    private readonly Dictionary<RecordKey, IndexedLine> _settled = [];
    private readonly List<RecordKey> _order = [];

    public IndexedLine? Find(RecordKey key) => _settled.TryGetValue(key, out var line) ? line : null;

    /// <summary>In the order in which the keys first appeared.</summary>
    public IReadOnlyList<IndexedLine> All() => [.. _order.Select(key => _settled[key])];

    public void Add(IndexedLine line)
    {
        if (!_settled.TryGetValue(line.Key, out var settled))
            _order.Add(line.Key);
        else if (settled.HasRecord)
            return;
        _settled[line.Key] = line;
    }

    public bool HasRecord(RecordKey key) => _settled.TryGetValue(key, out var line) && line.HasRecord;

    public void Clear()
    {
        _settled.Clear();
        _order.Clear();
    }
}

internal readonly record struct IndexedLine(RecordKey Key, int Segment, long Offset, int Length, bool HasRecord);
