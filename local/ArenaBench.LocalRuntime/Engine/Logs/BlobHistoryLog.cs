using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace ArenaBench.LocalRuntime.Engine;

/// <summary>Logs as append blobs, sealed logs as block blobs with their summary as metadata.</summary>
internal sealed class BlobHistoryLog(BlobContainerClient container) : IHistoryLog
{
    private const string SummaryKey = "summary";

    /// <summary>More at once would not be faster, and a local server refuses connections beyond its backlog.</summary>
    private static readonly SemaphoreSlim s_requests = new(64);

    public string Place(LogKey key, bool isSealed) => $"{container.Name}/{BlobNames.Of(key, isSealed)}";

    public Task<IReadOnlyList<LogInfo>> ListAsync(CancellationToken cancellationToken) => Guarded<IReadOnlyList<LogInfo>>(
        async () =>
        {
            await container.CreateIfNotExistsAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            var logs = new List<LogInfo>();
            var blobs = container.GetBlobsAsync(
                new GetBlobsOptions { Traits = BlobTraits.Metadata }, cancellationToken);
            await foreach (var blob in blobs.ConfigureAwait(false))
            {
                if (BlobNames.Parse(blob.Name) is not var (key, isSealed))
                    continue;
                var summary = isSealed && blob.Metadata.TryGetValue(SummaryKey, out var text) ? text : null;
                logs.Add(new LogInfo(key, blob.Properties.ContentLength ?? 0, isSealed, summary));
            }

            return logs;
        },
        cancellationToken);

    public Task<ReadOnlyMemory<byte>?> ReadAsync(LogKey key, CancellationToken cancellationToken) =>
        ReadBlobAsync(BlobNames.Of(key, isSealed: false), cancellationToken);

    public Task<ReadOnlyMemory<byte>?> ReadSealedAsync(
        string instanceId, int generation, CancellationToken cancellationToken) =>
        ReadBlobAsync(BlobNames.Of(new LogKey(instanceId, generation, 0), isSealed: true), cancellationToken);

    public async Task AppendAsync(
        LogKey key, long position, ReadOnlyMemory<byte> block, CancellationToken cancellationToken)
    {
        var blob = container.GetAppendBlobClient(BlobNames.Of(key, isSealed: false));
        if (position == 0)
            await CreateAsync(blob, cancellationToken).ConfigureAwait(false);
        try
        {
            var options = new AppendBlobAppendBlockOptions
            {
                Conditions = new AppendBlobRequestConditions { IfAppendPositionEqual = position },
            };
            await Guarded(() => blob.AppendBlockAsync(BinaryStream(block), options, cancellationToken), cancellationToken)
                .ConfigureAwait(false);
        }
        catch (RequestFailedException refused) when (refused.Status is 404 or 412)
        {
            if (!await IsThereAsync(blob, position, block, cancellationToken).ConfigureAwait(false))
                throw new LogConflictException(
                    $"{Place(key, isSealed: false)} does not end at byte {position}: {refused.ErrorCode}.");
        }
    }

    public Task SealAsync(
        string instanceId, int generation, ReadOnlyMemory<byte> content, string summary,
        CancellationToken cancellationToken)
    {
        var blob = container.GetBlobClient(BlobNames.Of(new LogKey(instanceId, generation, 0), isSealed: true));
        var options = new BlobUploadOptions
        {
            Metadata = new Dictionary<string, string> { [SummaryKey] = summary },
            HttpHeaders = new BlobHttpHeaders { ContentType = "application/jsonl" },
        };
        return Guarded(() => blob.UploadAsync(new BinaryData(content), options, cancellationToken), cancellationToken);
    }

    public Task DeleteAsync(LogKey key, bool isSealed, CancellationToken cancellationToken) => Guarded(
        () => container.GetBlobClient(BlobNames.Of(key, isSealed)).DeleteIfExistsAsync(cancellationToken: cancellationToken),
        cancellationToken);

    private static MemoryStream BinaryStream(ReadOnlyMemory<byte> bytes) =>
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(bytes, out var array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(bytes.ToArray(), writable: false);

    private async Task CreateAsync(AppendBlobClient blob, CancellationToken cancellationToken)
    {
        try
        {
            var options = new AppendBlobCreateOptions
            {
                Conditions = new AppendBlobRequestConditions { IfNoneMatch = ETag.All },
            };
            await Guarded(() => blob.CreateAsync(options, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        catch (RequestFailedException exists) when (exists.Status is 409 or 412)
        {
            // Made by an earlier attempt: the position decides.
        }
        catch (RequestFailedException gone) when (gone.ErrorCode == BlobErrorCode.ContainerNotFound)
        {
            throw new LogConflictException($"The container {container.Name} is gone.");
        }
    }

    /// <summary>Whether an earlier attempt, whose answer was lost, has written the block.</summary>
    private async Task<bool> IsThereAsync(
        AppendBlobClient blob, long position, ReadOnlyMemory<byte> block, CancellationToken cancellationToken)
    {
        var content = await ReadBlobAsync(blob.Name, cancellationToken).ConfigureAwait(false);
        return content is { } found
            && found.Length == position + block.Length
            && found.Span[(int)position..].SequenceEqual(block.Span);
    }

    private async Task<ReadOnlyMemory<byte>?> ReadBlobAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var result = await Guarded(
                () => container.GetBlobClient(name).DownloadContentAsync(cancellationToken), cancellationToken)
                .ConfigureAwait(false);
            return result.Value.Content.ToMemory();
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    private Task<bool> Guarded(Func<Task> request, CancellationToken cancellationToken) => Guarded(
        async () =>
        {
            await request().ConfigureAwait(false);
            return true;
        },
        cancellationToken);

    private async Task<T> Guarded<T>(Func<Task<T>> request, CancellationToken cancellationToken)
    {
        await s_requests.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await StorageFailures.SortedAsync(request, container.Uri, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            s_requests.Release();
        }
    }
}
