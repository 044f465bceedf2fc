using ArenaBench.Core.Runs;
using ArenaBench.Core.Storage;
using ArenaBench.Functions.Reports;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ArenaBench.Functions.Api;

/// <summary>A run's report, as its end wrote it.</summary>
public sealed class ReportApi(ArenaContainer store)
{
    [Function(nameof(GetReport))]
    public async Task<IResult> GetReport(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "runs/{id}/report")] HttpRequest request,
        string id,
        CancellationToken cancellationToken)
    {
        if (!RunRequestReader.IsRunId(id) || await store.Runs.ReadAsync(id, RunFiles.Report, cancellationToken) is not { } report)
            return Refusal.NotFound($"Run {id} has no report yet, or there is no such run. GET /api/runs/{id} tells.");
        var headers = request.HttpContext.Response.Headers;
        headers.ContentSecurityPolicy = ReportPage.Policy + "; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        return Results.Bytes(report.ToArray(), "text/html; charset=utf-8");
    }
}
