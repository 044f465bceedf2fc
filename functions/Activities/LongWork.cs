using Nito.AsyncEx;

namespace ArenaBench.Functions.Activities;

/// <summary>Publishing and scoring compute for seconds. Each does so on a thread of its own, so that no request waits for one of the pool's
/// behind it, and only so many at once that half of the processors are left for the others: what they hold in memory is much, too.</summary>
public sealed class LongWork : IDisposable
{
    private readonly SemaphoreSlim _places = new(Math.Max(1, Environment.ProcessorCount / 2));

    public async Task RunAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken);
        try
        {
            using var thread = new AsyncContextThread();
            await thread.Factory.Run(work);
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();
}
