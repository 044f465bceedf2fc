using ArenaBench.Core.Configuration;
using ArenaBench.Core.Costs;
using ArenaBench.Core.Models;
using ArenaBench.Core.Records;
using ArenaBench.Core.Runs;
using ArenaBench.Core.Storage;
using ArenaBench.Core.Telemetry;
using ArenaBench.Functions.Orchestrators;
using DurableTask.Core.Exceptions;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace ArenaBench.Functions.Api;

/// <summary>Starting runs and reading them. docs/http-api.md describes what callers see.</summary>
public sealed class RunsApi(
    RunPreparation preparation, RunCatalog runs, RunScoring scoring, CostEstimator estimator, ReuseExplanation explanation, ArenaContainer store, EndpointProbe probe, TimeProvider time)
{
    /// <summary>Validates a request whole, freezes it and starts its orchestration.</summary>
    [Function(nameof(StartRun))]
    public async Task<IResult> StartRun(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "runs")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        try
        {
            var body = await RequestBody.ReadTextAsync(request, RequestBody.RunLimit, cancellationToken);
            return await StartAsync(request, client, body, cancellationToken);
        }
        catch (ProblemException refused)
        {
            return Refusal.Of(refused);
        }
        catch (BodyTooLargeException tooLarge)
        {
            return Refusal.TooLarge(tooLarge.Message);
        }
    }

    /// <summary>The same for a body that has been read, or was made by the viewer's form.</summary>
    internal async Task<IResult> StartAsync(HttpRequest request, DurableTaskClient client, string body, CancellationToken cancellationToken)
    {
        try
        {
            using var accept = RunTrace.Accept(request.Headers.TraceParent);
            var asked = RunRequestReader.Parse(body, "the request body");
            var id = asked.Id ?? RunIds.New(time);
            if (await FindConflictAsync(client, asked, id, cancellationToken) is { } conflict)
                return conflict;

            var attempt = runs.NextAttemptAsync(id, cancellationToken);
            var resolved = await preparation.ResolveAsync(asked, id, cancellationToken);
            var frozen = resolved.AsAttempt(await attempt).TracedBy(accept);
            if (await probe.FindUnreachableAsync(frozen.Spec.CalledModels, cancellationToken, asked.Places.OfModel) is { Count: > 0 } unreachable)
                throw new ProblemException(unreachable);
            if (asked.DryRun)
                return Results.Json(RunPreview.Of(frozen, await estimator.EstimateAsync(frozen, cancellationToken)), JsonFiles.Options);
            await runs.AcceptAsync(frozen, cancellationToken);
            await client.ScheduleNewOrchestrationInstanceAsync(
                nameof(RunOrchestration.RunOrchestrator), new RunInput(id, frozen.Spec.Attempt), new StartOrchestrationOptions(id), cancellationToken);
            return Accepted.Run(request, client, id);
        }
        catch (ProblemException refused)
        {
            return Refusal.Of(refused);
        }
        catch (OrchestrationAlreadyExistsException)
        {
            return Refusal.Conflict("Another request has just started this run.");
        }
    }

    /// <summary>What of a run is there already, and why the rest would be made. Nothing is started.</summary>
    [Function(nameof(ExplainRun))]
    public async Task<IResult> ExplainRun(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "runs/explain")] HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var asked = RunRequestReader.Parse(await RequestBody.ReadTextAsync(request, RequestBody.RunLimit, cancellationToken), "the request body");
            var frozen = await preparation.ResolveAsync(asked, asked.Id ?? "explained", cancellationToken);
            return Results.Json(await explanation.ExplainAsync(frozen, cancellationToken), JsonFiles.Options);
        }
        catch (ProblemException refused)
        {
            return Refusal.Of(refused);
        }
        catch (BodyTooLargeException tooLarge)
        {
            return Refusal.TooLarge(tooLarge.Message);
        }
    }

    [Function(nameof(ListRuns))]
    public async Task<IResult> ListRuns(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "runs")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var list = new List<RunSummary>();
        await foreach (var run in store.Runs.ListAsync(cancellationToken))
        {
            if (await client.GetInstanceAsync(run, getInputsAndOutputs: true, cancellationToken) is { } instance)
                list.Add(RunSummary.Of(instance));
        }

        return Results.Json(
            new RunList([.. list.OrderByDescending(run => run.Created).ThenBy(run => run.Id, StringComparer.Ordinal)]), JsonFiles.Options);
    }

    [Function(nameof(GetRun))]
    public async Task<IResult> GetRun(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "runs/{id}")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        if (!RunRequestReader.IsRunId(id) || await client.GetInstanceAsync(id, getInputsAndOutputs: true, cancellationToken) is not { } instance)
            return Refusal.NoRun(id);
        return Results.Json(await RunDetail.ReadAsync(client, runs, instance, cancellationToken), JsonFiles.Options);
    }

    /// <summary>What the run was: every setting, and what its leaderboard stands on. It can be sent to start the same run again.</summary>
    [Function(nameof(GetManifest))]
    public async Task<IResult> GetManifest(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "runs/{id}/manifest")] HttpRequest request,
        string id,
        CancellationToken cancellationToken) =>
        RunRequestReader.IsRunId(id) && await store.Runs.ReadAsync(id, RunFiles.Manifest, cancellationToken) is { } content
            ? Results.Bytes(content.ToArray(), "application/json; charset=utf-8")
            : Refusal.NotFound($"Run {id} has no manifest yet, or there is no such run. GET /api/runs/{id} tells.");

    [Function(nameof(GetLeaderboard))]
    public async Task<IResult> GetLeaderboard(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "runs/{id}/leaderboard")] HttpRequest request,
        string id,
        CancellationToken cancellationToken)
    {
        if (!RunRequestReader.IsRunId(id))
            return Refusal.NoRun(id);
        try
        {
            return await new LeaderboardAnswer(runs, scoring, store).ToAsync(request, id, cancellationToken);
        }
        catch (ProblemException refused)
        {
            return Refusal.Of(refused);
        }
        catch (ArgumentException refused)
        {
            return Refusal.Of(new ProblemException(new Problem(null, null, null, refused.Message)));
        }
    }

    /// <summary>A run that is going is never started again; one that has ended only when asked for, as a new attempt.</summary>
    private static async Task<IResult?> FindConflictAsync(
        DurableTaskClient client, RunRequest asked, string id, CancellationToken cancellationToken) =>
        await client.GetInstanceAsync(id, getInputsAndOutputs: true, cancellationToken) switch
        {
            { IsCompleted: false } instance =>
                Refusal.Conflict($"Run {id} is {instance.RuntimeStatus}. Wait for it, cancel it, or choose another id."),
            { } instance when !asked.Restart =>
                Refusal.Conflict($"Run {id} has ended ({instance.RuntimeStatus}). Send restart: true for a new attempt, or choose another id."),
            _ => null,
        };
}
