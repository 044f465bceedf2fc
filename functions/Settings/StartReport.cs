using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ArenaBench.Functions.Settings;

/// <summary>Says in the log, once the app has started, what it needs and does not reach. It goes on: an outage may pass.</summary>
internal sealed partial class StartReport(HealthCheckService checks, ILogger<StartReport> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var report = await checks.CheckHealthAsync(stoppingToken);
        foreach (var (name, entry) in report.Entries)
        {
            if (entry.Status != HealthStatus.Healthy)
                NotReady(name, entry.Description ?? "no reason was given");
        }
    }

    [LoggerMessage(LogLevel.Error, "Not ready, {Check}: {Reason}")]
    private partial void NotReady(string check, string reason);
}
