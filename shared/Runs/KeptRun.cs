using ArenaBench.Core.Storage;
using Azure;

namespace ArenaBench.Core.Runs;

/// <summary>A run in memory, which looks now and then whether the storage still has the same.</summary>
/// <param name="read">Reads the spec; many ask at once, one reads.</param>
internal sealed class KeptRun(FrozenRun run, ETag tag, Func<Task<StoredFile?>> read, TimeProvider time)
{
    /// <summary>Another host may delete a run and accept another with its id.</summary>
    private static readonly TimeSpan TrustedFor = TimeSpan.FromSeconds(5);

    /// <summary>So long it is looked at again meanwhile; after that nobody knows.</summary>
    private static readonly TimeSpan KnownFor = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private long _looked = time.GetTimestamp();
    private Task<bool>? _look;
    private bool _isGone;

    public FrozenRun Run => run;

    public KeptRun Planned(RunPlanFile plan) => new(new FrozenRun(run.Spec, run.Questions, plan), tag, read, time);

    public Task<bool> IsStillThereAsync()
    {
        lock (_gate)
        {
            if (time.GetElapsedTime(_looked) <= TrustedFor)
                return Task.FromResult(true);
            if (_look is null or { IsCompleted: true })
                _look = LookAsync();
            return _look;
        }
    }

    /// <summary>By what is known now; it is looked at again meanwhile.</summary>
    public bool WasThereLately()
    {
        bool known;
        lock (_gate)
            known = !_isGone && time.GetElapsedTime(_looked) <= KnownFor;
        // Whoever needs to know will be told what went wrong with the look.
        _ = IsStillThereAsync().ContinueWith(static look => look.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        return known;
    }

    private async Task<bool> LookAsync()
    {
        var isThere = await read() is { } stored && stored.ETag == tag;
        lock (_gate)
        {
            _isGone = !isThere;
            if (isThere)
                _looked = time.GetTimestamp();
        }

        return isThere;
    }
}
