namespace ArenaBench.LocalRuntime.Engine;

/// <summary>The first event of a generation: a start by a client or a parent, or anew by ContinueAsNew.</summary>
public sealed record OrchestrationStarted(
    DateTime At,
    string InstanceId,
    int Generation,
    string Name,
    string? Input,
    DateTime CreatedAt,
    DateTime? StartAt = null,
    ParentCall? Parent = null,
    IReadOnlyDictionary<string, string>? Tags = null,
    IReadOnlyList<BufferedEvent>? Carried = null,
    string? CustomStatus = null,
    bool Continued = false) : IncomingEvent(At);

/// <summary>The orchestrator's code is entered.</summary>
public sealed record OrchestratorBegan(DateTime At) : IncomingEvent(At);

public sealed record TaskCompleted(DateTime At, int Task, string? Result) : IncomingEvent(At);

public sealed record TaskFailed(DateTime At, int Task, FailureRecord Failure) : IncomingEvent(At);

public sealed record ChildCompleted(DateTime At, int Task, string? Result) : IncomingEvent(At);

public sealed record ChildFailed(DateTime At, int Task, FailureRecord Failure) : IncomingEvent(At);

public sealed record TimerFired(DateTime At, int Task) : IncomingEvent(At);

/// <summary>An external event; <paramref name="Source"/> names the sending call of another instance, to drop repeats.</summary>
public sealed record EventRaised(DateTime At, string Name, string? Payload, string? Source = null) : IncomingEvent(At);

public sealed record Suspended(DateTime At, string? Reason) : IncomingEvent(At);

public sealed record Resumed(DateTime At, string? Reason) : IncomingEvent(At);

/// <summary>The end by request; with <paramref name="Recursive"/> for open sub-orchestrations too.</summary>
public sealed record Terminated(DateTime At, string? Output, bool Recursive) : IncomingEvent(At);
