using ArenaBench.LocalRuntime.Engine;

namespace ArenaBench.LocalRuntime.Tests.Engine;

/// <summary>Logs in memory, with the failures that real storage has, on demand.</summary>
internal sealed class MemoryHistoryLog : IHistoryLog
{
    private readonly Lock _lock = new();
    private Dictionary<LogKey, byte[]> _segments = [];
    private Dictionary<(string, int), (byte[] Content, string Summary)> _sealed = [];
    private int _appends;
    private bool _isDown;

    /// <summary>Called before every append with its key and number (from 1); what it throws is the append's failure.</summary>
    public Func<LogKey, int, Task>? BeforeAppend { get; set; }

    /// <summary>Called after every append that succeeded; what it throws hides the success from the caller.</summary>
    public Func<LogKey, int, Task>? AfterAppend { get; set; }

    public int Appends => Volatile.Read(ref _appends);

    public IReadOnlyCollection<LogKey> Segments
    {
        get
        {
            lock (_lock)
                return [.. _segments.Keys];
        }
    }

    public IReadOnlyCollection<(string Id, int Generation)> Sealed
    {
        get
        {
            lock (_lock)
                return [.. _sealed.Keys];
        }
    }

    public string Place(LogKey key, bool isSealed) => $"memory/{BlobNames.Of(key, isSealed)}";

    /// <summary>What storage holds now; give it back to <see cref="Restore"/> to go back in time.</summary>
    public object Snapshot()
    {
        lock (_lock)
            return (new Dictionary<LogKey, byte[]>(_segments), new Dictionary<(string, int), (byte[], string)>(_sealed));
    }

    public void Restore(object snapshot)
    {
        var (segments, closed) =
            ((Dictionary<LogKey, byte[]>, Dictionary<(string, int), (byte[], string)>))snapshot;
        lock (_lock)
        {
            _segments = new(segments);
            _sealed = new(closed);
        }
    }

    /// <summary>Dies and comes back, when next asked what it has, as it was at the snapshot: what Azurite does when killed.</summary>
    public StorageLostException Die(object snapshot)
    {
        lock (_lock)
        {
            Restore(snapshot);
            _isDown = true;
        }

        return new StorageLostException("Connection refused.", null);
    }

    /// <summary>Changes a segment's bytes, as an editor would, or makes one.</summary>
    public void Edit(LogKey key, Func<byte[], byte[]> change)
    {
        lock (_lock)
            _segments[key] = change(_segments.GetValueOrDefault(key, []));
    }

    public Task<IReadOnlyList<LogInfo>> ListAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _isDown = false;
            return Task.FromResult<IReadOnlyList<LogInfo>>(
            [
                .. _segments.Select(piece => new LogInfo(piece.Key, piece.Value.Length, false, null)),
                .. _sealed.Select(piece => new LogInfo(
                    new LogKey(piece.Key.Item1, piece.Key.Item2, 0), piece.Value.Content.Length, true, piece.Value.Summary)),
            ]);
        }
    }

    public Task<ReadOnlyMemory<byte>?> ReadAsync(LogKey key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            DemandUp();
            return Task.FromResult(
                _segments.TryGetValue(key, out var bytes) ? bytes.AsMemory() : default(ReadOnlyMemory<byte>?));
        }
    }

    public Task<ReadOnlyMemory<byte>?> ReadSealedAsync(string instanceId, int generation, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            DemandUp();
            return Task.FromResult(
                _sealed.TryGetValue((instanceId, generation), out var piece)
                    ? piece.Content.AsMemory()
                    : default(ReadOnlyMemory<byte>?));
        }
    }

    public async Task AppendAsync(LogKey key, long position, ReadOnlyMemory<byte> block, CancellationToken cancellationToken)
    {
        // Storage takes time, during which more events gather.
        await Task.Yield();
        var number = Interlocked.Increment(ref _appends);
        if (BeforeAppend is { } before)
            await before(key, number);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            DemandUp();
            byte[] present = _segments.TryGetValue(key, out var bytes) ? bytes : position == 0 ? [] : throw Conflict(key, position);
            if (present.Length == position)
                _segments[key] = [.. present, .. block.Span];
            else if (present.Length != position + block.Length || !present.AsSpan((int)position).SequenceEqual(block.Span))
                throw Conflict(key, position);
        }

        if (AfterAppend is { } after)
            await after(key, number);
    }

    public Task SealAsync(
        string instanceId, int generation, ReadOnlyMemory<byte> content, string summary, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            DemandUp();
            _sealed[(instanceId, generation)] = (content.ToArray(), summary);
        }

        return Task.CompletedTask;
    }

    public Task DeleteAsync(LogKey key, bool isSealed, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            DemandUp();
            _ = isSealed ? _sealed.Remove((key.InstanceId, key.Generation)) : _segments.Remove(key);
        }

        return Task.CompletedTask;
    }

    private void DemandUp()
    {
        if (_isDown)
            throw new StorageLostException("Connection refused.", null);
    }

    private LogConflictException Conflict(LogKey key, long position) =>
        new($"{Place(key, isSealed: false)} does not end at byte {position}.");
}
