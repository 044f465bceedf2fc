using ArenaBench.Core.Records;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Logging;

namespace ArenaBench.Core.Storage;

/// <summary>What is known of a part: where its lines lie and where it ends. Lookups may come from any thread; everything that
/// reads or notes more is called by one at a time.</summary>
internal sealed class PartView(BlobContainerClient container, string run, string part, TextCache cache, TimeProvider time, ILogger log)
{
    // Of a damaged part the first places tell enough.
    private const int NamedDamage = 100;
    private const int MostBlocks = 50_000;

    private readonly PartSegment _first = new(container, PartPaths.Of(run, part, 0));
    private readonly Lock _gate = new();
    private readonly PartIndex _index = new();
    private readonly List<DamagedLine> _damage = [];
    private List<PartText> _before = [];
    private long? _looked;
    private long _scanned;

    /// <summary>The segment that lines are appended to.</summary>
    public PartSegment Segment => SegmentOf(Number);

    public int Number { get; private set; }

    public bool Exists { get; set; }

    /// <summary>Of the segment, in bytes.</summary>
    public long Length { get; private set; }

    public int Blocks { get; private set; }

    /// <summary>The segment's last line has no end: something cut a block.</summary>
    public bool EndsTorn => Length > _scanned;

    /// <summary>Nothing hints that the part is not as it was read last.</summary>
    public bool IsCurrent { get; private set; }

    public bool IsFresh(TimeSpan within)
    {
        lock (_gate)
            return IsCurrent && _looked is { } looked && (within < TimeSpan.Zero || time.GetElapsedTime(looked) <= within);
    }

    /// <summary>All that the storage has of it is known.</summary>
    public bool IsAsIn(IReadOnlyDictionary<string, long> lengths)
    {
        lock (_gate)
            return IsCurrent && Length == _scanned && lengths.GetValueOrDefault(Segment.Path) == Length;
    }

    /// <summary>Notes that there is nothing yet, where nothing else is known.</summary>
    public void Expect()
    {
        lock (_gate)
        {
            if (_looked is not null)
                return;
            _looked = time.GetTimestamp();
            IsCurrent = true;
        }
    }

    public IndexedLine? Find(RecordKey key)
    {
        lock (_gate)
            return _index.Find(key);
    }

    public IReadOnlyList<IndexedLine> All()
    {
        lock (_gate)
            return _index.All();
    }

    public IReadOnlyList<DamagedLine> Damage()
    {
        lock (_gate)
            return [.. _damage];
    }

    public PartSegment SegmentOf(int number) => number == 0 ? _first : new PartSegment(container, PartPaths.Of(run, part, number));

    public void Doubt() => IsCurrent = false;

    /// <summary>Reads what is new.</summary>
    /// <returns>Lines that were known to be stored and that the storage has lost, as far as they are still in memory.</returns>
    public async Task<IReadOnlyList<PartText>> ReadNewAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await Segment.ReadTailAsync(_scanned, cancellationToken) is not { } tail)
            {
                StartOver();
                continue;
            }

            Exists = tail.Exists;
            Blocks = tail.Blocks;
            if (!Take(tail.Bytes.Span))
                break;
            GoTo(Number + 1);
        }

        lock (_gate)
            _looked = time.GetTimestamp();
        IsCurrent = true;
        return Lost();
    }

    /// <summary>Notes a block that was stored at the end.</summary>
    public void Appended(IReadOnlyList<PartText> lines, int length, int blocks)
    {
        Blocks = blocks;
        if (EndsTorn)
        {
            // What was torn is now a line, and perhaps whole after all: it is read like any other.
            Doubt();
            return;
        }

        lock (_gate)
        {
            foreach (var line in lines)
            {
                Note(line.Key, line.HasRecord, line.Line);
                _scanned += line.Line.Length + 1;
            }

            _looked = time.GetTimestamp();
        }

        Length += length;
    }

    /// <returns>Whether the segment is sealed: the part goes on in the next.</returns>
    private bool Take(ReadOnlySpan<byte> bytes)
    {
        var isSealed = Blocks >= MostBlocks;
        Length = _scanned + bytes.Length;
        lock (_gate)
        {
            for (int end; (end = bytes.IndexOf((byte)'\n')) >= 0; bytes = bytes[(end + 1)..])
            {
                var line = bytes[..end];
                if (PartLine.IsSeal(line))
                    isSealed = true;
                else if (PartLine.TryRead(line, out var record, out var reason))
                    Note(record.Key, record.Record is not null, line.ToArray());
                else if (!line.IsEmpty)
                    NoteDamage(reason);
                _scanned += end + 1;
            }

            if (!bytes.IsEmpty)
                NoteDamage("it has no end");
        }

        return isSealed;
    }

    private void Note(RecordKey key, bool hasRecord, byte[] line)
    {
        _index.Add(new IndexedLine(key, Number, _scanned, line.Length, hasRecord));
        cache.Add(Segment.Path, _scanned, line);
    }

    private void NoteDamage(string reason)
    {
        var damage = new DamagedLine(Segment.Path, _scanned, reason);
        if (_damage.Contains(damage))
            return;
        log.LogWarning("A line that is no record is left out: {Damage}.", damage);
        if (_damage.Count < NamedDamage)
            _damage.Add(damage);
    }

    private void GoTo(int number)
    {
        Number = number;
        (_scanned, Length, Blocks, Exists) = (0, 0, 0, false);
    }

    private void StartOver()
    {
        log.LogWarning("{Path} is shorter than it was: the storage has lost lines that it had acknowledged. It is read anew.", Segment.Path);
        lock (_gate)
        {
            foreach (var line in _index.All())
            {
                var blob = PartPaths.Of(run, part, line.Segment);
                _before.Add(new PartText(line.Key, line.HasRecord, cache.Find(blob, line.Offset) ?? []));
                cache.Remove(blob, line.Offset);
            }

            _index.Clear();
            _damage.Clear();
            _looked = null;
        }

        GoTo(0);
    }

    private List<PartText> Lost()
    {
        if (_before.Count == 0)
            return [];
        var lost = _before.Where(line => Find(line.Key) is not { } there || (line.HasRecord && !there.HasRecord)).ToList();
        _before = [];
        var gone = lost.RemoveAll(line => line.Line.Length == 0);
        if (lost.Count + gone > 0)
            log.LogWarning("{Path}: {Lost} lines lost, {Kept} of them still in memory and written again.", Segment.Path, lost.Count + gone, lost.Count);
        return lost;
    }
}

/// <summary>A line as stored, without its end.</summary>
internal sealed record PartText(RecordKey Key, bool HasRecord, byte[] Line);
