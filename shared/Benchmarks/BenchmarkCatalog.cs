using ArenaBench.Core.Storage;

namespace ArenaBench.Core.Benchmarks;

/// <summary>The benchmarks of a store.</summary>
public sealed class BenchmarkCatalog(ArenaContainer store)
{
    /// <returns>Null when there is none of this name.</returns>
    /// <exception cref="Configuration.ProblemException">It is there and cannot be read: everything that is wrong.</exception>
    public async Task<Benchmark?> FindAsync(string name, CancellationToken cancellationToken)
    {
        if (name.Length == 0 || BlobPaths.OwnFolders.Contains(name))
            return null;
        var folder = $"{BlobNames.Escape(name)}/";
        var paths = await store.Files.ListAsync(folder, cancellationToken).ToListAsync(cancellationToken);
        return paths.Count > 0
            ? await BenchmarkReader.ReadAsync(new StoredBenchmarkTree(store.Files, folder, paths, cancellationToken), name, folder, null, cancellationToken)
            : null;
    }

    /// <summary>Names, in ordinal order.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken)
    {
        var names = new List<string>();
        await foreach (var folder in store.Files.ListFoldersAsync("", cancellationToken))
        {
            if (!BlobPaths.OwnFolders.Contains(folder))
                names.Add(BlobNames.Unescape(folder));
        }

        return [.. names.Order(StringComparer.Ordinal)];
    }
}
