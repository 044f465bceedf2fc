using System.Text.Json;
using ArenaBench.LocalRuntime.Functions;
using DurableTask.Core.Exceptions;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace ArenaBench.LocalRuntime.Management;

/// <summary>Starts an orchestrator by its name, or an instance once more.</summary>
internal sealed class StartRequests(AppFunctions functions, Func<DurableTaskClient> client, string? key)
{
    public async Task<IResult> StartAsync(HttpContext http, string name, string? id)
    {
        if (!functions.Of(FunctionTrigger.Orchestration).Any(f => f.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
            return Results.BadRequest(new ManagementError($"The app has no orchestrator '{name}'."));
        object? input = null;
        try
        {
            using var reader = new StreamReader(http.Request.Body);
            var body = await reader.ReadToEndAsync(http.RequestAborted);
            if (body.Length > 0) input = JsonSerializer.Deserialize<JsonElement>(body);
        }
        catch (JsonException e)
        {
            return Results.BadRequest(new ManagementError($"The input is not JSON: {e.Message}"));
        }

        return await TryAsync(http, () => client().ScheduleNewOrchestrationInstanceAsync(
            name, input, id is null ? null : new StartOrchestrationOptions(id), http.RequestAborted));
    }

    public async Task<IResult> RestartAsync(HttpContext http, string id)
    {
        var asNew = !bool.TryParse(http.Request.Query["restartWithNewInstanceId"], out var given) || given;
        return await TryAsync(http, () => client().RestartAsync(id, asNew, http.RequestAborted));
    }

    private async Task<IResult> TryAsync(HttpContext http, Func<Task<string>> start)
    {
        try
        {
            return CheckStatus(http, await start());
        }
        catch (OrchestrationAlreadyExistsException e)
        {
            return Results.Conflict(new ManagementError(e.Message));
        }
        catch (ArgumentException e)
        {
            return Results.BadRequest(new ManagementError(e.Message));
        }
    }

    private JsonAnswer CheckStatus(HttpContext http, string id)
    {
        var links = new ManagementLinks($"{http.Request.Scheme}://{http.Request.Host}", key);
        http.Response.Headers.Location = links.Status(id);
        http.Response.Headers.RetryAfter = "10";
        return new JsonAnswer(StatusCodes.Status202Accepted, json =>
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WriteString("statusQueryGetUri", links.Status(id));
            json.WriteString("sendEventPostUri", links.RaiseEvent(id));
            json.WriteString("terminatePostUri", links.Steer(id, "terminate"));
            json.WriteString("purgeHistoryDeleteUri", links.Status(id));
            json.WriteString("restartPostUri", links.Restart(id));
            json.WriteString("suspendPostUri", links.Steer(id, "suspend"));
            json.WriteString("resumePostUri", links.Steer(id, "resume"));
            json.WriteEndObject();
        });
    }
}
