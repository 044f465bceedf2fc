using ArenaBench.Core.Records;
using Azure;
using Microsoft.Extensions.Logging;

namespace ArenaBench.Core.Storage;

// The semaphore's wait handle is never asked for, so that there is nothing to dispose of.
#pragma warning disable CA1001
/// <summary>One part: the lines that wait to be appended, and what is known of those that are. What touches the blob's end takes turns.</summary>
/// <param name="appends">Places for blocks on their way to the storage, of all parts together.</param>
internal sealed class PartLog(PartView view, TextCache cache, SemaphoreSlim appends, PartsOptions options, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Lock _queueGate = new();
    private readonly List<WaitingLine> _rescued = [];
    private readonly List<WaitingLine> _queue = [];
    private bool _flushing;
    private UnsureBlock? _unsure;

    public bool IsIdle
    {
        get
        {
            lock (_queueGate)
                return !_flushing && _queue.Count == 0 && _turn.CurrentCount == 1;
        }
    }

    public Task AppendAsync(IReadOnlyList<RecordEnvelope> lines, CancellationToken cancellationToken)
    {
        var waiting = lines.Select(line => new WaitingLine(new PartText(line.Key, line.Record is not null, PartLine.Write(line)))).ToArray();
        lock (_queueGate)
        {
            _queue.AddRange(waiting);
            if (!_flushing && _queue.Count > 0)
            {
                _flushing = true;
                _ = Task.Run(FlushAsync, CancellationToken.None);
            }
        }

        // A caller that gives up does not take the line back: it may be stored already.
        return Task.WhenAll(waiting.Select(line => line.Stored)).WaitAsync(cancellationToken);
    }

    public async Task<RecordEnvelope?> FindAsync(RecordKey key, CancellationToken cancellationToken)
    {
        // A record stays what it is. Of a failure, or of nothing, there may be news.
        if (view.Find(key) is not { HasRecord: true } && !view.IsFresh(options.RefreshAfter))
            await RefreshAsync(unlessFresh: true, cancellationToken);
        for (var tries = 0; ; tries++)
        {
            if (view.Find(key) is not { } found)
                return null;
            if (await ReadAsync(found.Segment, found.Offset, found.Length, cancellationToken) is { } line && line.Key == key)
                return line;
            if (tries > 0)
                throw new InvalidDataException($"{view.SegmentOf(found.Segment).Path} changes while it is read, at byte {found.Offset}.");
            await RefreshAsync(unlessFresh: false, cancellationToken);
        }
    }

    /// <summary>It is not there yet; soon the storage is asked again.</summary>
    public void Expect() => view.Expect();

    /// <summary>The lines that count, by place.</summary>
    /// <param name="lengths">Of the blobs as they are now; null: not known.</param>
    public async Task<IReadOnlyList<IndexedLine>> ListAsync(IReadOnlyDictionary<string, long>? lengths, CancellationToken cancellationToken)
    {
        if (lengths is null || !view.IsAsIn(lengths))
            await RefreshAsync(unlessFresh: false, cancellationToken);
        return [.. view.All().OrderBy(line => line.Segment).ThenBy(line => line.Offset)];
    }

    /// <summary>Lines that are no records, of what has been read: at most a hundred, by place.</summary>
    public IReadOnlyList<DamagedLine> Damage() => view.Damage();

    public async Task<RecordEnvelope?> ReadAsync(int segment, long offset, int length, CancellationToken cancellationToken)
    {
        var blob = view.SegmentOf(segment);
        var line = cache.Find(blob.Path, offset);
        if (line is null && await blob.ReadAsync(offset, offset + length, cancellationToken) is { } stored)
            cache.Add(blob.Path, offset, line = stored.ToArray());
        return PartLine.TryRead(line, out var record, out _) ? record : null;
    }

    public bool Holds(IndexedLine line) => cache.Find(view.SegmentOf(line.Segment).Path, line.Offset) is not null;

    public PartSegment SegmentOf(int number) => view.SegmentOf(number);

    private async Task RefreshAsync(bool unlessFresh, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (unlessFresh && view.IsFresh(options.RefreshAfter))
                return;
            Rescue(await view.ReadNewAsync(cancellationToken));
            if (_rescued.Count > 0)
                await AppendAllAsync([], withQueue: false);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task FlushAsync()
    {
        while (true)
        {
            lock (_queueGate)
            {
                if (_queue.Count == 0)
                {
                    _flushing = false;
                    return;
                }
            }

            var batch = new List<WaitingLine>();
            await _turn.WaitAsync();
            try
            {
                await AppendAllAsync(batch, withQueue: true);
            }
            catch (Exception failure)
            {
                // Whatever went wrong belongs to those who wait for the lines.
                batch.ForEach(line => line.Fail(failure));
            }
            finally
            {
                _turn.Release();
            }
        }
    }

    /// <summary>Appends what no one has stored yet, block by block, through failures that may pass.</summary>
    /// <param name="withQueue">Whether the lines that wait by then go together. Later ones have a patience of their own.</param>
    private async Task AppendAllAsync(List<WaitingLine> batch, bool withQueue)
    {
        var started = time.GetTimestamp();
        var failures = 0;
        do
        {
            try
            {
                await AppendNextAsync(batch, withQueue && batch.Count == 0);
                failures = 0;
            }
            catch (Exception failure) when (StorageFailure.IsStale(failure) || StorageFailure.MayPass(failure))
            {
                view.Doubt();
                if (time.GetElapsedTime(started) > options.AppendPatience)
                    throw new IOException($"{view.Segment.Path} could not be written for {options.AppendPatience}: {StorageFailure.Describe(failure)}.", failure);
                log.LogWarning("Appending to {Path} met: {Failure}. It is read anew.", view.Segment.Path, StorageFailure.Describe(failure));
                if (failures++ > 0 || !StorageFailure.IsStale(failure))
                    await Task.Delay(DelayAfter(failures), time);
            }
        }
        while (_rescued.Concat(batch).Any(line => !line.IsDone));
    }

    private async Task AppendNextAsync(List<WaitingLine> batch, bool withQueue)
    {
        await appends.WaitAsync();
        try
        {
            if (withQueue)
                TakeQueue(batch);
            await ResolveAsync();
            if (NextBlock(batch) is { Count: > 0 } block)
                await AppendBlockAsync(block);
        }
        finally
        {
            appends.Release();
        }
    }

    private void TakeQueue(List<WaitingLine> batch)
    {
        lock (_queueGate)
        {
            batch.AddRange(_queue);
            _queue.Clear();
        }
    }

    /// <summary>After a failure: whether the block was stored after all, and what else was.</summary>
    private async Task ResolveAsync()
    {
        if (view.IsCurrent)
            return;
        var isStored = false;
        if (_unsure is { } block)
        {
            // A request that is still on its way can be stored later only at this very position, where we try again ourselves.
            var there = await view.SegmentOf(block.Segment).ReadAsync(block.Position, block.Position + block.Bytes.Length, CancellationToken.None);
            isStored = there is { } bytes && bytes.Span.SequenceEqual(block.Bytes);
        }

        Rescue(await view.ReadNewAsync(CancellationToken.None));
        // Only now: whoever waits for a line looks for it at once.
        if (isStored)
            _unsure!.Lines.ForEach(line => line.Succeed());
        _unsure = null;
    }

    private List<WaitingLine> NextBlock(List<WaitingLine> batch)
    {
        _rescued.RemoveAll(line => line.IsDone);
        var block = new List<WaitingLine>();
        var records = new HashSet<RecordKey>();
        var size = 0;
        foreach (var line in _rescued.Concat(batch).Where(line => !line.IsDone))
        {
            // The first record of a key stands: work that was done twice is stored once.
            if (view.Find(line.Text.Key) is { HasRecord: true })
                line.Succeed();
            else if (!records.Contains(line.Text.Key))
            {
                if (block.Count > 0 && size + line.Text.Line.Length > options.MaxBlockBytes)
                    break;
                block.Add(line);
                if (line.Text.HasRecord)
                    records.Add(line.Text.Key);
                size += line.Text.Line.Length + 1;
            }
        }

        return block;
    }

    private async Task AppendBlockAsync(List<WaitingLine> lines)
    {
        var isSeal = view.Blocks >= options.MaxSegmentBlocks - 1 || view.Length >= options.MaxSegmentBytes;
        if (isSeal)
            lines = [];
        var bytes = isSeal ? PartLine.Seal : Join(lines);
        var afterTorn = view.EndsTorn;
        if (afterTorn)
            bytes = [(byte)'\n', .. bytes];
        if (!view.Exists)
        {
            await view.Segment.CreateAsync();
            view.Exists = true;
        }

        _unsure = new UnsureBlock(view.Number, view.Length, bytes, lines);
        try
        {
            var blocks = await view.Segment.AppendAsync(bytes, view.Length);
            view.Appended([.. lines.Select(line => line.Text)], bytes.Length, blocks);
        }
        catch (RequestFailedException refused) when (!StorageFailure.IsStale(refused) && !StorageFailure.MayPass(refused))
        {
            // Such as a line that is too large: the others are not to suffer for it.
            view.Doubt();
            lines.ForEach(line => line.Fail(refused));
            if (isSeal)
                throw;
            return;
        }

        // Behind a torn line all is read anew, and found stored then.
        if (afterTorn)
            return;
        _unsure = null;
        lines.ForEach(line => line.Succeed());
        if (isSeal)
            view.Doubt();
    }

    private void Rescue(IReadOnlyList<PartText> lost) => _rescued.AddRange(lost.Select(line => new WaitingLine(line)));

    private static byte[] Join(List<WaitingLine> lines)
    {
        var joined = new byte[lines.Sum(line => line.Text.Line.Length + 1)];
        var at = 0;
        foreach (var line in lines)
        {
            line.Text.Line.CopyTo(joined, at);
            at += line.Text.Line.Length;
            joined[at++] = (byte)'\n';
        }

        return joined;
    }

    private static TimeSpan DelayAfter(int failures) =>
        TimeSpan.FromMilliseconds(Math.Min(LongestDelay.TotalMilliseconds, 50 * Math.Pow(2, failures)));

    /// <summary>A block whose request failed after it may have been stored.</summary>
    private sealed record UnsureBlock(int Segment, long Position, byte[] Bytes, List<WaitingLine> Lines);

    private sealed class WaitingLine(PartText text)
    {
        private readonly TaskCompletionSource _stored = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public PartText Text => text;

        public Task Stored => _stored.Task;

        public bool IsDone => _stored.Task.IsCompleted;

        public void Succeed() => _stored.TrySetResult();

        public void Fail(Exception failure) => _stored.TrySetException(failure);
    }
}
