using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace BehaviourApp;

/// <summary>The durable client, by HTTP: what it returns, or the type of what it throws.</summary>
public static class ClientFunctions
{
    [Function(nameof(Start))]
    public static async Task<IResult> Start(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "start/{name}/{id?}")] HttpRequest request,
        [DurableClient] DurableTaskClient client, string name, string? id, CancellationToken cancellation)
    {
        using var reader = new StreamReader(request.Body);
        var body = await reader.ReadToEndAsync(cancellation);
        object? input = body.Length > 0 ? JsonSerializer.Deserialize<JsonElement>(body) : null;
        try
        {
            var options = id is null ? null : new StartOrchestrationOptions(id);
            var started = await client.ScheduleNewOrchestrationInstanceAsync(name, input, options, cancellation);
            var links = client.CreateHttpManagementPayload(started);
            var here = $"{request.Scheme}://{request.Host}";
            return Results.Accepted(Here(links.StatusQueryGetUri, here), new
            {
                id = started,
                statusQueryGetUri = Here(links.StatusQueryGetUri, here),
                sendEventPostUri = Here(links.SendEventPostUri, here),
                terminatePostUri = Here(links.TerminatePostUri, here),
                suspendPostUri = Here(links.SuspendPostUri, here),
                resumePostUri = Here(links.ResumePostUri, here),
                purgeHistoryDeleteUri = Here(links.PurgeHistoryDeleteUri, here),
            });
        }
        catch (Exception e) when (e.GetType().Name == "OrchestrationAlreadyExistsException")
        {
            return Results.Conflict();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return Results.BadRequest(e.GetType().Name);
        }
    }

    [Function(nameof(Ask))]
    public static async Task<IResult> Ask(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "client/{operation}/{id}")] HttpRequest request,
        [DurableClient] DurableTaskClient client, string operation, string id, CancellationToken cancellation)
    {
        try
        {
            return operation switch
            {
                "get" => Results.Json(await client.GetInstanceAsync(id, cancellation) is not null),
                "purge" => Results.Json((await client.PurgeInstanceAsync(id, cancellation)).PurgedInstanceCount),
                "raise" => await Done(client.RaiseEventAsync(id, "Go", 1, cancellation)),
                "terminate" => await Done(client.TerminateInstanceAsync(id, cancellation)),
                _ => Results.NotFound(),
            };
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return Results.Json("threw");
        }
    }

    private static async Task<IResult> Done(Task task)
    {
        await task;
        return Results.Json("done");
    }

    /// <summary>The same link under the address that the caller used.</summary>
    private static string? Here(string? link, string authority) =>
        link is null ? null : authority + link[link.IndexOf("/runtime/", StringComparison.Ordinal)..];
}
