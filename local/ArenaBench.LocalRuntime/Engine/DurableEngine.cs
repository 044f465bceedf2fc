using Azure.Storage.Blobs;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace ArenaBench.LocalRuntime.Engine;

/// <summary>
/// Runs the orchestrations of one hub in this process. Histories are append logs in the blob account, one per
/// instance, in the container <c>{hub}-instances</c>. One process at a time may run a hub: see <see cref="HubOwner"/>.
/// </summary>
public sealed class DurableEngine : IAsyncDisposable
{
    private readonly Hub _hub;

    /// <param name="storage">
    /// A client made with <see cref="StorageOptions"/>: the engine itself repeats what fails.
    /// </param>
    public DurableEngine(
        BlobServiceClient storage, FunctionCatalog functions, DurableEngineOptions options,
        TimeProvider time, ILoggerFactory logs)
        : this(new BlobHistoryLog(storage.GetBlobContainerClient(ContainerName(options.HubName))), functions, options, time, logs)
    {
    }

    internal DurableEngine(
        IHistoryLog storage, FunctionCatalog functions, DurableEngineOptions options, TimeProvider time, ILoggerFactory logs)
    {
        _hub = new Hub(storage, functions, options, time, logs);
        Client = new EngineClient(_hub);
    }

    /// <summary>The client that functions are given.</summary>
    public DurableTaskClient Client { get; }

    internal Hub Hub => _hub;

    /// <summary>Options for the storage client: no retries of its own, since the engine must see every outage.</summary>
    public static BlobClientOptions StorageOptions()
    {
        var options = new BlobClientOptions();
        options.Retry.MaxRetries = 0;
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(30);
        return options;
    }

    public static string ContainerName(string hubName) => $"{hubName.ToLowerInvariant()}-instances";

    /// <summary>Loads the hub and takes up everything that has not ended.</summary>
    public Task StartAsync(CancellationToken cancellationToken) => _hub.StartAsync(cancellationToken);

    /// <summary>
    /// Takes up no more work, asks running activities to end, and lets what has been done become durable until
    /// <paramref name="cancellationToken"/> says that it took too long. What was cut off runs again after the next start.
    /// </summary>
    public Task StopAsync(CancellationToken cancellationToken) => _hub.StopAsync(cancellationToken);

    /// <summary>The history of an instance's present generation, or null when the id is unknown.</summary>
    public async Task<IReadOnlyList<HistoryEvent>?> ReadHistoryAsync(string instanceId, CancellationToken cancellationToken)
    {
        if (_hub.Find(instanceId) is not { Status: not null } instance)
            return null;
        var read = new ReadMessage();
        instance.Post(read);
        await read.Settled.WaitAsync(cancellationToken).ConfigureAwait(false);
        return read.History;
    }

    /// <summary>Stops at once, as a crash would; see <see cref="StopAsync"/> for the orderly way.</summary>
    public ValueTask DisposeAsync() => _hub.DisposeAsync();
}
