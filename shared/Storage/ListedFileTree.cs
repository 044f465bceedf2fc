namespace ArenaBench.Core.Storage;

/// <summary>A tree with one folder listed beforehand: what is not in the list is not asked for. Everything else is the tree's own.</summary>
/// <param name="folder">Ending in <c>/</c>.</param>
/// <param name="paths">All below it.</param>
internal sealed class ListedFileTree(IFileTree tree, string folder, IReadOnlyCollection<string> paths) : IFileTree
{
    private readonly SortedSet<string> _paths = new(paths, StringComparer.Ordinal);

    public string Location => tree.Location;

    public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken) =>
        prefix.StartsWith(folder, StringComparison.Ordinal)
            ? _paths.Where(path => path.StartsWith(prefix, StringComparison.Ordinal)).ToAsyncEnumerable()
            : tree.ListAsync(prefix, cancellationToken);

    public Task<Stream?> OpenReadAsync(string path, CancellationToken cancellationToken) =>
        path.StartsWith(folder, StringComparison.Ordinal) && !_paths.Contains(path)
            ? Task.FromResult<Stream?>(null)
            : tree.OpenReadAsync(path, cancellationToken);
}
