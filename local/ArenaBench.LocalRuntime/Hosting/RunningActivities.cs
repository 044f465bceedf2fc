using ArenaBench.LocalRuntime.Engine;

namespace ArenaBench.LocalRuntime.Hosting;

/// <summary>Knows how many activities run, so that a stopping host can let them finish and begin no more.</summary>
internal sealed class RunningActivities(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _count;
    private bool _stopping;

    public ActivityFunction Counted(ActivityFunction activity) => activity with
    {
        InvokeAsync = async (call, cancellation) =>
        {
            if (!TryBegin())
            {
                // Held back until the engine abandons it: it runs after the next start.
                await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellation);
            }

            try
            {
                return await activity.InvokeAsync(call, cancellation);
            }
            finally
            {
                End();
            }
        },
    };

    /// <summary>Returns when no activity runs any more, or after the grace.</summary>
    public async Task FinishAsync(TimeSpan grace, CancellationToken cancellation)
    {
        lock (_lock)
        {
            _stopping = true;
            if (_count == 0) return;
        }

        try
        {
            await _idle.Task.WaitAsync(grace, time, cancellation);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            // The engine cancels what is left; it runs again after the next start.
        }
    }

    private bool TryBegin()
    {
        lock (_lock)
        {
            if (_stopping) return false;
            _count++;
            return true;
        }
    }

    private void End()
    {
        lock (_lock)
            if (--_count == 0 && _stopping) _idle.TrySetResult();
    }
}
