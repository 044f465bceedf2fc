using ArenaBench.Core.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Resources;

namespace ArenaBench.Functions.Telemetry;

/// <summary>Traces, metrics and logs go where OpenTelemetry's standard settings say, and in the Azure flavour to Application Insights
/// too. Where nothing is set nothing listens, and spans cost nothing.</summary>
internal static partial class TelemetryWiring
{
    private static readonly string[] OtlpSettings =
        ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT"];

    public static IServiceCollection AddArenaBenchTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        if (configuration["OTEL_SDK_DISABLED"] is "true" or "True")
            return services;
        var toCollector = OtlpSettings.Any(setting => configuration[setting] is { Length: > 0 });
        var toAzure = false;
        HasAzureMonitor(configuration, ref toAzure);
        if (!toCollector && !toAzure)
            return services;

        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource =>
            {
                if (configuration["OTEL_SERVICE_NAME"] is not { Length: > 0 })
                    resource.AddService("arenabench", serviceVersion: ArenaTelemetry.Version);
            })
            .WithTracing(traces => traces.AddSource(ArenaTelemetry.Name))
            .WithMetrics(metrics => metrics.AddMeter(ArenaTelemetry.Name))
            .WithLogging();
        if (toCollector)
            telemetry.UseOtlpExporter();
        AddAzureMonitor(telemetry, configuration);
        return services;
    }

    static partial void HasAzureMonitor(IConfiguration configuration, ref bool has);

    static partial void AddAzureMonitor(IOpenTelemetryBuilder telemetry, IConfiguration configuration);
}
