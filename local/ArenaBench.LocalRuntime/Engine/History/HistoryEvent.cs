using System.Text.Json.Serialization;

namespace ArenaBench.LocalRuntime.Engine;

/// <summary>
/// One line of an instance's history. An <see cref="IncomingEvent"/> happened to the orchestration; an
/// <see cref="OrchestratorAction"/> is what the orchestrator did in answer to the incoming event before it.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(OrchestrationStarted), "started")]
[JsonDerivedType(typeof(OrchestratorBegan), "began")]
[JsonDerivedType(typeof(TaskCompleted), "taskCompleted")]
[JsonDerivedType(typeof(TaskFailed), "taskFailed")]
[JsonDerivedType(typeof(ChildCompleted), "childCompleted")]
[JsonDerivedType(typeof(ChildFailed), "childFailed")]
[JsonDerivedType(typeof(TimerFired), "timerFired")]
[JsonDerivedType(typeof(EventRaised), "eventRaised")]
[JsonDerivedType(typeof(Suspended), "suspended")]
[JsonDerivedType(typeof(Resumed), "resumed")]
[JsonDerivedType(typeof(Terminated), "terminated")]
[JsonDerivedType(typeof(TaskScheduled), "taskScheduled")]
[JsonDerivedType(typeof(ChildScheduled), "childScheduled")]
[JsonDerivedType(typeof(TimerScheduled), "timerScheduled")]
[JsonDerivedType(typeof(TimerCanceled), "timerCanceled")]
[JsonDerivedType(typeof(EventSent), "eventSent")]
[JsonDerivedType(typeof(StatusSet), "statusSet")]
[JsonDerivedType(typeof(Completed), "completed")]
[JsonDerivedType(typeof(Failed), "failed")]
[JsonDerivedType(typeof(ContinuedAsNew), "continuedAsNew")]
public abstract record HistoryEvent;

/// <summary>Something that happened to the orchestration at a time (UTC), which is its clock from then on.</summary>
public abstract record IncomingEvent(DateTime At) : HistoryEvent;

/// <summary>Something the orchestrator did. Data are JSON text throughout.</summary>
public abstract record OrchestratorAction : HistoryEvent;

/// <summary>An action with a number: 0, 1, 2 … in the order of the calls.</summary>
public abstract record NumberedAction(int Task) : OrchestratorAction;

/// <summary>The call that an instance answers: parent instance, its name and generation, and the number of the call.</summary>
public sealed record ParentCall(string InstanceId, string Name, int Generation, int Task);

/// <summary>An external event that waits to be asked for.</summary>
public sealed record BufferedEvent(string Name, string? Payload);

/// <summary>A failure as it travels through histories.</summary>
public sealed record FailureRecord(string Type, string Message, string? Stack, FailureRecord? Inner);
