using Azure.Identity;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
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
        // Without an argument: the other overload reads no sampler from the settings.
        telemetry.UseAzureMonitorExporter();
        telemetry.Services.Configure<AzureMonitorExporterOptions>(options =>
        {
            options.ConnectionString = connection;
            // Unless one of its samplers is chosen the exporter keeps five traces a second, and a run would lack most of its spans.
            if (configuration["OTEL_TRACES_SAMPLER"]?.StartsWith("microsoft.", StringComparison.OrdinalIgnoreCase) != true)
                (options.SamplingRatio, options.TracesPerSecond) = (1f, null);
            // The component takes telemetry from Entra identities only: infra/modules/monitoring.bicep.
            if (configuration["APPLICATIONINSIGHTS_AUTHENTICATION_STRING"]?.Contains("Authorization=AAD", StringComparison.OrdinalIgnoreCase) == true)
                options.Credential = new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = configuration["AZURE_CLIENT_ID"] });
        });
    }
}
