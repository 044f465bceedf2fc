using System.Runtime.CompilerServices;
using System.Text.Json;
using ArenaBench.Core.Configuration;
using ArenaBench.Core.Dialects;
using ArenaBench.Core.Storage;

namespace ArenaBench.Core.Benchmarks;

/// <summary>A file that is imported as it is.</summary>
/// <param name="Path">Below the benchmark's folder.</param>
public sealed record ImportFile(string Path, ReadOnlyMemory<byte> Content);

/// <summary>The records of one model, and of one judge, in one file.</summary>
/// <param name="SourcePath">In the tree that was read.</param>
/// <param name="Model">The model id inside the records.</param>
/// <param name="Judge">Judgments only.</param>
/// <param name="Count">Of questions.</param>
/// <param name="SourceDialect">Of the file; another than the benchmark's for references lent by the benchmark that it extends.</param>
public sealed record ImportRecords(
    RecordFileKind Kind, string SourcePath, string Model, string? Judge, int Count, Dialect SourceDialect);

/// <summary>A folder, read whole and found right: what to write. Nothing was written.</summary>
/// <param name="Files">The configuration and the questions.</param>
/// <param name="Notes">What is unusual, with counts: not errors.</param>
public sealed record BenchmarkImport(
    Benchmark Benchmark, IReadOnlyList<ImportFile> Files, IReadOnlyList<ImportRecords> Records, IReadOnlyList<Problem> Notes)
{
    private IFileTree? Tree { get; init; }

    private ConversionContext? Context { get; init; }

    /// <summary>Reads every file of the folder.</summary>
    /// <param name="name">The benchmark's name.</param>
    /// <param name="prefix">Its folder in the tree; null: <c>{name}/</c>.</param>
    /// <param name="judgeConfig">A configuration to use instead of the folder's.</param>
    /// <exception cref="ProblemException">Every error, with file and line; the import is refused whole.</exception>
    public static async Task<BenchmarkImport> ReadAsync(
        IFileTree tree,
        string name,
        string? prefix = null,
        byte[]? judgeConfig = null,
        CancellationToken cancellationToken = default)
    {
        var given = judgeConfig is { } bytes
            ? await YamlReader.ReadAsync(new MemoryStream(bytes), "the judge config", cancellationToken: cancellationToken)
            : null;
        var loaded = await BenchmarkReader.LoadAsync(tree, name, prefix ?? $"{name}/", given, cancellationToken);
        var benchmark = loaded.Benchmark;
        var errors = new ProblemLog();
        if (benchmark.Questions.Count == 0)
            errors.Add(new Problem(tree.Describe(loaded.Prefix), null, null, "has no question.jsonl, without which nothing can be imported"));
        if (benchmark.Dialect == DialectCatalog.V1 && benchmark.Judging.Mode == JudgingMode.Pairwise)
            errors.Add(new Problem(tree.Describe(loaded.Prefix), null, null, "is judged pairwise, but a v1 record holds one rating; convert it with: arena convert DIR --to v0.1"));

        var survey = new RecordSurvey(tree, benchmark, errors);
        foreach (var file in loaded.RecordFiles) await survey.AddAsync(file, benchmark.Dialect, cancellationToken);
        // An extended benchmark lends its references, if there are none here.
        var lent = loaded.Extended is { } extended && loaded.RecordFiles.All(f => f.Kind != RecordFileKind.Reference)
            ? extended.RecordFiles.Where(f => f.Kind == RecordFileKind.Reference).ToList()
            : [];
        foreach (var file in lent) await survey.AddAsync(file, loaded.Extended!.Benchmark.Dialect, cancellationToken);
        errors.ThrowIfAny();

        return new BenchmarkImport(
            benchmark,
            await ImportFiles.CollectAsync(tree, loaded, judgeConfig, cancellationToken),
            survey.Records,
            [.. benchmark.Notes, .. survey.Notes])
        {
            Tree = tree,
            Context = ConversionContext.Of(benchmark),
        };
    }

    /// <summary>The records to write for one of <see cref="Records"/>, one a question, in the benchmark's dialect.</summary>
    public async IAsyncEnumerable<(string QuestionId, JsonElement Record)> ReadRecordsAsync(
        ImportRecords records, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var stream = await Tree!.OpenReadAsync(records.SourcePath, cancellationToken)
            ?? throw new ProblemException(new Problem(Tree.Describe(records.SourcePath), null, null, "has gone since it was read"));
        var conversion = new DialectConversion(records.SourceDialect, Benchmark.Dialect, Context!);
        var changed = new ProblemLog();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var (_, line) in JsonLines.ReadAsync(stream, Tree.Describe(records.SourcePath), changed, cancellationToken))
        {
            var key = RecordSurvey.KeyOf(records.SourceDialect, records.Kind, line, records.Judge);
            if (key.Model != records.Model || (records.Judge is not null && key.Judge != records.Judge) || !seen.Add(key.QuestionId)) continue;
            var record = records.Kind == RecordFileKind.Judgment ? line : conversion.Answer(line);
            if (record is { } written) yield return (key.QuestionId, written);
        }
        changed.ThrowIfAny();
    }
}
