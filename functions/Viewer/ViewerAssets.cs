using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ArenaBench.Functions.Viewer;

/// <summary>What pages load: the style sheet, and the scripts that the build has bundled. Their address holds a hash of them all, so that
/// browsers may keep them for good.</summary>
public sealed class ViewerAssets
{
    private const string Prefix = "Viewer/";
    private const string Packed = ".br";

    internal const string StyleSheet = "viewer.css";

    /// <summary>On every page: swaps parts of it, keys.</summary>
    internal const string Script = "page.js";

    /// <summary>In its place on pages in a folder, which ask for nothing: keys, and filters of what is there.</summary>
    internal const string SiteScript = "site.js";

    /// <summary>Where texts of models stand: colours code, sets formulas.</summary>
    internal static readonly IReadOnlyList<string> OfTexts = ["texts.css", "texts.js"];

    internal const string Chart = "chart.js";

    private static readonly FrozenDictionary<string, Asset> Files = Read();

    internal static string Version { get; } = Hash();

    /// <summary>False in a build without Node.js: pages work without them.</summary>
    internal static bool HasScripts => Has(Script);

    internal static IEnumerable<string> Names => Files.Keys;

    internal static byte[] ContentOf(string file) => Files[file].Content;

    internal static bool Has(string file) => Files.ContainsKey(file);

    /// <summary>Holds no data, so it needs no key.</summary>
    [Function(nameof(ViewAsset))]
    public IResult ViewAsset(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "view/assets/{version}/{file}")] HttpRequest request, string version, string file)
    {
        if (version != Version || !Files.TryGetValue(file, out var asset))
            return Results.NotFound();
        var headers = request.HttpContext.Response.Headers;
        headers.CacheControl = "public, max-age=31536000, immutable";
        headers.XContentTypeOptions = "nosniff";
        if (asset.Brotli is null)
            return Results.Bytes(asset.Content, asset.Type);
        headers.Vary = "Accept-Encoding";
        if (!Compression.IsAccepted(request))
            return Results.Bytes(asset.Content, asset.Type);
        headers.ContentEncoding = "br";
        return Results.Bytes(asset.Brotli, asset.Type);
    }

    private static FrozenDictionary<string, Asset> Read()
    {
        var assembly = typeof(ViewerAssets).Assembly;
        var contents = assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToDictionary(name => name[Prefix.Length..], name =>
            {
                using var stream = assembly.GetManifestResourceStream(name)!;
                var bytes = new byte[stream.Length];
                stream.ReadExactly(bytes);
                return bytes;
            });
        return contents.Where(entry => !entry.Key.EndsWith(Packed, StringComparison.Ordinal))
            .ToFrozenDictionary(entry => entry.Key, entry => new Asset(TypeOf(entry.Key), entry.Value, contents.GetValueOrDefault(entry.Key + Packed) ?? Pack(entry.Key, entry.Value)), StringComparer.Ordinal);
    }

    /// <summary>What the build has not packed; fonts are compressed in themselves.</summary>
    private static byte[]? Pack(string file, byte[] content)
    {
        if (!file.EndsWith(".css", StringComparison.Ordinal))
            return null;
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            brotli.Write(content);
        return packed.ToArray();
    }

    private static string Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (_, asset) in Files.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            hash.AppendData(asset.Content);
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    private static string TypeOf(string file) => Path.GetExtension(file) switch
    {
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".woff2" => "font/woff2",
        var other => throw new InvalidOperationException($"The viewer serves no file of the kind {other}."),
    };

    /// <param name="Brotli">Null where compressing gains nothing.</param>
    private sealed record Asset(string Type, byte[] Content, byte[]? Brotli);
}
