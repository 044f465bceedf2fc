using System.Globalization;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace ArenaBench.LocalRuntime.Engine;

/// <summary>The context that orchestrators get. Usable on the orchestrator's turn only.</summary>
internal sealed class EngineOrchestrationContext(OrchestrationRun run, ILoggerFactory logs) : TaskOrchestrationContext
{
    private const int MaxCustomStatusBytes = 16 * 1024;
    private int _guids;

    public override TaskName Name => run.Started.Name;

    public override string InstanceId => run.Started.InstanceId;

    public override ParentOrchestrationInstance? Parent =>
        run.Started.Parent is { } parent ? new(parent.Name, parent.InstanceId) : null;

    public override DateTime CurrentUtcDateTime => run.Now;

    public override bool IsReplaying => run.IsReplaying;

    protected override ILoggerFactory LoggerFactory => logs;

    public override T? GetInput<T>()
        where T : default
    {
        run.Turn.Demand();
        return EngineJson.Converter.Deserialize<T>(run.Started.Input);
    }

    public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        Check(name, input, options);
        var data = EngineJson.Converter.Serialize(input);
        return RetryLoop.RunAsync(this, options?.Retry, () => CallAsync<TResult>(
            name.Name, new TaskScheduled(run.NextTask(), name.Name, data)));
    }

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(
        TaskName orchestratorName, object? input = null, TaskOptions? options = null)
    {
        Check(orchestratorName, input, options);
        var id = (options as SubOrchestrationOptions)?.InstanceId ?? NewGuid().ToString("N");
        InstanceIds.Check(id);
        var data = EngineJson.Converter.Serialize(input);
        return RetryLoop.RunAsync(this, options?.Retry, () => CallAsync<TResult>(
            orchestratorName.Name, new ChildScheduled(run.NextTask(), orchestratorName.Name, id, data)));
    }

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        run.Turn.Demand();
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled(cancellationToken);
        var task = run.NextTask();
        var timer = run.Schedule(new TimerScheduled(task, fireAt.ToUniversalTime()));
        cancellationToken.Register(() =>
        {
            if (!run.Turn.IsRunningHere)
                run.Turn.Violate();
            else if (run.TryCancelTimer(task))
                timer.TrySetCanceled(cancellationToken);
        });
        return timer.Task;
    }

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        run.Turn.Demand();
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        return run.Events.WaitFor<T>(eventName, run.Turn, cancellationToken);
    }

    public override void SendEvent(string instanceId, string eventName, object payload)
    {
        run.Turn.Demand();
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        run.Act(new EventSent(run.NextTask(), instanceId, eventName, EngineJson.Converter.Serialize(payload)));
    }

    public override void SetCustomStatus(object? customStatus)
    {
        run.Turn.Demand();
        var data = EngineJson.Converter.Serialize(customStatus);
        if (data?.Length * sizeof(char) > MaxCustomStatusBytes)
            throw new ArgumentException(
                $"The custom status takes {data!.Length * sizeof(char)} bytes as UTF-16 JSON; the limit is {MaxCustomStatusBytes}.",
                nameof(customStatus));
        run.CustomStatus = data;
    }

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true)
    {
        run.Turn.Demand();
        run.ContinueAsNew(EngineJson.Converter.Serialize(newInput), preserveUnprocessedEvents);
    }

    public override Guid NewGuid()
    {
        run.Turn.Demand();
        return DeterministicGuid.Of(string.Create(
            CultureInfo.InvariantCulture, $"{InstanceId}_{CurrentUtcDateTime:o}_{_guids++}"));
    }

    private void Check(TaskName name, object? input, TaskOptions? options)
    {
        run.Turn.Demand();
        ArgumentException.ThrowIfNullOrEmpty(name.Name, nameof(name));
        if (input is TaskOptions && options is null)
            throw new ArgumentException("Task options were given as the input. Pass them as 'options'.", nameof(input));
    }

    private async Task<T> CallAsync<T>(string name, NumberedAction action)
    {
        string? result;
        try
        {
            result = await run.Schedule(action).Task;
        }
        catch (CallFailure failed)
        {
            throw new TaskFailedException(name, action.Task, Failures.Details(failed.Failure));
        }

        return result is null ? default! : EngineJson.Converter.Deserialize<T>(result)!;
    }
}
