using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace ArenaBench.Functions.Viewer;

/// <summary>Pages compress to a tenth; neither host does it by itself.</summary>
internal static class Compression
{
    public static bool IsAccepted(HttpRequest request) => request.Headers.AcceptEncoding
        .SelectMany(value => (value ?? "").Split(',', StringSplitOptions.TrimEntries))
        .Any(coding => coding == "br" || (coding.StartsWith("br;", StringComparison.Ordinal) && !coding.EndsWith("q=0", StringComparison.Ordinal)));
}

/// <summary>A page as an answer, compressed where the caller takes it.</summary>
internal sealed class PageResult(string html, int status) : IResult, IStatusCodeHttpResult
{
    public int? StatusCode => status;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.Vary = "Accept-Encoding";
        var bytes = Encoding.UTF8.GetBytes(html);
        if (Compression.IsAccepted(httpContext.Request))
        {
            response.Headers.ContentEncoding = "br";
            using var packed = new MemoryStream(bytes.Length / 4);
            await using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true))
                await brotli.WriteAsync(bytes, httpContext.RequestAborted);
            bytes = packed.ToArray();
        }

        response.ContentLength = bytes.Length;
        await response.Body.WriteAsync(bytes, httpContext.RequestAborted);
    }
}
