using Azure;
using Azure.Identity;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ArenaBench.Functions.Settings;

/// <summary>Whether the account of the records answers this process; else the setting or the role that is missing.</summary>
internal sealed class StorageCheck(BlobServiceClient storage, RecordsContainer records) : IHealthCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            // Reads nothing that somebody stored; a container that is not there yet is made by the first import.
            await storage.GetBlobContainerClient(records.Name).ExistsAsync(limit.Token);
            return HealthCheckResult.Healthy();
        }
        catch (RequestFailedException refused) when (refused.Status is 401 or 403)
        {
            return Unhealthy(
                $"{storage.Uri.Host} refuses this process ({refused.ErrorCode}): give its identity the role Storage Blob Data Owner there, and allow its network. "
                + "The account is the one that AzureWebJobsStorage__accountName (or AzureWebJobsStorage) names, the identity the one of AzureWebJobsStorage__clientId.");
        }
        catch (Exception failed) when (failed is AuthenticationFailedException)
        {
            return Unhealthy(
                "This process has no identity to show to the storage: assign a managed identity and name it in AzureWebJobsStorage__clientId, sign in with az login, or set AzureWebJobsStorage to a connection string.");
        }
        catch (Exception failed) when (failed is RequestFailedException or AggregateException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return Unhealthy(
                $"{storage.Uri.GetLeftPart(UriPartial.Authority)} does not answer: check the account in AzureWebJobsStorage__accountName (or AzureWebJobsStorage); for UseDevelopmentStorage=true start Azurite.");
        }
    }

    private static HealthCheckResult Unhealthy(string what) => HealthCheckResult.Unhealthy(what);
}

internal sealed record RecordsContainer(string Name);
