using System.Runtime.CompilerServices;
using ArenaBench.Core.Records;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Logging;

namespace ArenaBench.Core.Storage;

// The semaphore's wait handle is never asked for, so that there is nothing to dispose of.
#pragma warning disable CA1001
/// <summary>The truth of runs: append blobs <c>runs/{run}/parts/{part}.jsonl</c>, one line per piece of work done. Of the lines of one
/// key the first that carries a record counts; without one, the last failure. Texts are read when asked for: memory holds where
/// they lie, and a bounded number of bytes lately used.</summary>
public sealed class RunParts(BlobContainerClient container, PartsOptions options, TimeProvider time, ILogger<RunParts> log)
{
    private const int WorthListing = 4;

    private readonly TextCache _cache = new(options.CacheBytes);
    private readonly SemaphoreSlim _appends = new(options.MaxAppends ?? (container.Uri.IsLoopback ? 3 : 32));
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Run, string Part), LinkedListNode<OpenPart>> _open = [];
    private readonly LinkedList<OpenPart> _used = new();

    /// <summary>Returns when the line is stored. Lines that arrive meanwhile go together in the next block. Where a record of its key
    /// is there already, that one stands and nothing is stored.</summary>
    public Task AppendAsync(string run, string part, RecordEnvelope line, CancellationToken cancellationToken) =>
        AppendAsync(run, part, [line], cancellationToken);

    /// <inheritdoc cref="AppendAsync(string, string, RecordEnvelope, CancellationToken)"/>
    public Task AppendAsync(string run, string part, IReadOnlyList<RecordEnvelope> lines, CancellationToken cancellationToken) =>
        Open(run, part).AppendAsync(lines, cancellationToken);

    public Task<RecordEnvelope?> FindAsync(string run, string part, RecordKey key, CancellationToken cancellationToken) =>
        Open(run, part).FindAsync(key, cancellationToken);

    /// <summary>Says that none of these parts exists yet, as whoever is to have them made knows.</summary>
    public void Expect(string run, IEnumerable<string> parts)
    {
        foreach (var part in parts)
            Open(run, part).Expect();
    }

    /// <summary>Each key once, by place. Damaged lines are named in the log and left out.</summary>
    public async IAsyncEnumerable<RecordEnvelope> ReadShardAsync(string run, string part, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var placed in ReadPlacedAsync(run, part, cancellationToken))
            yield return placed.Line;
    }

    /// <summary>The lines of several parts, in the order given. The next few are read while one is used.</summary>
    public IAsyncEnumerable<RecordEnvelope> ReadShardsAsync(string run, IEnumerable<string> parts, CancellationToken cancellationToken) =>
        ReadPlacedAsync(run, parts, cancellationToken).Select(placed => placed.Line);

    /// <summary>As <see cref="ReadShardsAsync"/>, with the places to find the texts again.</summary>
    /// <param name="damaged">Told the lines that are no records; at most a hundred of each part.</param>
    public async IAsyncEnumerable<PlacedRecord> ReadPlacedAsync(
        string run, IEnumerable<string> parts, [EnumeratorCancellation] CancellationToken cancellationToken, Action<DamagedLine>? damaged = null)
    {
        var wanted = parts.ToArray();
        var lengths = await LengthsAsync(run, wanted, cancellationToken);
        await foreach (var (lines, torn) in wanted.ReadAheadAsync(ReadWholeAsync, cancellationToken))
        {
            foreach (var line in lines)
                yield return line;
            foreach (var line in torn)
                damaged?.Invoke(line);
        }

        async Task<(List<PlacedRecord> Lines, IReadOnlyList<DamagedLine> Torn)> ReadWholeAsync(string part)
        {
            // Of the same log: another may be opened meanwhile, which has read nothing.
            var log = Open(run, part);
            return (await ReadPlacedAsync(run, part, log, lengths, cancellationToken).ToListAsync(cancellationToken), log.Damage());
        }
    }

    /// <summary>As <see cref="ReadShardAsync"/>, with the places to find the texts again.</summary>
    public IAsyncEnumerable<PlacedRecord> ReadPlacedAsync(string run, string part, CancellationToken cancellationToken) =>
        ReadPlacedAsync(run, part, Open(run, part), null, cancellationToken);

    /// <param name="lengths">Of the blobs as they are now; null: not known.</param>
    private static async IAsyncEnumerable<PlacedRecord> ReadPlacedAsync(
        string run, string part, PartLog log, IReadOnlyDictionary<string, long>? lengths, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var segment in (await log.ListAsync(lengths, cancellationToken)).GroupBy(line => line.Segment))
        {
            var lines = segment.ToArray();
            var (start, bytes) = (lines[0].Offset, default(ReadOnlyMemory<byte>?));
            if (!lines.All(log.Holds))
                bytes = await log.SegmentOf(segment.Key).ReadAsync(start, lines[^1].Offset + lines[^1].Length, cancellationToken);
            foreach (var line in lines)
            {
                var read = bytes is { } all && PartLine.TryRead(all.Span.Slice((int)(line.Offset - start), line.Length), out var record, out _)
                    ? record
                    : await log.ReadAsync(line.Segment, line.Offset, line.Length, cancellationToken);
                if (read?.Key != line.Key)
                    throw new InvalidDataException($"{PartPaths.Of(run, part, line.Segment)} changes while it is read, at byte {line.Offset}.");
                yield return new PlacedRecord(new RecordPlace(part, line.Segment, line.Offset, line.Length), read);
            }
        }
    }

    /// <summary>Where several parts are in memory, one request tells whether they are as they were.</summary>
    /// <returns>Null: not worth it.</returns>
    private async Task<IReadOnlyDictionary<string, long>?> LengthsAsync(string run, string[] parts, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (parts.Count(part => _open.ContainsKey((run, part))) < WorthListing)
                return null;
        }

        var lengths = new Dictionary<string, long>(StringComparer.Ordinal);
        await foreach (var blob in new BlobTree(container).ListBlobsAsync(PartPaths.Folder(run), cancellationToken))
            lengths[blob.Name] = blob.Properties.ContentLength ?? 0;
        return lengths;
    }

    /// <summary>All parts of a run, in ordinal order.</summary>
    public async IAsyncEnumerable<PlacedRecord> ReadAllAsync(string run, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var part in ListAsync(run, cancellationToken))
        {
            await foreach (var placed in ReadPlacedAsync(run, part, cancellationToken))
                yield return placed;
        }
    }

    /// <summary>The parts that a run has, in ordinal order.</summary>
    public async IAsyncEnumerable<string> ListAsync(string run, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var folder = PartPaths.Folder(run);
        await foreach (var path in new BlobTree(container).ListAsync(folder, cancellationToken))
        {
            if (PartPaths.PartOf(folder, path) is { } part)
                yield return part;
        }
    }

    /// <returns>Null when there is no such record at this place.</returns>
    public Task<RecordEnvelope?> ReadAsync(string run, RecordPlace place, CancellationToken cancellationToken) =>
        Open(run, place.Part).ReadAsync(place.Segment, place.Offset, place.Length, cancellationToken);

    /// <summary>Drops what memory holds of a run, before its files are deleted or after it has ended.</summary>
    public void Forget(string run)
    {
        lock (_gate)
        {
            foreach (var node in _open.Where(entry => entry.Key.Run == run).Select(entry => entry.Value).ToArray())
                Close(node);
        }

        _cache.RemoveBelow(PartPaths.Folder(run));
    }

    private PartLog Open(string run, string part)
    {
        lock (_gate)
        {
            if (_open.TryGetValue((run, part), out var node))
                _used.Remove(node);
            else
            {
                var view = new PartView(container, run, part, _cache, time, log);
                node = new LinkedListNode<OpenPart>(new OpenPart((run, part), new PartLog(view, _cache, _appends, options, time, log)));
                _open[(run, part)] = node;
            }

            _used.AddLast(node);
            for (var oldest = _used.First; _open.Count > options.MaxOpen && oldest is not null;)
            {
                var next = oldest.Next;
                // One that is just being used by another thread only makes a second log of the part, as another host would.
                if (oldest.Value.Log.IsIdle && oldest != node)
                    Close(oldest);
                oldest = next;
            }

            return node.Value.Log;
        }
    }

    private void Close(LinkedListNode<OpenPart> node)
    {
        _open.Remove(node.Value.Name);
        _used.Remove(node);
    }

    private sealed record OpenPart((string Run, string Part) Name, PartLog Log);
}
