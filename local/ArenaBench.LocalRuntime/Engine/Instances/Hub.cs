using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ArenaBench.LocalRuntime.Engine;

/// <summary>All instances of a hub, and what they share.</summary>
internal sealed class Hub : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Instance> _instances = new(StringComparer.Ordinal);
    private readonly Lock _postLock = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _stoppingActivities;
    private readonly HubRecovery _recovery;
    private TaskCompletionSource _created = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Hub(IHistoryLog storage, FunctionCatalog functions, DurableEngineOptions options, TimeProvider time, ILoggerFactory logs)
    {
        Storage = storage;
        Functions = functions;
        Options = options;
        Time = time;
        Logs = logs;
        Logger = logs.CreateLogger("ArenaBench.LocalRuntime.Engine");
        Stopping = _stopping.Token;
        _stoppingActivities = CancellationTokenSource.CreateLinkedTokenSource(Stopping);
        Activities = new ActivityPool(functions, options.MaxConcurrentActivities, Logger, _stoppingActivities.Token);
        Turns = new SemaphoreSlim(options.MaxConcurrentOrchestrators);
        Writes = new SemaphoreSlim(options.MaxConcurrentWrites);
        Live = new LiveRuns(options.MaxLiveOrchestrations);
        _recovery = new HubRecovery(this);
    }

    public IHistoryLog Storage { get; }

    public FunctionCatalog Functions { get; }

    public DurableEngineOptions Options { get; }

    public TimeProvider Time { get; }

    public ILoggerFactory Logs { get; }

    public ILogger Logger { get; }

    public ActivityPool Activities { get; }

    public SemaphoreSlim Turns { get; }

    public SemaphoreSlim Writes { get; }

    public LiveRuns Live { get; }

    public AsyncGate Gate { get; } = new();

    public CancellationToken Stopping { get; }

    /// <summary>Counts how often storage had to be read again: results of activities that span it are not trusted.</summary>
    public long Epoch => _recovery.Epoch;

    /// <summary>Without waiting for anybody: the dictionary's own list of values takes all its locks.</summary>
    public IEnumerable<Instance> Instances => _instances.Select(static entry => entry.Value);

    public DateTime Now(DateTime notBefore)
    {
        var now = Time.GetUtcNow().UtcDateTime;
        return now > notBefore ? now : notBefore;
    }

    public Instance? Find(string id) => _instances.GetValueOrDefault(id);

    /// <summary>Posts to the instance of that id, known or not yet.</summary>
    public void PostTo(string id, Message message)
    {
        lock (_postLock)
            GetOrAdd(id).Post(message);
    }

    public Instance GetOrAdd(string id) => _instances.GetOrAdd(id, static (id, hub) => new Instance(id, hub), this);

    /// <summary>Drops an instance of which nothing is left, unless somebody has just written to it.</summary>
    public void Forget(Instance instance)
    {
        lock (_postLock)
        {
            if (instance.IsBlank)
                _instances.TryRemove(KeyValuePair.Create(instance.Id, instance));
        }
    }

    public Message StartChild(OrchestrationStarted parent, ChildScheduled child, bool isRepeat)
    {
        var link = new ParentCall(parent.InstanceId, parent.Name, parent.Generation, child.Task);
        var start = new StartMessage(
            new OrchestrationStarted(default, child.InstanceId, 0, child.Name, child.Input, default, Parent: link), isRepeat);
        PostTo(child.InstanceId, start);
        return start;
    }

    public Message Send(OrchestrationStarted sender, EventSent sent)
    {
        var source = $"{sender.InstanceId}/{sender.Generation}/{sent.Task}";
        var raise = new RaiseMessage(sent.Name, sent.Payload, source);
        if (Find(sent.InstanceId) is { } receiver)
            receiver.Post(raise);
        else
            raise.Settle();
        return raise;
    }

    /// <summary>Waits for a status of an instance, which may not exist yet.</summary>
    public async Task<InstanceStatus> WaitAsync(
        string id, Func<InstanceStatus, bool> isWanted, CancellationToken cancellationToken)
    {
        while (true)
        {
            var change = Volatile.Read(ref _created).Task;
            if (Find(id) is { } instance)
            {
                var changed = instance.Changed();
                if (instance.Status is { } status)
                {
                    if (isWanted(status))
                        return status;
                    change = changed;
                }
            }

            await change.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public void TellCreated() =>
        Interlocked.Exchange(ref _created, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    public Task StartAsync(CancellationToken cancellationToken) => _recovery.StartAsync(cancellationToken);

    /// <summary>Storage is not as this process left it, or may not be: everything stops and is compared.</summary>
    public void RequestRecovery(Exception reason) => _recovery.Request(reason);

    /// <summary>Repeats a request to storage until it answers; gives up when storage is being read again.</summary>
    public Task<T> PersistAsync<T>(Func<CancellationToken, Task<T>> request) =>
        StorageRetry.RunAsync(request, () => Gate.IsClosed, Time, Logger, Stopping);

    public Task PersistAsync(Func<CancellationToken, Task> request) => PersistAsync(async cancellation =>
    {
        await request(cancellation).ConfigureAwait(false);
        return true;
    });

    /// <summary>Lets what is running come to rest as far as it does in time, then stops.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _stoppingActivities.CancelAsync().ConfigureAwait(false);
            await Activities.StopAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
            while (Instances.Any(instance => instance.IsActive) && !Gate.IsClosed)
                await Task.Delay(TimeSpan.FromMilliseconds(5), Time, cancellationToken).ConfigureAwait(false);
            await Gate.CloseAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Logger.LogWarning("Stopped before everything had come to rest; what was running runs again after the next start.");
        }

        await DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Stops at once, as a crash would.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        _stoppingActivities.Dispose();
        foreach (var instance in Instances)
            instance.Silence();
    }
}
