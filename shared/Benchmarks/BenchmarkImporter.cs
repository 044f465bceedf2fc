using ArenaBench.Core.Storage;

namespace ArenaBench.Core.Benchmarks;

/// <summary>Writes a folder that was found right into a store. Records come before the configuration that makes the benchmark visible.</summary>
public sealed class BenchmarkImporter(ArenaContainer store)
{
    public async Task WriteAsync(BenchmarkImport import, CancellationToken cancellationToken)
    {
        await store.EnsureAsync(cancellationToken);
        var name = import.Benchmark.Name;
        foreach (var records in import.Records)
        {
            var lines = new List<CanonicalLine>();
            await foreach (var (question, record) in import.ReadRecordsAsync(records, cancellationToken))
                lines.Add(new CanonicalLine(question, record, null));
            await store.Canonical.PublishAsync(FileOf(name, records), lines, cancellationToken);
        }

        foreach (var file in import.Files)
            await store.Files.WriteAsync($"{BlobNames.Escape(name)}/{file.Path}", new BinaryData(file.Content), null, cancellationToken);
        await RemoveFormerAsync(import, cancellationToken);
    }

    /// <summary>Configuration of an earlier version that this one does not have would still be found. Records stay.</summary>
    private async Task RemoveFormerAsync(BenchmarkImport import, CancellationToken cancellationToken)
    {
        var folder = $"{BlobNames.Escape(import.Benchmark.Name)}/";
        var kept = import.Files.Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        var former = new List<string>();
        await foreach (var path in store.Files.ListAsync(folder, cancellationToken))
        {
            var inside = path[folder.Length..];
            if (!kept.Contains(inside) && !StoredBenchmarks.IsRecords(inside))
                former.Add(path);
        }

        foreach (var path in former)
            await store.Files.DeleteAsync(path, cancellationToken);
    }

    private static CanonicalFile FileOf(string benchmark, ImportRecords records) => records.Kind switch
    {
        RecordFileKind.Answer => CanonicalFile.Answers(benchmark, records.Model),
        RecordFileKind.Reference => CanonicalFile.References(benchmark, records.Model),
        _ => CanonicalFile.Judgments(benchmark, records.Judge ?? throw new ArgumentException($"{records.SourcePath} names no judge.", nameof(records)), records.Model),
    };
}
