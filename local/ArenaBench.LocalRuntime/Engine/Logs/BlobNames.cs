using System.Globalization;

namespace ArenaBench.LocalRuntime.Engine;

/// <summary>
/// Names of blobs: <c>{escaped id}/{generation}.{segment}.jsonl</c> for a segment and
/// <c>{escaped id}/{generation}.sealed.jsonl</c> for a sealed generation.
/// </summary>
internal static class BlobNames
{
    private const string SealedSuffix = ".sealed.jsonl";

    public static string Of(LogKey key, bool isSealed)
    {
        // Dots too: "." and ".." mean something in paths.
        var instance = Uri.EscapeDataString(key.InstanceId).Replace(".", "%2E", StringComparison.Ordinal);
        return isSealed
            ? string.Create(CultureInfo.InvariantCulture, $"{instance}/{key.Generation:D6}{SealedSuffix}")
            : string.Create(CultureInfo.InvariantCulture, $"{instance}/{key.Generation:D6}.{key.Segment:D4}.jsonl");
    }

    /// <summary>Null when the name is not of this kind.</summary>
    public static (LogKey Key, bool IsSealed)? Parse(string name)
    {
        if (name.Split('/') is not [var escaped, var file])
            return null;
        var parts = file.Split('.');
        if (parts is not [var generationText, var middle, "jsonl"]
            || !int.TryParse(generationText, NumberStyles.None, CultureInfo.InvariantCulture, out var generation))
            return null;

        var segment = 0;
        var isSealed = middle == "sealed";
        if (!isSealed && !int.TryParse(middle, NumberStyles.None, CultureInfo.InvariantCulture, out segment))
            return null;
        return (new LogKey(Uri.UnescapeDataString(escaped), generation, segment), isSealed);
    }
}
