using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.Configuration;
using OpenTelemetry;

namespace ArenaBench.Functions.Telemetry;

/// <summary>Application Insights, by its exporter for OpenTelemetry: its older packages crash the worker at start.</summary>
internal static partial class TelemetryWiring
{
    private const string Connection = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    static partial void HasAzureMonitor(IConfiguration configuration, ref bool has) => has = configuration[Connection] is { Length: > 0 };

    static partial void AddAzureMonitor(IOpenTelemetryBuilder telemetry, IConfiguration configuration)
    {
        // One trace with the host's, which writes the requests.
        telemetry.UseFunctionsWorkerDefaults();
        if (configuration[Connection] is not { Length: > 0 } connection)
            return;
        telemetry.UseAzureMonitorExporter(options =>
        {
            options.ConnectionString = connection;
            // The component takes telemetry from Entra identities only: infra/modules/monitoring.bicep.
            if (configuration["APPLICATIONINSIGHTS_AUTHENTICATION_STRING"]?.Contains("Authorization=AAD", StringComparison.OrdinalIgnoreCase) == true)
                options.Credential = new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = configuration["AZURE_CLIENT_ID"] });
        });
    }
}
