using ArenaBench.Core.Runs;
using ArenaBench.Core.Storage;
using ArenaBench.Functions.Viewer;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace ArenaBench.Functions.Api;

/// <summary>A run as a folder of files, to put on any web host.</summary>
public sealed class SiteApi(RunCatalog runs, RunSite site, ArenaContainer store)
{
    [Function(nameof(GetSite))]
    public async Task<IResult> GetSite(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "runs/{id}/site")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        if (!RunRequestReader.IsRunId(id) || await runs.FindLastAsync(id, cancellationToken) is not { } run)
            return Refusal.NoRun(id);
        if (await client.GetInstanceAsync(id, cancellationToken) is { IsCompleted: false })
            return Refusal.Conflict($"Run {id} has not ended: files would keep what it is half way. Wait for its end, or cancel it.");
        if (run.Plan is null || await store.Runs.ReadAsync(id, RunFiles.LeaderboardJson, cancellationToken) is not { } leaderboard)
            return Refusal.NotFound($"Run {id} has no leaderboard, which the first page would show. GET /api/runs/{id} tells why.");
        var csv = await store.Runs.ReadAsync(id, RunFiles.LeaderboardCsv, cancellationToken);
        return await ZipAnswer.OfAsync($"{id}-site.zip", target => site.PackAsync(run, (leaderboard, csv), target, cancellationToken));
    }
}
