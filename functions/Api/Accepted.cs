using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace ArenaBench.Functions.Api;

/// <summary>The answer to a started run: where to look. Links start with the address that the caller used, so that they work as printed.</summary>
internal static class Accepted
{
    public static IResult Run(HttpRequest request, DurableTaskClient client, string id)
    {
        var links = client.CreateHttpManagementPayload(id);
        var origin = $"{request.Scheme}://{request.Host}";
        var status = Rebase(links.StatusQueryGetUri, origin);
        request.HttpContext.Response.Headers.Location = status;
        request.HttpContext.Response.Headers.RetryAfter = "5";
        return Results.Json(
            new AcceptedRun(
                id,
                $"{origin}{request.PathBase}/api/runs/{id}",
                $"{origin}{request.PathBase}/api/runs/{id}/leaderboard",
                status,
                Rebase(links.SendEventPostUri, origin),
                Rebase(links.TerminatePostUri, origin),
                Rebase(links.SuspendPostUri, origin),
                Rebase(links.ResumePostUri, origin),
                Rebase(links.PurgeHistoryDeleteUri, origin)),
            statusCode: StatusCodes.Status202Accepted);
    }

    /// <summary>The text after the address stays as it is: a Uri would escape the braces of <c>{eventName}</c>, which callers fill in.</summary>
    internal static string Rebase(string? link, string origin) =>
        Uri.TryCreate(link, UriKind.Absolute, out _) ? origin + link[link.IndexOf('/', link.IndexOf("://", StringComparison.Ordinal) + 3)..] : link ?? "";
}

/// <summary>Written in camel case, as the management API of Durable Functions writes its links.</summary>
internal sealed record AcceptedRun(
    string Id, string RunUri, string LeaderboardUri, string StatusQueryGetUri, string SendEventPostUri, string TerminatePostUri,
    string SuspendPostUri, string ResumePostUri, string PurgeHistoryDeleteUri);
