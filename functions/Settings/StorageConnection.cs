using Azure.Identity;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;

namespace ArenaBench.Functions.Settings;

/// <summary>The blob account of the records: the host's own, by connection string or by identity, with the settings that the host uses.</summary>
internal static class StorageConnection
{
    public const string Setting = "AzureWebJobsStorage";

    /// <exception cref="InvalidOperationException">No setting names an account, or it cannot be understood.</exception>
    public static BlobServiceClient Open(IConfiguration configuration)
    {
        if (configuration[Setting] is { Length: > 0 } connection)
        {
            try
            {
                return new BlobServiceClient(connection);
            }
            catch (FormatException)
            {
                throw new InvalidOperationException(
                    $"The setting {Setting} is not a storage connection string. Give one, or UseDevelopmentStorage=true for Azurite, "
                    + $"or for an identity {Setting}__blobServiceUri.");
            }
        }

        var uri = configuration[$"{Setting}:blobServiceUri"]
            ?? (configuration[$"{Setting}:accountName"] is { Length: > 0 } account ? $"https://{account}.blob.core.windows.net" : null);
        if (uri is null)
        {
            throw new InvalidOperationException(
                $"There is no storage: set {Setting} to a connection string (UseDevelopmentStorage=true for Azurite), "
                + $"or {Setting}__accountName to use the app's identity.");
        }

        var identity = new DefaultAzureCredentialOptions { ManagedIdentityClientId = configuration[$"{Setting}:clientId"] };
        return new BlobServiceClient(new Uri(uri), new DefaultAzureCredential(identity));
    }
}
