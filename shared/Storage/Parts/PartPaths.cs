using System.Globalization;

namespace ArenaBench.Core.Storage;

/// <summary>Names of a run's part blobs: <c>{part}.jsonl</c>, and <c>{part}~s1.jsonl</c> … where a part outgrew its first segment.</summary>
internal static class PartPaths
{
    private const string Extension = ".jsonl";
    private const string SegmentMark = "~s"; // no escape of BlobNames

    public static string Folder(string run) => $"{RunPaths.Folder(run)}parts/";

    public static string Of(string run, string part, int segment) =>
        string.Create(CultureInfo.InvariantCulture, $"{Folder(run)}{BlobNames.Escape(part)}{(segment == 0 ? "" : $"{SegmentMark}{segment}")}{Extension}");

    /// <returns>Null for what is no first segment of a part.</returns>
    public static string? PartOf(string folder, string path)
    {
        var name = path[folder.Length..];
        if (!name.EndsWith(Extension, StringComparison.Ordinal) || name.Contains(SegmentMark, StringComparison.Ordinal) || name.Contains('/'))
            return null;
        return BlobNames.TryUnescape(name[..^Extension.Length]);
    }
}
