using System.Runtime.CompilerServices;
using ArenaBench.Core.Storage;

namespace ArenaBench.Core.Benchmarks;

/// <summary>A folder of the local disk as a file tree. Paths cannot leave it.</summary>
public sealed class FolderTree(string folder) : IFileTree
{
    private readonly string root = Path.GetFullPath(folder);

    public string Location => folder;

    public async IAsyncEnumerable<string> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        // The prefix may end inside a name: list its folder, then compare.
        var start = Resolve(prefix[..(prefix.LastIndexOf('/') + 1)]);
        if (!Directory.Exists(start)) yield break;
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.System };
        var paths = Directory.EnumerateFiles(start, "*", options)
            .Select(file => Path.GetRelativePath(root, file).Replace(Path.DirectorySeparatorChar, '/'))
            .Where(path => path.StartsWith(prefix, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return path;
        }
    }

    public Task<Stream?> OpenReadAsync(string path, CancellationToken cancellationToken)
    {
        var file = Resolve(path);
        // Asynchronous file access only adds switches here: whoever reads in bulk does so on its own thread.
        return Task.FromResult<Stream?>(File.Exists(file)
            ? new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1, FileOptions.SequentialScan)
            : null);
    }

    private string Resolve(string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (path.StartsWith('/') || parts.Any(p => p is "." or ".." || p.Contains('\\') || p.Contains('\0') || Path.IsPathRooted(p)))
            throw new ArgumentException($"\"{path}\" is not a path inside a folder.", nameof(path));
        return Path.Combine([root, .. parts]);
    }
}
