using ArenaBench.Core.Configuration;
using ArenaBench.Core.Records;
using ArenaBench.Core.Runs;
using ArenaBench.Core.Telemetry;
using ArenaBench.Functions.Orchestrators;
using DurableTask.Core.Exceptions;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace ArenaBench.Functions.Api;

/// <summary>Holding, ending and repeating runs. Calls in flight end, and what they bring is kept, unless a cancel says otherwise.</summary>
public sealed class RunControlsApi(RunCatalog runs, RunSpending spending)
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

    /// <summary>Ends a run for good. What it has paid for is published and scored, and found by a retry or by the next run that needs it.</summary>
    [Function(nameof(CancelRun))]
    public async Task<IResult> CancelRun(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "runs/{id}/cancel")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        var mode = request.Query["mode"].ToString();
        if (mode is not ("" or "finish" or "abandon"))
            return Refusal.BadRequest($"mode is \"{mode}\"; finish lets calls in flight end, abandon gives them up.");
        var order = new CancelOrder(mode == "abandon");
        var answer = await ForEachAsync(
            client, id, instance => client.RaiseEventAsync(instance, CancelOrder.Event, order, cancellationToken), cancellationToken);
        // A suspended run takes no orders: it hears this one, and ends, once it goes on.
        if (await client.GetInstanceAsync(id, cancellationToken) is { RuntimeStatus: OrchestrationRuntimeStatus.Suspended })
            await ForEachAsync(client, id, instance => client.ResumeInstanceAsync(instance, "cancelled by request", cancellationToken), cancellationToken);
        return answer;
    }

    /// <summary>A new attempt of a run that has ended, with the same spec: only what is not there is done. A body may give another budget.</summary>
    [Function(nameof(RetryRun))]
    public async Task<IResult> RetryRun(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "runs/{id}/retry")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        if (!RunRequestReader.IsRunId(id) || await client.GetInstanceAsync(id, getInputsAndOutputs: true, cancellationToken) is not { } instance)
            return Refusal.NoRun(id);
        if (!instance.IsCompleted)
            return Refusal.Conflict($"Run {id} is {instance.RuntimeStatus}; a run is retried when it has ended.");
        try
        {
            var budget = RetryRequest.Parse(await RequestBody.ReadOptionalTextAsync(request, RequestBody.RunLimit, cancellationToken));
            var last = await runs.GetLastAsync(id, cancellationToken);
            if (budget is null && last.Spec.Budget is { } used && WasOverBudget(instance))
                return Refusal.Conflict($"Run {id} has used up its budget of {used}, which bounds all its attempts together. Retry it with a larger one, as {{\"budget\": {{\"usd\": 10}}}} or: arena retry {id} --budget-usd 10");
            using var accept = RunTrace.Accept(request.Headers.TraceParent);
            var next = (await new RunRetry(spending).NextAsync(last, budget, cancellationToken)).TracedBy(accept);
            await runs.AcceptAsync(next, cancellationToken);
            await client.ScheduleNewOrchestrationInstanceAsync(
                nameof(RunOrchestration.RunOrchestrator), new RunInput(id, next.Spec.Attempt), new StartOrchestrationOptions(id), cancellationToken);
            return Accepted.Run(request, client, id);
        }
        catch (ProblemException refused)
        {
            return Refusal.Of(refused);
        }
        catch (BodyTooLargeException tooLarge)
        {
            return Refusal.TooLarge(tooLarge.Message);
        }
        catch (OrchestrationAlreadyExistsException)
        {
            return Refusal.Conflict($"Another request has just restarted run {id}.");
        }
    }

    private static bool WasOverBudget(OrchestrationMetadata instance) =>
        instance.RuntimeStatus == OrchestrationRuntimeStatus.Completed
        && instance.ReadOutputAs<RunResult>()?.Totals.Failures.ContainsKey(RecordStatus.OverBudget.Name()) == true;

    /// <summary>The run and its children: a parent's suspension or end does not reach them by itself.</summary>
    private static async Task<IResult> ForEachAsync(
        DurableTaskClient client, string id, Func<string, Task> act, CancellationToken cancellationToken)
    {
        if (!RunRequestReader.IsRunId(id) || await client.GetInstanceAsync(id, cancellationToken) is not { } instance)
            return Refusal.NoRun(id);
        if (instance.IsCompleted)
            return Refusal.Conflict($"Run {id} has ended ({instance.RuntimeStatus}).");

        // The parent first, so that it starts no more children while they are gone through.
        await UnlessEndedAsync(client, id, act, cancellationToken);
        var children = client.GetAllInstancesAsync(new OrchestrationQuery(
            InstanceIdPrefix: $"{id}:",
            Statuses: [OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Suspended]));
        await foreach (var child in children.WithCancellation(cancellationToken))
            await UnlessEndedAsync(client, child.InstanceId, act, cancellationToken);
        return Results.Accepted($"/api/runs/{id}", new RunId(id));
    }

    /// <summary>An instance may end between being listed and being told, which hosts report in different ways.</summary>
    private static async Task UnlessEndedAsync(
        DurableTaskClient client, string id, Func<string, Task> act, CancellationToken cancellationToken)
    {
        try
        {
            await act(id);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            if (await client.GetInstanceAsync(id, cancellationToken) is { IsCompleted: false })
                throw;
        }
    }
}
