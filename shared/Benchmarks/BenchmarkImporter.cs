using ArenaBench.Core.Configuration;
using ArenaBench.Core.Dialects;
using ArenaBench.Core.Storage;

namespace ArenaBench.Core.Benchmarks;

/// <summary>Writes a folder that was found right into a store. Records come before the configuration that makes the benchmark visible.</summary>
public sealed class BenchmarkImporter(ArenaContainer store)
{
    /// <exception cref="ProblemException">It is in another dialect than records that are there; nothing was written.</exception>
    public async Task WriteAsync(BenchmarkImport import, CancellationToken cancellationToken)
    {
        await RefuseAnotherDialectAsync(import.Benchmark, cancellationToken);
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

    /// <summary>Records stay when a benchmark is put again: they must still be readable as its own. Files are in one dialect, so one record tells.</summary>
    private async Task RefuseAnotherDialectAsync(Benchmark benchmark, CancellationToken cancellationToken)
    {
        await foreach (var file in RecordFiles.ListAsync(store.Files, $"{BlobNames.Escape(benchmark.Name)}/", cancellationToken))
        {
            await using var content = await store.Files.OpenReadAsync(file.Path, cancellationToken);
            if (content is null)
                continue;
            var unreadable = new ProblemLog(keep: 1);
            var read = JsonLines.ReadAsync(
                content, file.Path, line => RecordSurvey.KeyOf(benchmark.Dialect, file.Kind, line, file.Judge), unreadable, cancellationToken);
            if (await read.AnyAsync(cancellationToken))
                return;
            if (unreadable.Count > 0)
            {
                throw new ProblemException(new Problem(null, null, null,
                    $"{benchmark.Name} has records in the store that are not of dialect {benchmark.Dialect.Name}, as this benchmark is; "
                    + $"choose another name, or delete the stored one first: arena benchmarks --delete {benchmark.Name}"));
            }
        }
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
