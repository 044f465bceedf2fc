using System.Runtime.CompilerServices;
using ArenaBench.Core.Storage;

namespace ArenaBench.Core.Benchmarks;

public enum RecordFileKind
{
    Answer,
    Reference,
    Judgment,
}

/// <summary>A JSONL file of a benchmark's folder.</summary>
/// <param name="Path">In the tree.</param>
/// <param name="Model">By the file's name, which may differ from the model id in the records.</param>
/// <param name="Judge">By the folder's name; null where judgments lie directly in <c>model_judgment/</c>.</param>
public sealed record RecordFile(RecordFileKind Kind, string Path, string Model, string? Judge);

/// <summary>Lists the answers, references and judgments of a folder in the published layout.</summary>
public static class RecordFiles
{
    private const string Extension = ".jsonl";

    private static readonly (string Folder, RecordFileKind Kind)[] Folders =
    [
        ("model_answer/", RecordFileKind.Answer),
        ("reference_answer/", RecordFileKind.Reference),
        ("model_judgment/", RecordFileKind.Judgment),
    ];

    /// <param name="prefix">The benchmark's folder: empty, or ending in <c>/</c>.</param>
    public static async IAsyncEnumerable<RecordFile> ListAsync(
        IFileTree tree, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var (folder, kind) in Folders)
        {
            await foreach (var path in tree.ListAsync(prefix + folder, cancellationToken))
                if (path.EndsWith(Extension, StringComparison.Ordinal))
                    yield return Of(kind, path, path[(prefix.Length + folder.Length)..^Extension.Length]);
        }
    }

    // A model id with "/" makes a folder. Of a judgment's folders, published pipelines make one for the judge.
    private static RecordFile Of(RecordFileKind kind, string path, string name)
    {
        var judgeEnd = kind == RecordFileKind.Judgment ? name.IndexOf('/') : -1;
        return judgeEnd < 0
            ? new RecordFile(kind, path, Unescaped(name), null)
            : new RecordFile(kind, path, Unescaped(name[(judgeEnd + 1)..]), Unescaped(name[..judgeEnd]));
    }

    // Our own files are escaped; a published name that only looks so stays as it is.
    private static string Unescaped(string name)
    {
        try
        {
            return BlobNames.Unescape(name);
        }
        catch (FormatException)
        {
            return name;
        }
    }
}
