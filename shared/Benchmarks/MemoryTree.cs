using System.Runtime.CompilerServices;
using ArenaBench.Core.Storage;

namespace ArenaBench.Core.Benchmarks;

/// <summary>Files in memory.</summary>
/// <param name="files">By path.</param>
public sealed class MemoryTree(string location, IReadOnlyDictionary<string, byte[]> files) : IFileTree
{
    public string Location => location;

    public async IAsyncEnumerable<string> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var path in files.Keys.Where(path => path.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return path;
        }
    }

    public Task<Stream?> OpenReadAsync(string path, CancellationToken cancellationToken) =>
        Task.FromResult<Stream?>(files.TryGetValue(path, out var content) ? new MemoryStream(content, writable: false) : null);

    /// <summary>Where a benchmark lies: at the top, in the folder of its name, or in the only folder there is.</summary>
    /// <returns>A prefix for <see cref="BenchmarkReader"/>.</returns>
    public string PlaceOf(string benchmark)
    {
        var tops = files.Keys.Select(path => path[..(path.IndexOf('/', StringComparison.Ordinal) + 1)]).Distinct().ToArray();
        return tops.Contains($"{benchmark}/") ? $"{benchmark}/"
            : tops is [{ Length: > 0 } only] ? only
            : "";
    }
}
