using ArenaBench.LocalRuntime.Engine;
using Azure;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;

namespace ArenaBench.LocalRuntime.Hosting;

/// <summary>The blob account that <c>AzureWebJobsStorage</c> names.</summary>
internal static class BlobAccount
{
    private const string Setting = "AzureWebJobsStorage";

    /// <exception cref="LocalHostException">The setting is missing or wrong, or nothing answers there.</exception>
    public static async Task<BlobServiceClient> OpenAsync(
        string? connectionString, IConfiguration settings, CancellationToken cancellation)
    {
        var text = connectionString ?? settings[Setting];
        if (string.IsNullOrWhiteSpace(text))
            throw new LocalHostException(settings.GetSection(Setting).GetChildren().Any()
                ? $"{Setting} is given by parts (identity-based), which only Azure's host reads: "
                    + "set it to a connection string, or UseDevelopmentStorage=true for the emulator."
                : $"{Setting} is not set: give a connection string in local.settings.json or the environment, "
                    + "or UseDevelopmentStorage=true for the emulator.");

        try
        {
            var probe = new BlobClientOptions { Retry = { MaxRetries = 1, NetworkTimeout = TimeSpan.FromSeconds(10) } };
            await new BlobServiceClient(text, probe).GetPropertiesAsync(cancellation);
            return new BlobServiceClient(text, DurableEngine.StorageOptions());
        }
        catch (FormatException e)
        {
            throw new LocalHostException($"{Setting} is not a storage connection string.", e);
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException)
        {
            var reason = e is RequestFailedException { Status: > 0 } refused ? $"answers {refused.Status} {refused.ErrorCode}" : "does not answer";
            throw new LocalHostException(
                $"The blob storage of {Setting} ({new BlobServiceClient(text).Uri}) {reason}. "
                + "Start it (for UseDevelopmentStorage=true: Azurite), or correct the setting.", e);
        }
    }
}
