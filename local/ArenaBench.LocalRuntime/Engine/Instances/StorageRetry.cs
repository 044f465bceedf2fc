using Microsoft.Extensions.Logging;

namespace ArenaBench.LocalRuntime.Engine;

/// <summary>Waits out a storage that does not answer. Nothing is lost meanwhile: callers keep what they want written.</summary>
internal static class StorageRetry
{
    private static readonly TimeSpan s_first = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(5);

    /// <param name="giveUp">Asked before each pause; when true the storage counts as lost.</param>
    public static async Task<T> RunAsync<T>(
        Func<CancellationToken, Task<T>> request, Func<bool> giveUp, TimeProvider time, ILogger logger,
        CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                var result = await request(cancellationToken).ConfigureAwait(false);
                if (attempt > 0)
                    logger.LogInformation("Storage answers again, at attempt {Attempt}.", attempt + 1);
                return result;
            }
            catch (StorageUnavailableException unavailable)
            {
                if (giveUp())
                    throw new StorageLostException("Storage is being read again.", unavailable);
                if (attempt == 0)
                    logger.LogWarning("{Problem} Trying again until it answers.", unavailable.Message);
                await Task.Delay(Pause(attempt), time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public static TimeSpan Pause(int attempt)
    {
        var pause = s_first * Math.Pow(2, Math.Min(attempt, 10));
        return pause < s_longest ? pause : s_longest;
    }
}
