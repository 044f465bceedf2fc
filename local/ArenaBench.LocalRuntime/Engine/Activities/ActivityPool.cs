using Microsoft.Extensions.Logging;

namespace ArenaBench.LocalRuntime.Engine;

/// <summary>An activity to run, and whom to tell. The epoch says since when storage has been as it is.</summary>
internal sealed record ActivityWork(Instance Caller, int Generation, TaskScheduled Call, long Epoch);

/// <summary>Runs activities, at most so many at once, the instances taking turns.</summary>
internal sealed class ActivityPool(FunctionCatalog functions, int maxConcurrent, ILogger logger, CancellationToken stopping)
{
    private readonly Lock _lock = new();
    private readonly FairQueue<string, ActivityWork> _waiting = new();
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _isStopped;
    private int _running;

    /// <summary>How many have no place yet.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
                return _waiting.Count;
        }
    }

    public void Enqueue(ActivityWork work)
    {
        lock (_lock)
        {
            if (_isStopped)
                return;
            if (_running == maxConcurrent)
            {
                _waiting.Enqueue(work.Caller.Id, work);
                return;
            }

            _running++;
        }

        ThreadPool.UnsafeQueueUserWorkItem(
            static state => _ = state.Pool.RunAllAsync(state.Work), (Pool: this, Work: work), preferLocal: false);
    }

    /// <summary>Takes up no more; ends when none is running.</summary>
    public Task StopAsync()
    {
        lock (_lock)
        {
            _isStopped = true;
            if (_running == 0)
                _idle.TrySetResult();
        }

        return _idle.Task;
    }

    private async Task RunAllAsync(ActivityWork work)
    {
        while (true)
        {
            await RunAsync(work).ConfigureAwait(false);
            lock (_lock)
            {
                if (_isStopped || !_waiting.TryDequeue(out work))
                {
                    if (--_running == 0 && _isStopped)
                        _idle.TrySetResult();
                    return;
                }
            }
        }
    }

    private async Task RunAsync(ActivityWork work)
    {
        string? result = null;
        FailureRecord? failure = null;
        try
        {
            var function = functions.FindActivity(work.Call.Name) ?? throw new ArgumentException(
                $"The function '{work.Call.Name}' does not exist, is disabled, or is not an activity function.");
            result = await function.InvokeAsync(new ActivityCall(work.Caller.Id, work.Call.Input), stopping)
                .ConfigureAwait(false);
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            return; // runs again after the next start
        }
#pragma warning disable CA1031 // any failure of an activity is the result of its call
        catch (Exception failed)
#pragma warning restore CA1031
        {
            logger.LogInformation(
                failed, "Activity {Activity} (#{Task}) of {Instance} failed.", work.Call.Name, work.Call.Task, work.Caller.Id);
            failure = Failures.Record(failed);
        }

        work.Caller.Post(new ActivityEnded(work.Generation, work.Call.Task, work.Epoch, result, failure));
    }
}
