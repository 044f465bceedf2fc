using Microsoft.AspNetCore.Http;

namespace ArenaBench.Functions.Requests;

/// <summary>Headers of every answer. A function that shows pages sets its own policy over the one here, which lets nothing load.</summary>
internal static class SafeHeaders
{
    public static void Set(IHeaderDictionary headers)
    {
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        headers.StrictTransportSecurity = "max-age=31536000";
        headers.CacheControl = "no-store";
    }
}
