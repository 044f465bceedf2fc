using System.Text.Json;
using System.Text.Json.Serialization;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace ArenaBench.Core.Models.Coordination;

/// <summary>Reads and replaces one endpoint's file.</summary>
internal sealed class ShareBlob(BlobContainerClient container, string name)
{
    private const int LongestRead = 1 << 20;

    private readonly BlobClient _blob = container.GetBlobClient($"coordination/{name}.json");

    /// <summary>The file, its version, and the storage's own time: hosts' clocks need not agree.</summary>
    public async Task<(ShareFile File, ETag? Version, DateTimeOffset Now)> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var response = await _blob.DownloadContentAsync(cancellationToken).ConfigureAwait(false);
            var now = response.GetRawResponse().Headers.Date ?? response.Value.Details.LastModified;
            return (Parse(response.Value.Content), response.Value.Details.ETag, now);
        }
        catch (RequestFailedException exception) when (exception.Status == 404 && exception.GetRawResponse()?.Headers.Date is not null)
        {
            if (exception.ErrorCode == BlobErrorCode.ContainerNotFound)
                await container.CreateIfNotExistsAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            return (ShareFile.Empty, null, exception.GetRawResponse()!.Headers.Date!.Value);
        }
    }

    /// <returns>False: another host was faster; read again.</returns>
    public async Task<bool> TryWriteAsync(ShareFile file, ETag? version, CancellationToken cancellationToken)
    {
        var conditions = version is { } tag ? new BlobRequestConditions { IfMatch = tag } : new BlobRequestConditions { IfNoneMatch = ETag.All };
        try
        {
            await _blob.UploadAsync(
                BinaryData.FromBytes(JsonSerializer.SerializeToUtf8Bytes(file, CoordinationJson.Default.ShareFile)),
                new BlobUploadOptions { Conditions = conditions, HttpHeaders = new BlobHttpHeaders { ContentType = "application/json" } },
                cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (RequestFailedException exception) when (exception.Status is 409 or 412)
        {
            return false;
        }
    }

    // A file that somebody damaged is started afresh: hosts that live are in it again within seconds.
    private static ShareFile Parse(BinaryData content)
    {
        if (content.ToMemory().Length > LongestRead)
            return ShareFile.Empty;
        try
        {
            return JsonSerializer.Deserialize(content.ToMemory().Span, CoordinationJson.Default.ShareFile) is { Schema: ShareFile.CurrentSchema, Hosts: not null } file
                ? file
                : ShareFile.Empty;
        }
        catch (JsonException)
        {
            return ShareFile.Empty;
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ShareFile))]
internal sealed partial class CoordinationJson : JsonSerializerContext;
