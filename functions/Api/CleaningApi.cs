using ArenaBench.Core.Configuration;
using ArenaBench.Core.Records;
using ArenaBench.Core.Runs;
using ArenaBench.Core.Storage;
using ArenaBench.Functions.Cleaning;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace ArenaBench.Functions.Api;

/// <summary>Deleting runs, and what is left of runs that are over. Canonical records stay.</summary>
public sealed class CleaningApi(StoreCleaner cleaner, ArenaContainer store)
{
    /// <summary>Deletes one run that has ended, with its records, leaderboard and histories.</summary>
    [Function(nameof(DeleteRun))]
    public async Task<IResult> DeleteRun(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = "runs/{id}")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var instance = RunRequestReader.IsRunId(id) ? await client.GetInstanceAsync(id, cancellationToken) : null;
        if (instance is null && (!RunRequestReader.IsRunId(id) || await store.Runs.LastChangedAsync(id, cancellationToken) is null))
            return Refusal.NoRun(id);
        if (instance is { IsCompleted: false })
            return Refusal.Conflict($"Run {id} is {instance.RuntimeStatus}. Wait for it, or cancel it: POST /api/runs/{id}/cancel");
        await cleaner.DeleteRunAsync(client, id, cancellationToken);
        return Results.NoContent();
    }

    /// <summary>Takes away what nobody needs any more.</summary>
    [Function(nameof(Clean))]
    public async Task<IResult> Clean(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "clean")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        try
        {
            var asked = CleaningRequest.Read(request.Query);
            return Results.Json(await cleaner.CleanAsync(client, asked.OlderThan, asked.DryRun, cancellationToken), JsonFiles.Options);
        }
        catch (ProblemException refused)
        {
            return Refusal.Of(refused, "Nothing was deleted.");
        }
    }
}
