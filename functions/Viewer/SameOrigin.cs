using Microsoft.AspNetCore.Http;

namespace ArenaBench.Functions.Viewer;

/// <summary>Forms that change something are taken from this app's own pages alone: a page of another site could send them too, with
/// whatever the browser shows to this host by itself.</summary>
internal static class SameOrigin
{
    public static bool Is(HttpRequest request)
    {
        // Written by the browser, out of reach of the page's scripts.
        if (request.Headers.TryGetValue("Sec-Fetch-Site", out var site))
            return site == "same-origin";
        return Uri.TryCreate(request.Headers.Origin, UriKind.Absolute, out var origin)
            && string.Equals(origin.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase);
    }

    public static IResult Refused(HttpRequest request) => ViewAnswer.Page(
        request,
        new Page("Refused", Html.Of($"""
            <h1>Not done</h1><p class="problem">This was not sent from a page of this app, so nothing was changed. Scripts use the HTTP API instead.</p>
            <p><a href="{new ViewLinks(request).Runs()}">All runs</a></p>
            """)),
        StatusCodes.Status403Forbidden);
}
