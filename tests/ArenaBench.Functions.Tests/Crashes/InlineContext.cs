using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ArenaBench.Functions.Tests.Crashes;

/// <summary>Results of activities, as a history keeps them: what is here is not run again.</summary>
internal sealed class Journal
{
    public ConcurrentDictionary<string, string> Results { get; } = new(StringComparer.Ordinal);
}

/// <summary>Runs the real orchestrators on the real activities without an engine: timers fire at once, a failed activity is tried again
/// at once, as often as its policy says.</summary>
internal sealed class InlineContext(AppProcess app, Journal journal, string instanceId, object? input) : TaskOrchestrationContext
{
    private int _task;

    public override TaskName Name => "inline";

    public override string InstanceId => instanceId;

    public override ParentOrchestrationInstance? Parent => null;

    public override DateTime CurrentUtcDateTime => DateTime.UnixEpoch;

    public override bool IsReplaying => false;

    public object? CustomStatus { get; private set; }

    protected override ILoggerFactory LoggerFactory => NullLoggerFactory.Instance;

    public override T? GetInput<T>()
        where T : default => (T?)input;

    public override async Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        var number = _task++;
        var key = $"{instanceId} {name.Name} {JsonSerializer.Serialize(input)}";
        if (journal.Results.TryGetValue(key, out var known))
            return JsonSerializer.Deserialize<TResult>(known)!;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var result = JsonSerializer.Serialize(await app.RunActivityAsync(name.Name, input!));
                journal.Results[key] = result;
                return JsonSerializer.Deserialize<TResult>(result)!;
            }
            catch (Exception failed) when (attempt >= (options?.Retry?.Policy?.MaxNumberOfAttempts ?? 1))
            {
                throw new TaskFailedException(name.Name, number, failed);
            }
            catch (Exception)
            {
                // Tried again.
            }
        }
    }

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, object? input = null, TaskOptions? options = null) =>
        app.RunOrchestratorAsync<TResult>(orchestratorName.Name, journal, ((SubOrchestrationOptions)options!).InstanceId!, input!);

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken) => Task.CompletedTask;

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default) =>
        new TaskCompletionSource<T>().Task;

    public override void SendEvent(string instanceId, string eventName, object payload) => throw new NotSupportedException();

    public override void SetCustomStatus(object? customStatus) => CustomStatus = customStatus;

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) => throw new NotSupportedException();

    public override Guid NewGuid() => throw new NotSupportedException();
}
