using System.Buffers;

namespace ArenaBench.LocalRuntime.Engine;

/// <summary>
/// The log of one instance as this process knows it: where it ends, which pieces it is made of. One writer at a time.
/// </summary>
internal sealed class InstanceLog(IHistoryLog storage, string instanceId, int maxBlocks)
{
    /// <summary>What storage services take in one append.</summary>
    private const int MaxBlockBytes = 100 * 1024 * 1024;

    private List<(LogKey Key, bool IsSealed)> _pieces = [];
    private LogCursor? _cursor;

    /// <summary>The newest generation, 0 when there is none.</summary>
    public int Generation { get; private set; }

    public bool IsSealed => _pieces.Exists(piece => piece.IsSealed && piece.Key.Generation == Generation);

    public string Place => storage.Place(
        new LogKey(instanceId, Generation, _cursor?.Key.Segment ?? 1), IsSealed);

    /// <summary>Pieces of earlier generations, no longer needed.</summary>
    public IEnumerable<(LogKey Key, bool IsSealed)> Leftovers =>
        _pieces.Where(piece => piece.Key.Generation != Generation || (IsSealed && !piece.IsSealed));

    /// <summary>Takes the next block to a new generation.</summary>
    public void NextGeneration()
    {
        Generation++;
        _cursor = new LogCursor(new LogKey(instanceId, Generation, 1), 0, 0, 0);
    }

    /// <summary>Appends lines as one block: all or nothing.</summary>
    public async Task AppendAsync(IReadOnlyList<HistoryEvent> lines, CancellationToken cancellationToken)
    {
        var cursor = _cursor ?? throw new InvalidOperationException($"The log of '{instanceId}' is not open.");
        if (cursor.Blocks >= maxBlocks)
            cursor = cursor with { Key = cursor.Key.Next(), Position = 0, Blocks = 0 };

        var block = new ArrayBufferWriter<byte>(256 * (lines.Count + 1));
        var chain = cursor.Chain;
        if (cursor.Position == 0)
        {
            var header = new LogHeader(LogHeader.CurrentFormat, instanceId, Generation, cursor.Key.Segment);
            chain = LogCodec.Write(block, header, EngineJsonContext.Lines.LogHeader, chain);
        }

        foreach (var line in lines)
            chain = LogCodec.Write(block, line, EngineJsonContext.Lines.HistoryEvent, chain);
        if (block.WrittenCount > MaxBlockBytes)
            throw new LogDamagedException(
                $"One turn of '{instanceId}' would write {block.WrittenCount:N0} bytes; a block takes {MaxBlockBytes:N0}. "
                + "Pass ids instead of data, or call fewer activities at once.");
        await storage.AppendAsync(cursor.Key, cursor.Position, block.WrittenMemory, cancellationToken).ConfigureAwait(false);

        if (cursor.Position == 0)
            _pieces.Add((cursor.Key, false));
        _cursor = new LogCursor(cursor.Key, cursor.Position + block.WrittenCount, cursor.Blocks + 1, chain);
    }

    /// <summary>
    /// Takes over what storage has: the newest generation that was really begun. Segments whose first one is missing
    /// are what an interrupted deletion left.
    /// </summary>
    public void Take(IEnumerable<LogInfo> pieces)
    {
        var found = pieces.ToList();
        _pieces = [.. found.Select(piece => (piece.Key, piece.Sealed))];
        _cursor = null;
        Generation = found
            .Where(piece => piece.Sealed || (piece.Key.Segment == 1 && piece.Length > 0))
            .Select(piece => piece.Key.Generation)
            .DefaultIfEmpty(0)
            .Max();
    }

    /// <summary>Whether storage still has the log as this process left it.</summary>
    public bool Matches(IEnumerable<LogInfo> pieces)
    {
        if (Generation == 0)
            return !pieces.Any();
        var current = pieces.Where(piece => piece.Key.Generation == Generation).ToList();
        if (IsSealed)
            return current.Exists(piece => piece.Sealed);
        return _cursor is not null
            && !current.Exists(piece => piece.Sealed)
            && current.Count(piece => piece.Length > 0) == _cursor.Key.Segment
            && current.Exists(piece => piece.Key == _cursor.Key && piece.Length == _cursor.Position);
    }

