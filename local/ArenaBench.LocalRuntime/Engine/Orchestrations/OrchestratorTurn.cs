namespace ArenaBench.LocalRuntime.Engine;

/// <summary>
/// The one place where an orchestrator's code runs: everything it continues with is queued here and carried out on
/// the thread of the turn. A continuation that comes from anywhere else means that the orchestrator awaited something
/// that is not durable, and so would not come out the same on replay.
/// </summary>
internal sealed class OrchestratorTurn(Action<Exception> onViolation) : SynchronizationContext
{
    public const string ViolationMessage =
        "An invalid asynchronous invocation was detected: the orchestrator awaited something other than the durable "
        + "tasks of its context (Task.Delay, Task.Run, I/O), or used ConfigureAwait(false).";

    [ThreadStatic]
    private static OrchestratorTurn? t_current;

    private readonly Queue<Action> _queue = [];
    private TurnScheduler? _scheduler;
    private Exception? _violation;

    public bool IsRunningHere => t_current == this;

    /// <summary>The first breach of the rules, or an exception that no task carries.</summary>
    public Exception? Violation => Volatile.Read(ref _violation);

    /// <summary>Runs a step and all that follows from it.</summary>
    public void Run(Action step)
    {
        var outer = Current;
        SetSynchronizationContext(this);
        t_current = this;
        try
        {
            new Task(() => RunAll(step)).RunSynchronously(_scheduler ??= new TurnScheduler(this));
        }
        finally
        {
            t_current = null;
            SetSynchronizationContext(outer);
        }
    }

    /// <summary>Throws unless the caller runs on this turn.</summary>
    public void Demand()
    {
        if (!IsRunningHere)
            throw Violate();
    }

    public InvalidOperationException Violate()
    {
        var violation = new InvalidOperationException(ViolationMessage);
        if (Interlocked.CompareExchange(ref _violation, violation, null) is null && !IsRunningHere)
            onViolation(violation);
        return violation;
    }

    public override void Post(SendOrPostCallback d, object? state) => Enqueue(() => d(state));

    public override void Send(SendOrPostCallback d, object? state)
    {
        Demand();
        d(state);
    }

    public override SynchronizationContext CreateCopy() => this;

    private void Enqueue(Action work)
    {
        if (IsRunningHere)
            _queue.Enqueue(work);
        else
            Violate();
    }

    private void RunAll(Action step)
    {
        try
        {
            step();
            while (_queue.TryDequeue(out var work))
                work();
        }
#pragma warning disable CA1031 // whatever an async void or a callback throws ends the orchestration, not the host
        catch (Exception stray)
#pragma warning restore CA1031
        {
            Interlocked.CompareExchange(ref _violation, stray, null);
        }
    }

    /// <summary>For ContinueWith and Task.Factory.StartNew, which go by the current scheduler.</summary>
    private sealed class TurnScheduler(OrchestratorTurn turn) : TaskScheduler
    {
        public override int MaximumConcurrencyLevel => 1;

        protected override void QueueTask(Task task) => turn.Enqueue(() => TryExecuteTask(task));

        protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
            turn.IsRunningHere && TryExecuteTask(task);

        protected override IEnumerable<Task> GetScheduledTasks() => [];
    }
}
