using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace ArenaBench.Core.Storage;

/// <summary>A container's block blobs as files.</summary>
public sealed class BlobTree(BlobContainerClient container) : IFileTree
{
    public string Location { get; } = container.Uri.GetLeftPart(UriPartial.Path);

    public async IAsyncEnumerable<string> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var blob in ListBlobsAsync(prefix, cancellationToken))
            yield return blob.Name;
    }

    /// <remarks>One request: the file as it is now, whatever is written meanwhile.</remarks>
    public async Task<Stream?> OpenReadAsync(string path, CancellationToken cancellationToken)
    {
        if (!BlobPaths.IsValid(path))
            return null;
        try
        {
            return (await container.GetBlobClient(path).DownloadStreamingAsync(cancellationToken: cancellationToken)).Value.Content;
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    /// <returns>The content with its ETag; null when there is no such blob.</returns>
    public async Task<StoredFile?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (!BlobPaths.IsValid(path))
            return null;
        try
        {
            var download = await container.GetBlobClient(path).DownloadContentAsync(cancellationToken);
            return new StoredFile(download.Value.Content, download.Value.Details.ETag);
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    /// <param name="onlyIf">The ETag that is replaced; <see cref="ETag.All"/>: only when there is none yet; null: whatever is there.</param>
    /// <returns>The new ETag; null when the condition does not hold: nothing was written.</returns>
    public async Task<ETag?> WriteAsync(string path, BinaryData content, ETag? onlyIf, CancellationToken cancellationToken,
        IDictionary<string, string>? metadata = null)
    {
        var blob = container.GetBlobClient(BlobPaths.Checked(path));
        var options = new BlobUploadOptions
        {
            HttpHeaders = new BlobHttpHeaders { ContentType = ContentTypeOf(path) },
            Metadata = metadata,
            Conditions = onlyIf switch
            {
                null => null,
                { } etag when etag == ETag.All => new BlobRequestConditions { IfNoneMatch = ETag.All },
                var etag => new BlobRequestConditions { IfMatch = etag },
            },
        };
        for (var isMade = false; ;)
        {
            try
            {
                return (await blob.UploadAsync(content, options, cancellationToken)).Value.ETag;
            }
            catch (RequestFailedException missing) when (missing.ErrorCode == BlobErrorCode.ContainerNotFound && !isMade)
            {
                // Others may be making it, and this file in it, at the same time.
                await container.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
                isMade = true;
            }
            catch (RequestFailedException refused) when (onlyIf is not null && IsConditionNotMet(refused))
            {
                // A time-out may have hidden that our own write went through: then what is there is what we wrote.
                return await ReadAsync(path, cancellationToken) is { } there && there.Content.ToMemory().Span.SequenceEqual(content.ToMemory().Span)
                    ? there.ETag
                    : null;
            }
        }
    }

    public async Task<bool> DeleteAsync(string path, CancellationToken cancellationToken) =>
        await container.GetBlobClient(BlobPaths.Checked(path)).DeleteIfExistsAsync(cancellationToken: cancellationToken);

    /// <summary>Names directly below a prefix that ends in a slash, each without it.</summary>
    internal async IAsyncEnumerable<string> ListFoldersAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pages = container.GetBlobsByHierarchyAsync(
            new GetBlobsByHierarchyOptions { Delimiter = "/", Prefix = prefix }, cancellationToken);
        await foreach (var item in IfContainerExists(pages, cancellationToken))
        {
            if (item.IsPrefix)
                yield return item.Prefix[prefix.Length..^1];
        }
    }

    internal IAsyncEnumerable<BlobItem> ListBlobsAsync(string prefix, CancellationToken cancellationToken, BlobTraits traits = BlobTraits.None) =>
        IfContainerExists(container.GetBlobsAsync(new GetBlobsOptions { Prefix = prefix, Traits = traits }, cancellationToken), cancellationToken);

    private static async IAsyncEnumerable<T> IfContainerExists<T>(
        AsyncPageable<T> items, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : notnull
    {
        await using var enumerator = items.GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            try
            {
                if (!await enumerator.MoveNextAsync())
                    yield break;
            }
            catch (RequestFailedException missing) when (missing.ErrorCode == BlobErrorCode.ContainerNotFound)
            {
                yield break;
            }

            yield return enumerator.Current;
        }
    }

    // Other refusals, such as a lease somebody holds, would not go away by reading again.
    private static bool IsConditionNotMet(RequestFailedException refused) =>
        refused.ErrorCode == BlobErrorCode.ConditionNotMet || refused.ErrorCode == BlobErrorCode.BlobAlreadyExists;

    private static string ContentTypeOf(string path) => Path.GetExtension(path) switch
    {
        ".json" => "application/json; charset=utf-8",
        ".jsonl" => "application/x-ndjson; charset=utf-8",
        ".csv" => "text/csv; charset=utf-8",
        ".yaml" => "application/yaml; charset=utf-8",
        ".gz" => "application/gzip",
        ".html" => "text/html; charset=utf-8",
        _ => "application/octet-stream",
    };
}

public sealed record StoredFile(BinaryData Content, ETag ETag);
