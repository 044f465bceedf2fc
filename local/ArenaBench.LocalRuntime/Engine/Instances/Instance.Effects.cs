namespace ArenaBench.LocalRuntime.Engine;

/// <summary>What follows from lines: activities while they are written, the rest once they are durable.</summary>
internal sealed partial class Instance
{
    private readonly HashSet<(int Generation, int Task)> _inFlight = [];
    private readonly DurableTimers _timers = new(hub.Time);

    /// <summary>Timers' keys are the numbers of their actions; the start set for later has this one.</summary>
    private const int StartTimer = -1;

    private async Task CommitAsync()
    {
        ReleaseTurn();
        if (_lines.Count > 0)
        {
            var written = hub.PersistAsync(cancellation => _log.AppendAsync(_lines, cancellation));
            if (!written.IsFaulted)
                BeginActivities();
            await written.ConfigureAwait(false);
            Publish(_state!.ToStatus());
        }

        foreach (var message in _accepted)
            message.Settle();
        _accepted.Clear();
        if (_lines.Count == 0)
            return;

        var isClosed = _state!.IsClosed;
        foreach (var line in _lines)
            if (line is OrchestratorAction action)
                Carry(action, isClosed);
        _lines.Clear();
        if (isClosed)
        {
            DropRun();
            _ = SettleDebtsAsync(_state);
        }
    }

    /// <summary>Beside the write, as the service does: what they bring is taken up after it, and thrown away when it was lost. All else
    /// that follows from lines waits for the storage.</summary>
    private void BeginActivities()
    {
        if (_state!.IsClosed)
            return;
        foreach (var task in _lines.OfType<TaskScheduled>())
            Dispatch(task);
    }

    private void Carry(OrchestratorAction action, bool isClosed)
    {
        switch (action)
        {
            case TimerScheduled timer when !isClosed: Arm(timer); break;
            case TimerCanceled canceled: _timers.Disarm(canceled.Task); break;
            case ChildScheduled child when !isClosed: hub.StartChild(_started!, child, isRepeat: false); break;
            case EventSent sent when !isClosed: hub.Send(_started!, sent); break;
        }
    }

    private void Dispatch(TaskScheduled task)
    {
        if (_inFlight.Add((_log.Generation, task.Task)))
            hub.Activities.Enqueue(new ActivityWork(this, _log.Generation, task, hub.Epoch));
    }

    private void Arm(TimerScheduled timer)
    {
        var generation = _log.Generation;
        _timers.Arm(timer.Task, timer.FireAt, () => Post(new TimerDue(generation, timer.Task)));
    }

    /// <summary>Lets the code begin, now or at the time that the start was set for.</summary>
    private void Wake()
    {
        if (_state is not { HasBegun: false, IsClosed: false } state)
            return;
        var begin = new BeginMessage(_log.Generation);
        if (state.Started.StartAt is { } due && due > hub.Time.GetUtcNow().UtcDateTime)
            _timers.Arm(StartTimer, due, () => Post(begin));
        else
            Post(begin);
    }

    private void DropRun()
    {
        _run = null;
        hub.Live.Remove(this);
        _timers.DisarmAll();
    }
}
