using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace ArenaBench.Testing;

/// <summary>How a request to storage goes wrong.</summary>
public enum Fault
{
    None,

    /// <summary>The connection fails before anything is sent.</summary>
    Before,

    /// <summary>Storage answers that it is busy and does nothing.</summary>
    Busy,

    /// <summary>Storage does it, and the connection breaks before its answer is read.</summary>
    After,

    /// <summary>Storage does it, and the client's own time-out fires first.</summary>
    TimeoutAfter,

    /// <summary>The process dies before it is sent: no answer ever comes.</summary>
    DeathBefore,

    /// <summary>Storage does it, and the process dies before it hears of it.</summary>
    DeathAfter,
}

/// <summary>Breaks requests as told, and counts them.</summary>
public sealed class FaultPolicy(Func<int, Request, Fault> faultOf) : HttpPipelinePolicy
{
    private readonly TaskCompletionSource _died = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _requests;
    private int _struck;

    /// <summary>What each request waits for before it is sent.</summary>
    public Func<Request, Task> Hold { get; init; } = _ => Task.CompletedTask;

    public int Requests => Volatile.Read(ref _requests);

    /// <summary>How many requests went wrong.</summary>
    public int Struck => Volatile.Read(ref _struck);

    /// <summary>Ends when the process has died.</summary>
    public Task Died => _died.Task;

    /// <summary>The fault on the n-th request, from 0.</summary>
    public static FaultPolicy OnceAt(int request, Fault fault) => new((number, _) => number == request ? fault : Fault.None);

    /// <summary>The fault on the n-th request that changes something, from 0.</summary>
    public static FaultPolicy OnceAtWrite(int write, Fault fault)
    {
        var writes = -1;
        return new FaultPolicy((_, request) => IsWrite(request) && Interlocked.Increment(ref writes) == write ? fault : Fault.None);
    }

    /// <summary>The process dies at the n-th request that changes something: nothing it does later reaches the storage.</summary>
    public static FaultPolicy DieAtWrite(int write, bool isDone)
    {
        var writes = -1;
        return new FaultPolicy((_, request) =>
        {
            var now = IsWrite(request) ? Interlocked.Increment(ref writes) : Volatile.Read(ref writes);
            return now < write || (now == write && !IsWrite(request)) ? Fault.None
                : now == write && isDone ? Fault.DeathAfter
                : Fault.DeathBefore;
        });
    }

    /// <summary>The process dies at the n-th request: before it is sent, or before its answer arrives. No later one is sent.</summary>
    public static FaultPolicy CrashAt(int request, bool isDone) =>
        new((number, _) => number < request ? Fault.None : number == request && isDone ? Fault.After : Fault.Before);

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var fault = faultOf(Interlocked.Increment(ref _requests) - 1, message.Request);
        if (fault != Fault.None)
            Interlocked.Increment(ref _struck);
        if (fault == Fault.DeathBefore)
            await DieAsync();
        if (fault == Fault.Before)
            throw new RequestFailedException(0, "connection refused (injected)");
        if (fault == Fault.Busy)
            throw new RequestFailedException(503, "server busy (injected)", "ServerBusy", null);
        await Hold(message.Request);
        await ProcessNextAsync(message, pipeline);
        if (fault == Fault.DeathAfter)
            await DieAsync();
        if (fault == Fault.After)
            throw new RequestFailedException(0, "connection reset (injected)");
        if (fault == Fault.TimeoutAfter)
            throw new TaskCanceledException("network time-out (injected)");
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("Storage is used asynchronously.");

    private static bool IsWrite(Request request) => request.Method != RequestMethod.Get && request.Method != RequestMethod.Head;

    private async Task DieAsync()
    {
        _died.TrySetResult();
        await Task.Delay(Timeout.Infinite);
    }
}
