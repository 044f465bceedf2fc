using ArenaBench.Core.Records;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ArenaBench.Functions.Api;

public sealed record Liveness(string Status);

public sealed record Readiness(string Status, IReadOnlyList<ReadinessCheck> Checks);

/// <param name="Detail">What it wants, where it does not answer.</param>
public sealed record ReadinessCheck(string Name, string Status, string? Detail);

/// <summary>For probes and load balancers. Both want a key like every other route: what is ready tells what there is.</summary>
public sealed class HealthApi(HealthCheckService checks)
{
    /// <summary>The process answers.</summary>
    [Function(nameof(GetLiveness))]
    public IResult GetLiveness(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "health/live")] HttpRequest request) => Results.Json(new Liveness("Healthy"), JsonFiles.Options);

    /// <summary>What it needs answers too: 503 names what does not, and what it wants.</summary>
    [Function(nameof(GetReadiness))]
    public async Task<IResult> GetReadiness(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "health/ready")] HttpRequest request, CancellationToken cancellationToken)
    {
        var report = await checks.CheckHealthAsync(cancellationToken);
        var body = new Readiness(
            report.Status.ToString(), [.. report.Entries.Select(entry => new ReadinessCheck(entry.Key, entry.Value.Status.ToString(), entry.Value.Description))]);
        return Results.Json(body, JsonFiles.Options, statusCode: report.Status == HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK);
    }
}
