using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ArenaBench.Functions.Api;

/// <summary>For probes and load balancers. Both want a key like every other route: what is ready tells what there is.</summary>
public sealed class HealthApi(HealthCheckService checks)
{
    /// <summary>The process answers.</summary>
    [Function(nameof(GetLiveness))]
    public IResult GetLiveness(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "health/live")] HttpRequest request) => Results.Json(new { status = "Healthy" });

    /// <summary>What it needs answers too: 503 names what does not, and what it wants.</summary>
    [Function(nameof(GetReadiness))]
    public async Task<IResult> GetReadiness(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "health/ready")] HttpRequest request, CancellationToken cancellationToken)
    {
        var report = await checks.CheckHealthAsync(cancellationToken);
        var body = new
        {
            status = report.Status.ToString(),
            checks = report.Entries.Select(entry => new { name = entry.Key, status = entry.Value.Status.ToString(), detail = entry.Value.Description }),
        };
        return Results.Json(body, statusCode: report.Status == HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
    }
}
