using ArenaBench.Core.Storage;

namespace ArenaBench.Core.Benchmarks;

/// <summary>A stored benchmark's folder, listed beforehand: what is not in the list is not asked for, and what makes it a benchmark,
/// its questions and configurations, is read at once instead of one file after the other. Everything else is the store's own.</summary>
internal sealed class StoredBenchmarkTree : IFileTree
{
    private readonly BlobTree _files;
    private readonly string _folder;
    private readonly SortedSet<string> _paths;
    private readonly Dictionary<string, Task<StoredFile?>> _begun;

    /// <param name="folder">Ending in <c>/</c>.</param>
    /// <param name="paths">All below it.</param>
    public StoredBenchmarkTree(BlobTree files, string folder, IReadOnlyCollection<string> paths, CancellationToken cancellationToken)
    {
        (_files, _folder, _paths) = (files, folder, new SortedSet<string>(paths, StringComparer.Ordinal));
        _begun = _paths.Where(path => IsOfBenchmark(path[folder.Length..])).ToDictionary(path => path, path => files.ReadAsync(path, cancellationToken));
    }

    public string Location => _files.Location;

    public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken) =>
        prefix.StartsWith(_folder, StringComparison.Ordinal)
            ? _paths.Where(path => path.StartsWith(prefix, StringComparison.Ordinal)).ToAsyncEnumerable()
            : _files.ListAsync(prefix, cancellationToken);

    public async Task<Stream?> OpenReadAsync(string path, CancellationToken cancellationToken) =>
        _begun.TryGetValue(path, out var begun) ? (await begun)?.Content.ToStream()
        : path.StartsWith(_folder, StringComparison.Ordinal) && !_paths.Contains(path) ? null
        : await _files.OpenReadAsync(path, cancellationToken);

    private static bool IsOfBenchmark(string path) =>
        !StoredBenchmarks.IsRecords(path) && (path == "question.jsonl" || path.EndsWith(".yaml", StringComparison.Ordinal));
}