    /// <summary>Reads and checks the newest generation; null when there is none.</summary>
    /// <exception cref="LogDamagedException">It cannot be trusted; the message names blob and line.</exception>
    public async Task<IReadOnlyList<HistoryEvent>?> ReadAsync(CancellationToken cancellationToken)
    {
        if (Generation == 0)
            return null;
        var (events, _) = await ReadContentAsync(cancellationToken).ConfigureAwait(false);
        return events;
    }

    /// <summary>Replaces the segments by one sealed log.</summary>
    public async Task SealAsync(string summary, CancellationToken cancellationToken)
    {
        if (IsSealed)
            return;
        var (_, content) = await ReadContentAsync(cancellationToken).ConfigureAwait(false);
        await storage.SealAsync(instanceId, Generation, content, summary, cancellationToken).ConfigureAwait(false);
        _pieces.Add((new LogKey(instanceId, Generation, 0), true));
        _cursor = null;
    }

    public async Task DeleteLeftoversAsync(CancellationToken cancellationToken)
    {
        foreach (var piece in Leftovers.ToList())
        {
            await storage.DeleteAsync(piece.Key, piece.IsSealed, cancellationToken).ConfigureAwait(false);
            _pieces.Remove(piece);
        }
    }

    /// <summary>Deletes everything, the first segment of each generation first: what is left then counts as nothing.</summary>
    public async Task DeleteAsync(CancellationToken cancellationToken)
    {
        foreach (var piece in _pieces.OrderBy(piece => (piece.Key.Generation, piece.Key.Segment)).ToList())
            await storage.DeleteAsync(piece.Key, piece.IsSealed, cancellationToken).ConfigureAwait(false);
        _pieces = [];
        _cursor = null;
        Generation = 0;
    }

    private async Task<(IReadOnlyList<HistoryEvent> Events, ReadOnlyMemory<byte> Content)> ReadContentAsync(
        CancellationToken cancellationToken)
    {
        var reader = new LogReader(instanceId, Generation);
        try
        {
            var content = await ReadContentAsync(reader, cancellationToken).ConfigureAwait(false);
            return (reader.Events, content);
        }
        catch (LogDamagedException damaged)
        {
            damaged.Started = reader.Events.OfType<OrchestrationStarted>().FirstOrDefault();
            throw;
        }
    }

    private async Task<ReadOnlyMemory<byte>> ReadContentAsync(LogReader reader, CancellationToken cancellationToken)
    {
        if (IsSealed)
        {
            var key = new LogKey(instanceId, Generation, 0);
            var all = await storage.ReadSealedAsync(instanceId, Generation, cancellationToken).ConfigureAwait(false)
                ?? throw new LogConflictException($"{storage.Place(key, isSealed: true)} is gone.");
            reader.Add(all.Span, storage.Place(key, isSealed: true));
            return all;
        }

        var content = new ArrayBufferWriter<byte>();
        var segments = _pieces.Where(piece => piece.Key.Generation == Generation).Select(piece => piece.Key)
            .OrderBy(key => key.Segment).ToList();
        foreach (var segment in segments)
        {
            var bytes = await storage.ReadAsync(segment, cancellationToken).ConfigureAwait(false)
                ?? throw new LogConflictException($"{storage.Place(segment, isSealed: false)} is gone.");
            if (bytes.IsEmpty && segment.Segment > 1)
                continue; // made, but never written to
            reader.Add(bytes.Span, storage.Place(segment, isSealed: false));
            content.Write(bytes.Span);
        }

        var end = reader.Cursor();
        if (_cursor is { Position: > 0 } known && (known.Key, known.Position, known.Chain) != (end.Key, end.Position, end.Chain))
            throw new LogConflictException($"{storage.Place(end.Key, isSealed: false)} is not as it was left.");
        _cursor ??= end;
        return content.WrittenMemory;
    }
}
