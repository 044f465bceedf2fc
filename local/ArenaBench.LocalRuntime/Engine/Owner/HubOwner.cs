using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace ArenaBench.LocalRuntime.Engine;

/// <summary>
/// The claim of this process on a hub, kept as the blob <c>owner.json</c> in the hub's container, so that a second
/// host on the same storage is told so and a second command finds the running one. A claim whose process has died does
/// not hold anybody up: on the same machine the process is looked for, with its start time.
/// </summary>
public sealed class HubOwner : IAsyncDisposable
{
    private static readonly TimeSpan s_renewal = TimeSpan.FromSeconds(20);

    private readonly BlobClient _blob;
    private readonly string _hubName;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly CancellationTokenSource _lost = new();
    private bool _isReleased;

    private HubOwner(BlobClient blob, string hubName, HubClaim claim, TimeProvider time)
    {
        (_blob, _hubName, Claim, _time) = (blob, hubName, claim, time);
        Lost = _lost.Token;
        _timer = time.CreateTimer(_ => _ = RenewQuietlyAsync(), null, s_renewal, s_renewal);
    }

    public HubClaim Claim { get; private set; }

    /// <summary>Cancelled when another process has taken the hub nevertheless: stop the host.</summary>
    public CancellationToken Lost { get; }

    /// <summary>The claim of a live process, or null.</summary>
    public static async Task<HubClaim?> TryReadAsync(
        BlobServiceClient storage, string hubName, TimeProvider time, CancellationToken cancellationToken)
    {
        var (claim, _) = await ReadAsync(Blob(storage, hubName), cancellationToken).ConfigureAwait(false);
        return claim?.IsAlive(time.GetUtcNow()) == true ? claim : null;
    }

    /// <exception cref="HubTakenException">A live process has it.</exception>
    public static async Task<HubOwner> AcquireAsync(
        BlobServiceClient storage, string hubName, TimeProvider time, CancellationToken cancellationToken)
    {
        var blob = Blob(storage, hubName);
        await storage.GetBlobContainerClient(DurableEngine.ContainerName(hubName))
            .CreateIfNotExistsAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        var claim = HubClaim.OfThisProcess(time);
        await TakeAsync(blob, hubName, claim, time, cancellationToken).ConfigureAwait(false);
        return new HubOwner(blob, hubName, claim, time);
    }

    /// <summary>Says where the host listens.</summary>
    public async Task AnnounceAsync(string baseUrl, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            Claim = Claim with { BaseUrl = baseUrl };
            await RenewAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _writing.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync().ConfigureAwait(false);
        await _writing.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_isReleased)
                return;
            _isReleased = true;
            var (present, tag) = await ReadAsync(_blob, CancellationToken.None).ConfigureAwait(false);
            if (present?.ClaimId == Claim.ClaimId)
                await _blob.DeleteIfExistsAsync(conditions: new BlobRequestConditions { IfMatch = tag }).ConfigureAwait(false);
        }
        catch (RequestFailedException)
        {
            // Storage is gone or somebody else's: a claim of a process that has ended binds nobody.
        }
        finally
        {
            _writing.Release();
        }
    }

    private static BlobClient Blob(BlobServiceClient storage, string hubName) =>
        storage.GetBlobContainerClient(DurableEngine.ContainerName(hubName)).GetBlobClient("owner.json");

    private static async Task TakeAsync(
        BlobClient blob, string hubName, HubClaim claim, TimeProvider time, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (present, tag) = await ReadAsync(blob, cancellationToken).ConfigureAwait(false);
            if (present is not null && present.ClaimId != claim.ClaimId && present.IsAlive(time.GetUtcNow()))
                throw new HubTakenException(hubName, present);
            try
            {
                var content = JsonSerializer.SerializeToUtf8Bytes(claim, EngineJsonContext.Ascii.HubClaim);
                await blob.UploadAsync(
                    new BinaryData(content),
                    new BlobUploadOptions
                    {
                        Conditions = tag is { } seen
                            ? new BlobRequestConditions { IfMatch = seen }
                            : new BlobRequestConditions { IfNoneMatch = ETag.All },
                    },
                    cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (RequestFailedException raced) when (raced.Status is 404 or 409 or 412)
            {
                // Somebody was quicker: look again.
            }
        }
    }

    private static async Task<(HubClaim? Claim, ETag? Tag)> ReadAsync(BlobClient blob, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await blob.DownloadContentAsync(cancellationToken).ConfigureAwait(false);
            return (TryParse(answer.Value.Content), answer.Value.Details.ETag);
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return (null, null);
        }
    }

    private static HubClaim? TryParse(BinaryData content)
    {
        try
        {
            return JsonSerializer.Deserialize(content.ToMemory().Span, EngineJsonContext.Ascii.HubClaim);
        }
        catch (JsonException)
        {
            return null; // nobody's
        }
    }

    private async Task RenewAsync(CancellationToken cancellationToken)
    {
        Claim = Claim with { RenewedAt = _time.GetUtcNow() };
        await TakeAsync(_blob, _hubName, Claim, _time, cancellationToken).ConfigureAwait(false);
    }

    private async Task RenewQuietlyAsync()
    {
        await _writing.WaitAsync().ConfigureAwait(false);
        try
        {
            if (!_isReleased)
                await RenewAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (HubTakenException)
        {
            await _lost.CancelAsync().ConfigureAwait(false);
        }
        catch (RequestFailedException)
        {
            // An outage: the next renewal tries again.
        }
        finally
        {
            _writing.Release();
        }
    }
}
