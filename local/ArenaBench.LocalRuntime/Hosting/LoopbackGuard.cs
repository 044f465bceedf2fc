using Microsoft.AspNetCore.Http;

namespace ArenaBench.LocalRuntime.Hosting;

/// <summary>
/// Keeps web pages out of a host that demands no key: a page on the internet can make a browser on this machine send
/// requests to loopback. Requests must name loopback as their host (no DNS rebinding), and those that change something
/// must not come from another site's page.
/// </summary>
internal static class LoopbackGuard
{
    public static Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        if (ListenUrl.IsLoopback(http.Request.Host.Host) && (IsSafe(http.Request.Method) || IsOwnPage(http.Request)))
            return next(http);
        http.Response.StatusCode = StatusCodes.Status403Forbidden;
        return http.Response.WriteAsync(
            "This host runs without a key and answers only requests made on this machine, not from other sites' pages.",
            http.RequestAborted);
    }

    private static bool IsSafe(string method) =>
        HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    private static bool IsOwnPage(HttpRequest request) =>
        request.Headers.Origin.FirstOrDefault() is not { } origin
        || (Uri.TryCreate(origin, UriKind.Absolute, out var page) && ListenUrl.IsLoopback(page));
}
