using System.IO.Compression;
using ArenaBench.Core.Storage;

namespace ArenaBench.Core.Benchmarks;

/// <summary>A stored benchmark as files: packed to be taken elsewhere, or deleted.</summary>
public sealed class StoredBenchmarks(ArenaContainer store)
{
    private const string Fingerprints = "fingerprints/";
    private static readonly string[] RecordFolders = ["model_answer/", "reference_answer/", "model_judgment/", Fingerprints];

    /// <param name="path">Below the benchmark's folder.</param>
    internal static bool IsRecords(string path) => RecordFolders.Any(folder => path.StartsWith(folder, StringComparison.Ordinal));

    /// <summary>Writes a zip of the folder in the published layout, under the benchmark's name. Fingerprints are ours and stay.</summary>
    public async Task PackAsync(string benchmark, Stream target, CancellationToken cancellationToken)
    {
        await using var zip = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var path in await ListAsync(benchmark, cancellationToken))
        {
            var inside = path[(path.IndexOf('/', StringComparison.Ordinal) + 1)..];
            if (inside.StartsWith(Fingerprints, StringComparison.Ordinal))
                continue;
            await using var content = await store.Files.OpenReadAsync(path, cancellationToken);
            if (content is null)
                continue;
            await using var entry = await zip.CreateEntry($"{benchmark}/{inside}", CompressionLevel.Fastest).OpenAsync(cancellationToken);
            await content.CopyToAsync(entry, cancellationToken);
        }
    }

    /// <summary>Deletes it with all its records; what makes it a benchmark goes first. May be repeated.</summary>
    public async Task DeleteAsync(string benchmark, CancellationToken cancellationToken)
    {
        foreach (var path in (await ListAsync(benchmark, cancellationToken)).OrderBy(path => IsRecords(path[(path.IndexOf('/', StringComparison.Ordinal) + 1)..])))
            await store.Files.DeleteAsync(path, cancellationToken);
    }

    private Task<List<string>> ListAsync(string benchmark, CancellationToken cancellationToken) =>
        store.Files.ListAllAsync($"{BlobPaths.OfBenchmark(benchmark)}/", cancellationToken);
}
