namespace ArenaBench.LocalRuntime.Engine;

public sealed record TaskScheduled(int Task, string Name, string? Input) : NumberedAction(Task);

public sealed record ChildScheduled(int Task, string Name, string InstanceId, string? Input) : NumberedAction(Task);

public sealed record TimerScheduled(int Task, DateTime FireAt) : NumberedAction(Task);

/// <summary>Takes back an earlier timer.</summary>
public sealed record TimerCanceled(int Task) : OrchestratorAction;

public sealed record EventSent(int Task, string InstanceId, string Name, string? Payload) : NumberedAction(Task);

public sealed record StatusSet(string? Value) : OrchestratorAction;

public sealed record Completed(string? Output) : OrchestratorAction;

public sealed record Failed(FailureRecord Failure) : OrchestratorAction;

/// <summary>Ends this generation; the next starts with this input and these unprocessed events.</summary>
public sealed record ContinuedAsNew(string? Input, IReadOnlyList<BufferedEvent> Carried) : OrchestratorAction;
