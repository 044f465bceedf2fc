using Microsoft.Extensions.Logging;

namespace ArenaBench.LocalRuntime.Engine;

/// <summary>
/// One orchestration instance: takes messages in order, one batch at a time, writes what they cause as one block, and
/// only then lets it be seen or goes on from it. This part holds the inbox and what the outside reads.
/// </summary>
internal sealed partial class Instance(string id, Hub hub)
{
    private readonly Lock _inboxLock = new();
    private readonly Queue<Message> _inbox = [];
    private TaskCompletionSource? _changed;
    private InstanceStatus? _status;
    private bool _isActive;

    public string Id => id;

    /// <summary>Null when there is no such instance (yet, or any more).</summary>
    public InstanceStatus? Status => Volatile.Read(ref _status);

    public bool IsActive
    {
        get
        {
            lock (_inboxLock)
                return _isActive;
        }
    }

    /// <summary>Nothing is known of it and nothing waits for it.</summary>
    public bool IsBlank
    {
        get
        {
            lock (_inboxLock)
                return _inbox.Count == 0 && Status is null;
        }
    }

    public void Post(Message message)
    {
        lock (_inboxLock)
        {
            _inbox.Enqueue(message);
            if (_isActive)
                return;
            _isActive = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(static instance => _ = instance.RunAsync(), this, preferLocal: false);
    }

    public override string ToString() => $"{id} ({Status?.RuntimeStatus.ToString() ?? "unknown"})";

    /// <summary>Ends with the next change of the status.</summary>
    public Task Changed()
    {
        var fresh = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return (Interlocked.CompareExchange(ref _changed, fresh, null) ?? fresh).Task;
    }

    private void Publish(InstanceStatus? status)
    {
        var isNew = Status is null && status is not null;
        Volatile.Write(ref _status, status);
        Interlocked.Exchange(ref _changed, null)?.TrySetResult();
        if (isNew)
            hub.TellCreated();
    }

    private async Task RunAsync()
    {
        while (true)
        {
            lock (_inboxLock)
            {
                if (_inbox.Count == 0)
                {
                    _isActive = false;
                    return;
                }
            }

            try
            {
                await hub.Writes.WaitAsync(hub.Stopping).ConfigureAwait(false);
                await hub.Gate.EnterAsync(hub.Stopping).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            var batch = TakeAll();
            try
            {
                await ProcessAsync(batch).ConfigureAwait(false);
            }
            catch (Exception lost) when (lost is LogConflictException or StorageLostException)
            {
                GiveBack(batch);
                hub.RequestRecovery(lost);
            }
            catch (OperationCanceledException) when (hub.Stopping.IsCancellationRequested)
            {
                return;
            }
            catch (LogDamagedException damaged)
            {
                MarkDamaged(damaged);
                Refuse(batch, damaged);
            }
#pragma warning disable CA1031 // one instance's trouble must not reach the others
            catch (Exception defect)
#pragma warning restore CA1031
            {
                hub.Logger.LogCritical(defect, "Instance {Instance} cannot go on.", id);
                MarkDamaged(new LogDamagedException($"The runtime failed: {defect.GetType()}: {defect.Message}"));
                Refuse(batch, defect);
            }
            finally
            {
                ReleaseTurn();
                hub.Gate.Exit();
                hub.Writes.Release();
            }
        }
    }

    private List<Message> TakeAll()
    {
        lock (_inboxLock)
        {
            var batch = new List<Message>(_inbox);
            _inbox.Clear();
            return batch;
        }
    }

    private void Refuse(List<Message> batch, Exception reason)
    {
        _lines.Clear();
        _accepted.Clear();
        foreach (var message in batch.Concat(_held))
            message.Refuse(new InvalidOperationException($"Instance '{id}' has failed: {reason.Message}"));
        _held.Clear();
    }

    /// <summary>What must not get lost goes back in front; the rest arises anew when the instance is driven.</summary>
    private void GiveBack(List<Message> batch)
    {
        _isStale = true;
        _lines.Clear();
        _accepted.Clear();
        var survivors = batch.Concat(_held).Where(message => message.Survives && !message.Settled.IsCompleted).ToList();
        _held.Clear();
        lock (_inboxLock)
        {
            var later = _inbox.ToList();
            _inbox.Clear();
            foreach (var message in survivors.Concat(later))
                _inbox.Enqueue(message);
        }

        foreach (var ended in batch.OfType<ActivityEnded>())
            _inFlight.Remove((ended.Generation, ended.Task));
    }
}
