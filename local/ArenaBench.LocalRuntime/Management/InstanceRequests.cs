using System.Globalization;
using ArenaBench.LocalRuntime.Engine;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask.Client;

namespace ArenaBench.LocalRuntime.Management;

/// <summary>Reads and deletes instances.</summary>
internal sealed class InstanceRequests(Func<DurableEngine> engine)
{
    private const string ContinuationHeader = "x-ms-continuation-token";

    public async Task<IResult> StatusAsync(HttpContext http, string id)
    {
        var cancellation = http.RequestAborted;
        var status = await engine().Client.GetInstanceAsync(id, getInputsAndOutputs: true, cancellation);
        if (status is null) return Results.NotFound();
        var query = http.Request.Query;
        var history = Flag(query, "showHistory", false) && status.RuntimeStatus != OrchestrationRuntimeStatus.Pending
            ? await engine().ReadHistoryAsync(id, cancellation) : null;
        var showInput = Flag(query, "showInput", true);
        var code = StatusCodes.Status200OK;
        if (!status.IsCompleted)
        {
            code = StatusCodes.Status202Accepted;
            http.Response.Headers.Location = RequestUrl(http.Request);
            http.Response.Headers.RetryAfter = "5";
        }
        else if (status.RuntimeStatus == OrchestrationRuntimeStatus.Failed
            && Flag(query, "returnInternalServerErrorOnFailure", false))
        {
            code = StatusCodes.Status500InternalServerError;
        }

        return new JsonAnswer(code, json => StatusJson.Write(
            json, status, showInput, history, Flag(query, "showHistoryOutput", false)));
    }

    public async Task<IResult> ListAsync(HttpContext http)
    {
        var query = http.Request.Query;
        var showInput = Flag(query, "showInput", true);
        var filter = new OrchestrationQuery(
            Time(query, "createdTimeFrom"), Time(query, "createdTimeTo"), Statuses(query), null,
            query["instanceIdPrefix"].FirstOrDefault(),
            int.TryParse(query["top"], CultureInfo.InvariantCulture, out var top) && top > 0 ? top : OrchestrationQuery.DefaultPageSize,
            FetchInputsAndOutputs: true,
            http.Request.Headers[ContinuationHeader].FirstOrDefault() is { Length: > 0 } token ? token : null);

        await foreach (var page in engine().Client.GetAllInstancesAsync(filter)
                           .AsPages(filter.ContinuationToken, filter.PageSize).WithCancellation(http.RequestAborted))
        {
            if (page.ContinuationToken is { } next) http.Response.Headers[ContinuationHeader] = next;
            return new JsonAnswer(StatusCodes.Status200OK, json => StatusJson.WriteAll(json, page.Values, showInput));
        }

        return new JsonAnswer(StatusCodes.Status200OK, json => StatusJson.WriteAll(json, [], showInput));
    }

    public async Task<IResult> PurgeAsync(HttpContext http, string id)
    {
        if (await engine().Client.GetInstanceAsync(id, http.RequestAborted) is null) return Results.NotFound();
        return Deleted(await engine().Client.PurgeInstanceAsync(id, http.RequestAborted));
    }

    public async Task<IResult> PurgeManyAsync(HttpContext http)
    {
        var query = http.Request.Query;
        if (Time(query, "createdTimeFrom") is not { } from)
            return Results.BadRequest(new ManagementError("Say from when: the query parameter createdTimeFrom is missing."));
        var result = await engine().Client.PurgeAllInstancesAsync(
            new PurgeInstancesFilter(from, Time(query, "createdTimeTo"), Statuses(query)), http.RequestAborted);
        return result.PurgedInstanceCount == 0 ? Results.NotFound() : Deleted(result);
    }

    private static JsonAnswer Deleted(PurgeResult result) => new(StatusCodes.Status200OK, json =>
    {
        json.WriteStartObject();
        json.WriteNumber("instancesDeleted", result.PurgedInstanceCount);
        json.WriteEndObject();
    });

    private static string RequestUrl(HttpRequest request) =>
        $"{request.Scheme}://{request.Host}{request.PathBase}{request.Path}{request.QueryString}";

    private static bool Flag(IQueryCollection query, string name, bool otherwise) =>
        bool.TryParse(query[name], out var value) ? value : otherwise;

    private static DateTimeOffset? Time(IQueryCollection query, string name) => DateTimeOffset.TryParse(
        query[name], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    /// <summary>Null when none is named; names that no status has are passed over.</summary>
    private static List<OrchestrationRuntimeStatus>? Statuses(IQueryCollection query)
    {
        var named = query["runtimeStatus"].SelectMany(value => value!.Split(',', StringSplitOptions.TrimEntries))
            .Where(name => Enum.TryParse<OrchestrationRuntimeStatus>(name, ignoreCase: true, out _))
            .Select(name => Enum.Parse<OrchestrationRuntimeStatus>(name, ignoreCase: true)).ToList();
        return named.Count > 0 ? named : null;
    }
}
