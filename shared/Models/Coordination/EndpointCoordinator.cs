using System.Collections.Concurrent;
using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using ArenaBench.Core.Models.Limits;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ArenaBench.Core.Models.Coordination;

/// <summary>
/// Shares each endpoint's limits between all hosts on one storage account. A host that is alone holds the whole; one that
/// stops gives its part back; one that vanished frees it after half a minute, at once where its process is known to be
/// gone; one that cannot reach the storage lets nobody through, because it could not record what it would pay for.
/// </summary>
/// <param name="container">The one that all hosts' records are in.</param>
public sealed class EndpointCoordinator(BlobContainerClient container, TimeProvider time, ILogger<EndpointCoordinator>? log = null) : IAsyncDisposable
{
    private static readonly TimeSpan LongestFarewell = TimeSpan.FromSeconds(2);

    private readonly ConcurrentBag<SharedLimits> _shares = [];
    private readonly string _host = $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid():n}";
    private readonly ILogger _log = log ?? NullLogger<EndpointCoordinator>.Instance;

    /// <summary>Keeps the limiter at this host's part of the limits for as long as there are calls.</summary>
    internal SharedLimits Share(EndpointLimiter limiter, string address, string? keyReference, string model)
    {
        using var process = Process.GetCurrentProcess();
        var self = new HostShare(_host, Environment.MachineName, Environment.ProcessId, new DateTimeOffset(process.StartTime), default, 0, 0, 0);
        var share = new SharedLimits(limiter, new ShareBlob(container, NameOf(address, keyReference, model)), self, time, _log);
        _shares.Add(share);
        return share;
    }

    /// <summary>Gives back all that this host holds, so that others need not wait until it counts as vanished.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await Task.WhenAll(_shares.Select(share => share.DisposeAsync().AsTask())).WaitAsync(LongestFarewell, time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The storage is gone or slow: what is not given back expires.
        }
    }

    /// <summary>A hash, because addresses do not fit into names; of references only, never of keys.</summary>
    internal static string NameOf(string address, string? keyReference, string model) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{address}\n{keyReference}\n{model}")))[..32];
}
