using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;

namespace ArenaBench.LocalRuntime.Management;

/// <summary>Requests that change a running instance: 404 when unknown, 410 when it has ended, 202 when taken.</summary>
internal sealed class SteeringRequests(Func<DurableTaskClient> client)
{
    public Task<IResult> TerminateAsync(HttpContext http, string id) => SteerAsync(http, id,
        (reason, cancellation) => client().TerminateInstanceAsync(id, (object?)reason, cancellation));

    public Task<IResult> SuspendAsync(HttpContext http, string id) => SteerAsync(http, id,
        (reason, cancellation) => client().SuspendInstanceAsync(id, reason, cancellation));

    public Task<IResult> ResumeAsync(HttpContext http, string id) => SteerAsync(http, id,
        (reason, cancellation) => client().ResumeInstanceAsync(id, reason, cancellation));

    public async Task<IResult> RaiseEventAsync(HttpContext http, string id, string name)
    {
        if (await RefusalAsync(id, http.RequestAborted) is { } refusal) return refusal;
        if (http.Request.ContentType?.Split(';')[0].Trim().Equals("application/json", StringComparison.OrdinalIgnoreCase) != true)
            return Results.BadRequest(new ManagementError("An event's content is sent as application/json."));
        try
        {
            var payload = await JsonSerializer.DeserializeAsync<JsonElement>(
                http.Request.Body, cancellationToken: http.RequestAborted);
            await client().RaiseEventAsync(id, name, payload, http.RequestAborted);
            return Results.StatusCode(StatusCodes.Status202Accepted);
        }
        catch (JsonException e)
        {
            return Results.BadRequest(new ManagementError($"The event's content is not JSON: {e.Message}"));
        }
    }

    private async Task<IResult> SteerAsync(HttpContext http, string id, Func<string?, CancellationToken, Task> steer)
    {
        if (await RefusalAsync(id, http.RequestAborted) is { } refusal) return refusal;
        await steer(http.Request.Query["reason"].FirstOrDefault(), http.RequestAborted);
        return Results.StatusCode(StatusCodes.Status202Accepted);
    }

    private async Task<IResult?> RefusalAsync(string id, CancellationToken cancellation) =>
        await client().GetInstanceAsync(id, cancellation) switch
        {
            null => Results.NotFound(),
            { IsCompleted: true } => Results.StatusCode(StatusCodes.Status410Gone),
            _ => null,
        };
}
