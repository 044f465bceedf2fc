namespace ArenaBench.LocalRuntime.Engine;

/// <summary>Something for an instance to deal with. Messages are taken in order, many at a time.</summary>
internal abstract class Message
{
    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when what the message caused is durable, or fails when it was refused.</summary>
    public Task Settled => _settled.Task;

    /// <summary>Whether it must not be lost when the instance is read again from storage; others arise anew.</summary>
    public virtual bool Survives => false;

    public void Settle() => _settled.TrySetResult();

    public void Refuse(Exception reason)
    {
        _settled.TrySetException(reason);
        _ = _settled.Task.Exception; // seen, whether or not somebody waits
    }
}

/// <summary>A message that becomes an event of the history.</summary>
internal abstract class EventMessage : Message
{
    /// <summary>The event, or null when it is not wanted (any more).</summary>
    public abstract IncomingEvent? ToEvent(InstanceState state, DateTime now);
}

/// <summary>Start, by a client or a parent.</summary>
internal sealed class StartMessage(OrchestrationStarted started, bool isRepeat = false) : Message
{
    public override bool Survives => true;

    /// <summary>Generation and time are set by the instance.</summary>
    public OrchestrationStarted Started { get; } = started;

    /// <summary>A parent makes sure that a call it made earlier is being answered.</summary>
    public bool IsRepeat { get; } = isRepeat;
}

internal sealed class BeginMessage(int generation) : EventMessage
{
    public override IncomingEvent? ToEvent(InstanceState state, DateTime now) =>
        state.Started.Generation == generation && !state.HasBegun && state.Suspension is null
            ? new OrchestratorBegan(now)
            : null;
}

internal sealed class ActivityEnded(int generation, int task, long epoch, string? result, FailureRecord? failure)
    : EventMessage
{
    public int Generation => generation;

    public int Task => task;

    public long Epoch => epoch;

    public override IncomingEvent? ToEvent(InstanceState state, DateTime now) =>
        state.Started.Generation != generation || state.Open.GetValueOrDefault(task) is not TaskScheduled ? null
        : failure is not null ? new TaskFailed(now, task, failure)
        : new TaskCompleted(now, task, result);
}

internal sealed class ChildEnded(ParentCall call, string childId, string? result, FailureRecord? failure) : EventMessage
{
    public override IncomingEvent? ToEvent(InstanceState state, DateTime now)
    {
        // The number may have changed when storage went back in time and the parent called again.
        if (state.Started.Generation != call.Generation || state.FindChild(childId) is not { } task)
            return null;
        return failure is not null ? new ChildFailed(now, task, failure) : new ChildCompleted(now, task, result);
    }
}

internal sealed class TimerDue(int generation, int task) : EventMessage
{
    public int Generation => generation;

    public int Task => task;

    public override IncomingEvent? ToEvent(InstanceState state, DateTime now) =>
        state.Started.Generation == generation && state.Open.GetValueOrDefault(task) is TimerScheduled timer
            ? new TimerFired(now > timer.FireAt ? now : timer.FireAt, task)
            : null;
}

internal sealed class RaiseMessage(string name, string? payload, string? source = null) : EventMessage
{
    public override bool Survives => true;

    /// <summary>From another orchestration: dropped when there is nobody to take it.</summary>
    public bool IsSent => source is not null;

    public override IncomingEvent? ToEvent(InstanceState state, DateTime now) =>
        source is not null && state.HasSeen(source) ? null : new EventRaised(now, name, payload, source);
}

internal sealed class SuspendMessage(string? reason) : EventMessage
{
    public override bool Survives => true;

    public override IncomingEvent? ToEvent(InstanceState state, DateTime now) =>
        state.Suspension is null ? new Suspended(now, reason) : null;
}

internal sealed class ResumeMessage(string? reason) : EventMessage
{
    public override bool Survives => true;

    public override IncomingEvent? ToEvent(InstanceState state, DateTime now) =>
        state.Suspension is null ? null : new Resumed(now, reason);
}

internal sealed class TerminateMessage(string? output, bool recursive, bool isPassedOn = false) : EventMessage
{
    public override bool Survives => true;

    /// <summary>From a terminated parent: no error when the instance has ended.</summary>
    public bool IsPassedOn { get; } = isPassedOn;

    public override IncomingEvent ToEvent(InstanceState state, DateTime now) => new Terminated(now, output, recursive);
}

/// <summary>The orchestrator's code ran on where it must not.</summary>
internal sealed class FaultMessage(OrchestrationRun run, Exception fault) : Message
{
    public OrchestrationRun Run { get; } = run;

    public Exception Fault { get; } = fault;
}

/// <summary>All that an ended generation owes to others is done: begin the next, or seal the log.</summary>
/// <param name="isDue">It has waited for a purge that did not come.</param>
internal sealed class FinishMessage(int generation, bool isDue = false) : Message
{
    public int Generation { get; } = generation;

    public bool IsDue { get; } = isDue;
}

/// <summary>Delete what an interrupted clean-up left in storage.</summary>
internal sealed class CleanMessage : Message;

/// <summary>Drop the execution from memory.</summary>
internal sealed class EvictMessage : Message;

internal sealed class PurgeMessage(Func<InstanceStatus, bool> filter) : Message
{
    public override bool Survives => true;

    public Func<InstanceStatus, bool> Filter { get; } = filter;

    public bool WasPurged { get; set; }
}

internal sealed class ReadMessage : Message
{
    public override bool Survives => true;

    public IReadOnlyList<HistoryEvent>? History { get; set; }
}
