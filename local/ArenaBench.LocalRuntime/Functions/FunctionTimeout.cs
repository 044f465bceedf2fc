namespace ArenaBench.LocalRuntime.Functions;

/// <summary>The app's <c>functionTimeout</c>: a run that exceeds it is cancelled and fails.</summary>
internal sealed class FunctionTimeout(TimeSpan? limit, TimeProvider time)
{
    public async Task<T> RunAsync<T>(string function, Func<CancellationToken, Task<T>> run, CancellationToken cancellation)
    {
        if (limit is not { } span) return await run(cancellation);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var running = run(stop.Token);
        try
        {
            return await running.WaitAsync(span, time, CancellationToken.None);
        }
        catch (TimeoutException) when (!running.IsCompleted)
        {
            await stop.CancelAsync();
            throw new TimeoutException($"Function '{function}' ran longer than functionTimeout in host.json ({span:c}).");
        }
    }
}
