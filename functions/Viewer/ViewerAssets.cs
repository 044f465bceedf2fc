using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ArenaBench.Functions.Viewer;

/// <summary>The style sheet. Its name holds a hash of what is in it, so that browsers may keep it for good.</summary>
public sealed class ViewerAssets
{
    private static readonly byte[] Content = Read();

    internal static string StyleSheet { get; } = $"viewer.{Convert.ToHexStringLower(SHA256.HashData(Content))[..16]}.css";

    /// <summary>Holds no data, so it needs no key.</summary>
    [Function(nameof(ViewAsset))]
    public IResult ViewAsset(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "view/assets/{file}")] HttpRequest request, string file)
    {
        if (file != StyleSheet)
            return Results.NotFound();
        request.HttpContext.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        request.HttpContext.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.Bytes(Content, "text/css; charset=utf-8");
    }

    private static byte[] Read()
    {
        using var stream = typeof(ViewerAssets).Assembly.GetManifestResourceStream("Viewer/viewer.css")
            ?? throw new InvalidOperationException("The viewer's style sheet is not in the assembly.");
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
