using Microsoft.DurableTask.Client;

namespace ArenaBench.LocalRuntime.Engine;

/// <summary>
/// What a history amounts to, without running any orchestrator code: enough to answer for the instance, to go on with
/// what it waits for, and to know which completions are still wanted.
/// </summary>
internal sealed class InstanceState
{
    private readonly Dictionary<int, NumberedAction> _open = [];
    private readonly Dictionary<string, int> _children = new(StringComparer.Ordinal);
    private readonly List<EventSent> _sent = [];
    private readonly HashSet<string> _sources = new(StringComparer.Ordinal);
    private bool _returned;

    public InstanceState(OrchestrationStarted started)
    {
        Started = started;
        CustomStatus = started.CustomStatus;
        UpdatedAt = started.At;
    }

    public OrchestrationStarted Started { get; }

    /// <summary>Activities, sub-orchestrations and timers that have not ended.</summary>
    public IReadOnlyDictionary<int, NumberedAction> Open => _open;

    /// <summary>Events sent to other instances; the receiver drops what it already has.</summary>
    public IReadOnlyList<EventSent> Sent => _sent;

    public DateTime UpdatedAt { get; private set; }

    public bool HasBegun { get; private set; }

    public Suspended? Suspension { get; private set; }

    public Terminated? Termination { get; private set; }

    public ContinuedAsNew? Continuation { get; private set; }

    public string? CustomStatus { get; private set; }

    public string? Output { get; private set; }

    public FailureRecord? Failure { get; private set; }

    public bool IsTerminal => Termination is not null || Failure is not null || _returned;

    /// <summary>No further line may follow: terminal, or continued as the next generation.</summary>
    public bool IsClosed => IsTerminal || Continuation is not null;

    public static InstanceState Fold(IReadOnlyList<HistoryEvent> history)
    {
        if (history is not [OrchestrationStarted started, ..])
            throw new LogDamagedException("The history does not begin with the start of an orchestration.");
        var state = new InstanceState(started);
        foreach (var line in history.Skip(1))
            state.Apply(line);
        return state;
    }

    /// <summary>The open call of that sub-orchestration.</summary>
    public int? FindChild(string instanceId) => _children.TryGetValue(instanceId, out var task) ? task : null;

    public bool HasSeen(string source) => _sources.Contains(source);

    public void Apply(HistoryEvent line)
    {
        if (line is IncomingEvent incoming)
            UpdatedAt = incoming.At;
        switch (line)
        {
            case OrchestratorBegan: HasBegun = true; break;
            case EventSent sent: _sent.Add(sent); break;
            case NumberedAction action: Begin(action); break;
            case TimerCanceled canceled: End(canceled.Task); break;
            case TaskCompleted ended: End(ended.Task); break;
            case TaskFailed ended: End(ended.Task); break;
            case ChildCompleted ended: End(ended.Task); break;
            case ChildFailed ended: End(ended.Task); break;
            case TimerFired ended: End(ended.Task); break;
            case EventRaised { Source: { } source }: _sources.Add(source); break;
            case Suspended suspended: Suspension = suspended; break;
            case Resumed: Suspension = null; break;
            case StatusSet set: CustomStatus = set.Value; break;
            case Terminated terminated:
                Termination = terminated;
                Output = terminated.Output;
                break;
            case Completed completed:
                _returned = true;
                Output = completed.Output;
                break;
            case Failed failed:
                Failure = failed.Failure;
                Output = Failures.Output(failed.Failure);
                break;
            case ContinuedAsNew continued: Continuation = continued; break;
        }
    }

    public OrchestrationRuntimeStatus RuntimeStatus =>
        Termination is not null ? OrchestrationRuntimeStatus.Terminated
        : Failure is not null ? OrchestrationRuntimeStatus.Failed
        : _returned ? OrchestrationRuntimeStatus.Completed
        : Suspension is not null ? OrchestrationRuntimeStatus.Suspended
        : HasBegun || Started.Continued ? OrchestrationRuntimeStatus.Running
        : OrchestrationRuntimeStatus.Pending;

    public InstanceStatus ToStatus() => new(
        Started.InstanceId, Started.Generation, Started.Name, RuntimeStatus, Started.CreatedAt, UpdatedAt, Started.Input,
        Suspension is { Reason: { } reason } && !IsTerminal ? EngineJson.Text(reason) : Output,
        CustomStatus, Failure, Started.Tags, Started.Parent?.InstanceId);

    public InstanceSummary ToSummary() => new(
        Started.Name, RuntimeStatus.ToString(), Started.CreatedAt, UpdatedAt, Started.Input, Output, CustomStatus,
        Failure, Started.Tags, Started.Parent);

    private void Begin(NumberedAction action)
    {
        _open.Add(action.Task, action);
        if (action is ChildScheduled child)
            _children[child.InstanceId] = child.Task;
    }

    private void End(int task)
    {
        if (_open.Remove(task, out var action) && action is ChildScheduled child)
            _children.Remove(child.InstanceId);
    }
}
