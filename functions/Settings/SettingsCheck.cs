using System.Globalization;
using System.Text.RegularExpressions;
using ArenaBench.Core.Configuration;
using ArenaBench.Core.Storage;
using ArenaBench.Functions.Cleaning;
using ArenaBench.Functions.Requests;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;

namespace ArenaBench.Functions.Settings;

/// <summary>Reads the app's settings when it starts, and refuses to start with all that is wrong in them: each by its name, and what
/// it wants. Values are never repeated: a setting may hold a key.</summary>
internal static partial class SettingsCheck
{
    /// <exception cref="ProblemException">Something is wrong.</exception>
    public static void Run(IConfiguration configuration)
    {
        var problems = Storage(configuration).Concat(Own(configuration)).Concat(Telemetry(configuration)).ToArray();
        if (problems.Length > 0)
            throw new ProblemException([.. problems.Select(problem => new Problem("the app's settings", null, null, problem))]);
    }

    private static IEnumerable<string> Storage(IConfiguration configuration)
    {
        const string Setting = StorageConnection.Setting;
        var connection = configuration[Setting];
        var account = configuration[$"{Setting}:accountName"];
        var address = configuration[$"{Setting}:blobServiceUri"];
        if (string.IsNullOrWhiteSpace(connection) && string.IsNullOrWhiteSpace(account) && string.IsNullOrWhiteSpace(address))
        {
            yield return $"no storage is named; set {Setting}__accountName to a storage account that the app's identity may use, or {Setting} to a connection string (UseDevelopmentStorage=true for Azurite)";
            yield break;
        }

        if (!string.IsNullOrWhiteSpace(connection))
        {
            if (VaultReferences.IsOne(connection))
                yield return VaultReferences.Unread(Setting);
            else if (!IsConnectionString(connection))
                yield return $"{Setting} is not a storage connection string; give one, UseDevelopmentStorage=true for Azurite, or leave it out and set {Setting}__accountName";
            yield break;
        }

        if (!string.IsNullOrWhiteSpace(address))
        {
            if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("https" or "http"))
                yield return $"{Setting}__blobServiceUri is not a URL such as https://myaccount.blob.core.windows.net";
        }
        else if (!AccountName().IsMatch(account!))
        {
            yield return $"{Setting}__accountName is not a storage account's name, which has 3 to 24 lower-case letters and digits";
        }

        var credential = configuration[$"{Setting}:credential"];
        if (!string.IsNullOrEmpty(credential) && !credential.Equals("managedidentity", StringComparison.OrdinalIgnoreCase))
            yield return $"{Setting}__credential is to be managedidentity, or not set";
        var client = configuration[$"{Setting}:clientId"];
        if (!string.IsNullOrEmpty(client) && !Guid.TryParse(client, out _))
            yield return $"{Setting}__clientId is not the client id (a GUID) of a managed identity";
    }

    private static IEnumerable<string> Own(IConfiguration configuration)
    {
        if (configuration["ArenaBench:Container"] is { } container && !ContainerName().IsMatch(container))
            yield return "ArenaBench__Container is not a container's name: 3 to 63 lower-case letters, digits and single dashes, such as " + ArenaContainer.DefaultName;
        if (configuration["ArenaBench:PostsPerMinute"] is { } rate && !IsWhole(rate, 100_000))
            yield return $"{StartRate.Setting} is not a whole number from 0 (no limit) to 100000";
        if (configuration[Retention.Setting] is { Length: > 0 } retention && !IsWhole(retention, 36_500))
            yield return $"{Retention.Setting.Replace(":", "__", StringComparison.Ordinal)} is not a whole number of days; 0 keeps runs for ever";
        if (configuration["AZURE_CLIENT_ID"] is { Length: > 0 } client && !Guid.TryParse(client, out _))
            yield return "AZURE_CLIENT_ID is not the client id (a GUID) of a managed identity";
    }

    private static IEnumerable<string> Telemetry(IConfiguration configuration)
    {
        foreach (var setting in new[] { "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT" })
        {
            if (configuration[setting] is { Length: > 0 } address && (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https")))
                yield return $"{setting} is not the URL of an OpenTelemetry collector, such as http://localhost:4317";
        }

        if (configuration["APPLICATIONINSIGHTS_CONNECTION_STRING"] is { Length: > 0 } insights && !insights.Contains("InstrumentationKey=", StringComparison.OrdinalIgnoreCase))
            yield return "APPLICATIONINSIGHTS_CONNECTION_STRING is not a connection string of Application Insights; copy it from the resource's overview, or remove it";
    }

    private static bool IsWhole(string text, int most) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most;

    private static bool IsConnectionString(string text)
    {
        try
        {
            _ = new BlobServiceClient(text);
            return true;
        }
        catch (Exception malformed) when (malformed is FormatException or ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    [GeneratedRegex("^[a-z0-9]{3,24}$", RegexOptions.CultureInvariant)]
    private static partial Regex AccountName();

    [GeneratedRegex("^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.CultureInvariant)]
    private static partial Regex ContainerName();
}
