using Microsoft.Extensions.Logging;

namespace ArenaBench.LocalRuntime.Engine;

/// <summary>
/// One execution of an orchestrator's code, live or in replay: takes what happened, event by event, and gives back
/// what the code does in answer.
/// </summary>
internal sealed class OrchestrationRun
{
    private readonly OrchestratorFunction? _function;
    private readonly OrchestratorTurn _turn;
    private readonly Dictionary<int, (NumberedAction Action, TaskCompletionSource<string?> Source)> _pending = [];
    private readonly HashSet<string> _children = new(StringComparer.Ordinal);
    private readonly EventWaits _events = new();
    private readonly Queue<IncomingEvent> _deferred = [];
    private readonly EngineOrchestrationContext _context;
    private List<OrchestratorAction> _actions = [];
    private Task<object?>? _task;
    private (string? Input, bool Preserve)? _continuation;
    private bool _isSuspended;
    private int _nextTask;

    /// <param name="function">Null when the app has no orchestrator of that name.</param>
    /// <param name="onViolation">Called, from any thread, when code runs on outside of its turn.</param>
    public OrchestrationRun(
        OrchestratorFunction? function, OrchestrationStarted started, ILoggerFactory logs, Action<Exception> onViolation)
    {
        _function = function;
        Started = started;
        Now = started.At;
        CustomStatus = started.CustomStatus;
        _turn = new OrchestratorTurn(onViolation);
        _context = new EngineOrchestrationContext(this, logs);
        _events.Keep(started.Carried ?? []);
    }

    public OrchestrationStarted Started { get; }

    public OrchestratorTurn Turn => _turn;

    public EventWaits Events => _events;

    public DateTime Now { get; private set; }

    public bool IsReplaying { get; private set; }

    public string? CustomStatus { get; set; }

    /// <summary>The code has returned, failed or continued as new, and that has been given back as an action.</summary>
    public bool IsClosed { get; private set; }

    public IReadOnlyList<OrchestratorAction> Apply(IncomingEvent happened)
    {
        _actions = [];
        switch (happened)
        {
            case Suspended: _isSuspended = true; break;
            case Resumed: Resume(happened); break;
            case Terminated: IsClosed = true; break;
            case var _ when _isSuspended: _deferred.Enqueue(happened); break;
            default: Deliver(happened, happened.At); break;
        }

        return _actions;
    }

    /// <summary>Goes through a whole history, demanding that the code does again what it did.</summary>
    /// <exception cref="NonDeterministicOrchestrationException">It does something else.</exception>
    public void Replay(IReadOnlyList<HistoryEvent> history)
    {
        IsReplaying = true;
        for (var line = 1; line < history.Count;)
        {
            var produced = Apply((IncomingEvent)history[line++]);
            var next = 0;
            for (; line < history.Count && history[line] is OrchestratorAction recorded; line++)
            {
                if (recorded is StatusSet)
                    continue;
                var again = next < produced.Count ? produced[next++] : null;
                if (again is null || !ReplayComparison.IsSame(recorded, again))
                    throw NonDeterministicOrchestrationException.At(line + 1, recorded, again);
            }

            if (next < produced.Count)
                throw NonDeterministicOrchestrationException.At(line + 1, null, produced[next]);
        }

        IsReplaying = false;
    }

    public int NextTask() => _nextTask++;

    public void Act(OrchestratorAction action) => _actions.Add(action);

    /// <summary>A task that ends with the given action's completion.</summary>
    /// <exception cref="InvalidOperationException">A sub-orchestration of that id is still open.</exception>
    public TaskCompletionSource<string?> Schedule(NumberedAction action)
    {
        if (action is ChildScheduled child && !_children.Add(child.InstanceId))
            throw new InvalidOperationException(
                $"Sub-orchestration '{child.InstanceId}' was called again before its first call ended.");
        var source = new TaskCompletionSource<string?>();
        _pending.Add(action.Task, (action, source));
        Act(action);
        return source;
    }

    /// <summary>Takes a timer back unless it has ended.</summary>
    public bool TryCancelTimer(int task)
    {
        if (!_pending.Remove(task))
            return false;
        Act(new TimerCanceled(task));
        return true;
    }

    public void ContinueAsNew(string? input, bool preserve) => _continuation = (input, preserve);

    private void Resume(IncomingEvent resumed)
    {
        _isSuspended = false;
        Now = resumed.At;
        while (!IsClosed && _deferred.TryDequeue(out var deferred))
            Deliver(deferred, resumed.At);
    }

    private void Deliver(IncomingEvent happened, DateTime now)
    {
        Now = now;
        switch (happened)
        {
            case OrchestratorBegan: _turn.Run(Begin); break;
            case TaskCompleted ended: End(ended.Task, source => source.TrySetResult(ended.Result)); break;
            case ChildCompleted ended: End(ended.Task, source => source.TrySetResult(ended.Result)); break;
            case TimerFired ended: End(ended.Task, source => source.TrySetResult(null)); break;
            case TaskFailed ended: End(ended.Task, source => source.TrySetException(new CallFailure(ended.Failure))); break;
            case ChildFailed ended: End(ended.Task, source => source.TrySetException(new CallFailure(ended.Failure))); break;
            case EventRaised raised: _turn.Run(() => _events.Raise(raised.Name, raised.Payload)); break;
        }

        CheckEnd();
    }

    private void Begin()
    {
        if (_function is null)
        {
            _task = Task.FromException<object?>(new ArgumentException(
                $"The function '{Started.Name}' does not exist, is disabled, or is not an orchestrator function."));
            return;
        }

        _task = InvokeAsync(_function);
        _task.ContinueWith(
            _ =>
            {
                if (!_turn.IsRunningHere)
                    _turn.Violate();
            },
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Current);

        // Failures before the first await become the task's, like later ones.
        async Task<object?> InvokeAsync(OrchestratorFunction function) => await function.InvokeAsync(_context);
    }

    private void End(int task, Action<TaskCompletionSource<string?>> end)
    {
        if (!_pending.Remove(task, out var call))
            return;
        if (call.Action is ChildScheduled child)
            _children.Remove(child.InstanceId);
        _turn.Run(() => end(call.Source));
    }

    private void CheckEnd()
    {
        if (_turn.Violation is { } violation)
            Close(new Failed(Failures.Record(violation)));
        else if (_task is null)
            return;
        else if (!_task.IsCompleted && _pending.Count == 0 && !_events.Any)
            Close(new Failed(Failures.Record(_turn.Violate())));
        else if (_task.IsCompletedSuccessfully && _continuation is { } next)
            Close(new ContinuedAsNew(next.Input, next.Preserve ? Unprocessed() : []));
        else if (_task.IsCompleted && _pending.Count == 0)
            Close(OrchestratorOutcome.Of(_task));
    }

    private List<BufferedEvent> Unprocessed() =>
    [
        .. _events.Buffered,
        .. _deferred.OfType<EventRaised>().Select(raised => new BufferedEvent(raised.Name, raised.Payload)),
    ];

    private void Close(OrchestratorAction end)
    {
        IsClosed = true;
        Act(end);
    }
}
