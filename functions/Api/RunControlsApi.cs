using ArenaBench.Core.Runs;
using ArenaBench.Functions.Orchestrators;
using DurableTask.Core.Exceptions;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace ArenaBench.Functions.Api;

/// <summary>Holding, ending and repeating runs. Calls that are in flight always end, and what they bring is kept.</summary>
public sealed class RunControlsApi(RunCatalog runs)
{
    /// <summary>No new call is made until the run is resumed.</summary>
    [Function(nameof(SuspendRun))]
    public Task<IResult> SuspendRun(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "runs/{id}/suspend")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        ForEachAsync(client, id, instance => client.SuspendInstanceAsync(instance, "suspended by request", cancellationToken), cancellationToken);

    [Function(nameof(ResumeRun))]
    public Task<IResult> ResumeRun(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "runs/{id}/resume")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        ForEachAsync(client, id, instance => client.ResumeInstanceAsync(instance, "resumed by request", cancellationToken), cancellationToken);

    /// <summary>Ends a run for good; what it has paid for is found by a retry, or by the next run that needs it.</summary>
    [Function(nameof(CancelRun))]
    public Task<IResult> CancelRun(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "runs/{id}/cancel")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken) =>
        ForEachAsync(client, id, instance => client.TerminateInstanceAsync(instance, "cancelled by request", cancellationToken), cancellationToken);

    /// <summary>A new attempt of a run that has ended, with the same spec: only what is not there is done.</summary>
    [Function(nameof(RetryRun))]
    public async Task<IResult> RetryRun(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "runs/{id}/retry")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        if (!RunRequestReader.IsRunId(id) || await client.GetInstanceAsync(id, cancellationToken) is not { } instance)
            return Refusal.NotFound($"There is no run {id}. GET /api/runs lists them.");
        if (!instance.IsCompleted)
            return Refusal.Conflict($"Run {id} is {instance.RuntimeStatus}; a run is retried when it has ended.");

        var last = await runs.GetLastAsync(id, cancellationToken);
        var next = last.NextAttempt();
        await runs.AcceptAsync(next, cancellationToken);
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(
                nameof(RunOrchestration.RunOrchestrator), new RunInput(id, next.Spec.Attempt), new StartOrchestrationOptions(id), cancellationToken);
        }
        catch (OrchestrationAlreadyExistsException)
        {
            return Refusal.Conflict($"Another request has just restarted run {id}.");
        }

        return Accepted.Run(request, client, id);
    }

    /// <summary>The run and its children: a parent's suspension or end does not reach them by itself.</summary>
    private static async Task<IResult> ForEachAsync(
        DurableTaskClient client, string id, Func<string, Task> act, CancellationToken cancellationToken)
    {
        if (!RunRequestReader.IsRunId(id) || await client.GetInstanceAsync(id, cancellationToken) is not { } instance)
            return Refusal.NotFound($"There is no run {id}. GET /api/runs lists them.");
        if (instance.IsCompleted)
            return Refusal.Conflict($"Run {id} has ended ({instance.RuntimeStatus}).");

        // The parent first, so that it starts no more children while they are gone through.
        await act(id);
        var children = client.GetAllInstancesAsync(new OrchestrationQuery(
            InstanceIdPrefix: $"{id}:",
            Statuses: [OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Suspended]));
        await foreach (var child in children.WithCancellation(cancellationToken))
            await act(child.InstanceId);
        return Results.Accepted($"/api/runs/{id}", new { id });
    }
}
