using ArenaBench.Core.Configuration;
using ArenaBench.Core.Runs;
using Azure;
using Microsoft.AspNetCore.Http;

namespace ArenaBench.Functions.Viewer;

/// <summary>Pages as HTTP answers. The policy lets a page load this app's own files and nothing else: no script in a page runs.</summary>
internal static class ViewAnswer
{
    public const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; img-src 'self' data:; form-action 'self'; "
        + "base-uri 'none'; frame-ancestors 'none'";

    public static IResult Page(HttpRequest request, Page page, int status = StatusCodes.Status200OK)
    {
        var headers = request.HttpContext.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        // Addresses may hold a key, and tell what is read here. Within this site the origin has to show: forms are taken from it alone.
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        return new PageResult(Layout.Write(new ViewLinks(request), page).ToString(), status);
    }

    /// <summary>After a form: loading the page again does not send the form again.</summary>
    public static IResult SeeOther(HttpRequest request, string address)
    {
        request.HttpContext.Response.Headers.Location = address;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    public static IResult NotFound(HttpRequest request, string what, Html wayBack) => Page(
        request, new Page("Not found", Html.Of($"<h1>Not found</h1><p>{what}</p><p>{wayBack}</p>")), StatusCodes.Status404NotFound);

    public static IResult NoRun(HttpRequest request, string id) => NotFound(
        request, $"There is no run \u201C{id}\u201D.", Html.Of($"<a href='{new ViewLinks(request).Runs()}'>All runs</a>"));

    public static IResult Refused(HttpRequest request, ProblemException refused, Html wayBack) => Page(
        request,
        new Page("Not possible", Html.Of(
            $"<h1>This cannot be shown</h1><ul class='problems'>{Html.Each(refused.Problems, problem => Html.Of($"<li>{problem.ToString()}</li>"))}</ul><p>{wayBack}</p>")),
        StatusCodes.Status400BadRequest);

    /// <summary>When storage cannot be reached the page says so, and tries again by itself.</summary>
    public static async Task<IResult> GuardAsync(HttpRequest request, Func<Task<IResult>> answer)
    {
        try
        {
            return await answer();
        }
        catch (Exception unreachable) when (unreachable is RequestFailedException or AggregateException { InnerException: RequestFailedException })
        {
            return Page(
                request,
                new Page("Storage cannot be reached", Html.Of(
                    $"<h1>Storage cannot be reached</h1><p>Nothing is lost. This page tries again every ten seconds; <code>AzureWebJobsStorage</code> names the storage account.</p>"))
                { RefreshSeconds = 10 },
                StatusCodes.Status503ServiceUnavailable);
        }
    }

    public static bool IsRunId(string id) => RunRequestReader.IsRunId(id);
}
