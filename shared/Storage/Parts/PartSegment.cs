using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;

namespace ArenaBench.Core.Storage;

/// <summary>One append blob of a part.</summary>
internal sealed class PartSegment(BlobContainerClient container, string path)
{
    private readonly AppendBlobClient _blob = container.GetAppendBlobClient(path);

    public string Path => path;

    /// <summary>Reads from a position that is known to follow a line's end, or from 0.</summary>
    /// <returns>Null when the blob no longer reaches so far, or holds something else there: the storage went back in time.</returns>
    public async Task<SegmentTail?> ReadTailAsync(long from, CancellationToken cancellationToken)
    {
        try
        {
            // One byte before it, so that the range is never empty, which would be an error like a range past the end.
            var options = from == 0 ? null : new BlobDownloadOptions { Range = new HttpRange(from - 1) };
            var download = (await _blob.DownloadContentAsync(options, cancellationToken)).Value;
            var bytes = download.Content.ToMemory();
            if (from > 0 && bytes.Span is not [(byte)'\n', ..])
                return null;
            return new SegmentTail(true, from == 0 ? bytes : bytes[1..], download.Details.BlobCommittedBlockCount);
        }
        catch (RequestFailedException missing) when (missing.Status is 404 or 416)
        {
            return from > 0 ? null : new SegmentTail(missing.Status == 416, default, 0);
        }
    }

    /// <returns>Null when the blob is missing or ends before <paramref name="end"/>.</returns>
    public async Task<ReadOnlyMemory<byte>?> ReadAsync(long start, long end, CancellationToken cancellationToken)
    {
        try
        {
            var range = new BlobDownloadOptions { Range = new HttpRange(start, end - start) };
            var bytes = (await _blob.DownloadContentAsync(range, cancellationToken)).Value.Content.ToMemory();
            return bytes.Length == end - start ? bytes : null;
        }
        catch (RequestFailedException missing) when (missing.Status is 404 or 416)
        {
            return null;
        }
    }

    /// <summary>Makes the blob; fine when it is there already.</summary>
    public async Task CreateAsync()
    {
        var onlyNew = new AppendBlobCreateOptions
        {
            HttpHeaders = new BlobHttpHeaders { ContentType = "application/x-ndjson; charset=utf-8" },
            Conditions = new AppendBlobRequestConditions { IfNoneMatch = ETag.All },
        };
        while (true)
        {
            try
            {
                await _blob.CreateAsync(onlyNew);
                return;
            }
            catch (RequestFailedException there) when (there.ErrorCode == BlobErrorCode.BlobAlreadyExists)
            {
                // Made by another writer, or by our own attempt that seemed to fail.
                return;
            }
            catch (RequestFailedException missing) when (missing.ErrorCode == BlobErrorCode.ContainerNotFound)
            {
                await container.CreateIfNotExistsAsync();
            }
        }
    }

    /// <summary>Appends if the blob ends at <paramref name="position"/>.</summary>
    /// <returns>The number of its blocks.</returns>
    public async Task<int> AppendAsync(byte[] block, long position)
    {
        using var content = new MemoryStream(block, writable: false);
        var options = new AppendBlobAppendBlockOptions
        {
            Conditions = new AppendBlobRequestConditions { IfAppendPositionEqual = position },
        };
        return (await _blob.AppendBlockAsync(content, options)).Value.BlobCommittedBlockCount;
    }
}

/// <param name="Exists">Whether the blob was there.</param>
/// <param name="Bytes">From the position asked for to the end.</param>
internal sealed record SegmentTail(bool Exists, ReadOnlyMemory<byte> Bytes, int Blocks);
