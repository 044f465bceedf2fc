using System.Net.Sockets;
using Azure;

namespace ArenaBench.LocalRuntime.Engine;

/// <summary>
/// Tells apart the failures of a request: an answer that the caller must see (404, 409, 412), one that may be better
/// next time, and a storage process on this machine that is gone.
/// </summary>
internal static class StorageFailures
{
    /// <summary>
    /// A connection can break without the server dying. A server that answers again this soon has not been started
    /// anew, which takes longer, and so has forgotten nothing.
    /// </summary>
    private static readonly int[] s_reconnectAfterMilliseconds = [10, 40, 100];

    public static async Task<T> SortedAsync<T>(Func<Task<T>> request, Uri storage, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            Exception failure;
            try
            {
                return await request().ConfigureAwait(false);
            }
            catch (RequestFailedException answered) when (answered.Status is 404 or 409 or 412)
            {
                throw;
            }
#pragma warning disable CA1031 // a time-out comes as a cancellation, a broken connection in several forms
            catch (Exception failed) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
            {
                failure = failed;
            }

            var message = $"Blob storage at {storage.GetLeftPart(UriPartial.Authority)} failed: {Reason(failure)}.";
            if (!storage.IsLoopback || !IsDisconnected(failure))
                throw new StorageUnavailableException(message, failure);
            if (attempt == s_reconnectAfterMilliseconds.Length)
                throw new StorageLostException(message, failure);
            await Task.Delay(s_reconnectAfterMilliseconds[attempt], cancellationToken).ConfigureAwait(false);
        }
    }

    private static string Reason(Exception failure) => failure switch
    {
        RequestFailedException { Status: > 0 } answered => $"{answered.Status} {answered.ErrorCode}".Trim(),
        AggregateException { InnerExceptions: [.., var last] } => Reason(last),
        _ => (failure.InnerException ?? failure).Message.Split('\n')[0].TrimEnd('.', '\r'),
    };

    private static bool IsDisconnected(Exception? failure) => failure switch
    {
        null => false,
        SocketException or HttpIOException => true,
        AggregateException many => many.InnerExceptions.Any(IsDisconnected),
        _ => IsDisconnected(failure.InnerException),
    };
}
