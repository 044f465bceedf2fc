using System.Buffers;
using System.Text.Json;
using ArenaBench.Core.Configuration;
using ArenaBench.Core.Dialects;

namespace ArenaBench.Core.Benchmarks;

/// <param name="Records">Converted; written when <see cref="Written"/>.</param>
/// <param name="Lost">What the other dialect has no place for, with the number of records that have it.</param>
/// <param name="Refused">Why records cannot be converted, with their number.</param>
/// <param name="Written">False when something would be lost and that was not allowed.</param>
public sealed record ConversionReport(
    int Records, IReadOnlyDictionary<string, int> Lost, IReadOnlyDictionary<string, int> Refused, bool Written);

/// <summary>Writes a folder's questions, answers, references and judgments in another dialect. Configurations stay behind:
/// they belong to the dialect that they were written for.</summary>
public static class FolderConversion
{
    /// <param name="target">A folder that does not exist or is empty.</param>
    /// <param name="allowLoss">Write even where something is lost or refused.</param>
    /// <exception cref="ProblemException">A line is damaged, or the target is in use.</exception>
    public static async Task<ConversionReport> RunAsync(
        BenchmarkFolder source, Dialect to, string target, bool allowLoss = false, CancellationToken cancellationToken = default)
    {
        if (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any())
            throw new ProblemException(new Problem(target, null, null, "is not empty; name a new folder"));
        var benchmark = await source.ReadAsync(cancellationToken: cancellationToken);

        // The first pass only counts, so that nothing half-done is left behind.
        var dry = await PassAsync(source, benchmark, to, null, cancellationToken);
        if (!allowLoss && dry.Lost.Count + dry.Refused.Count > 0) return dry;
        return await PassAsync(source, benchmark, to, target, cancellationToken);
    }

    private static async Task<ConversionReport> PassAsync(
        BenchmarkFolder source, Benchmark benchmark, Dialect to, string? target, CancellationToken cancellationToken)
    {
        var conversion = new DialectConversion(benchmark.Dialect, to, ConversionContext.Of(benchmark));
        var problems = new ProblemLog();
        var records = await ConvertAsync($"{source.Prefix}question.jsonl", conversion.Question);
        await foreach (var file in RecordFiles.ListAsync(source.Tree, source.Prefix, cancellationToken))
            records += await ConvertAsync(file.Path, file.Kind == RecordFileKind.Judgment ? conversion.Judgment : conversion.Answer);
        problems.ThrowIfAny();
        return new ConversionReport(records, conversion.Lost, conversion.Refused, target is not null);

        async Task<int> ConvertAsync(string path, Func<JsonElement, JsonElement?> convert)
        {
            await using var input = await source.Tree.OpenReadAsync(path, cancellationToken);
            if (input is null) return 0;
            await using var output = target is null ? Stream.Null : Create(Path.Combine([target, .. path[source.Prefix.Length..].Split('/')]));
            var count = 0;
            var buffer = new ArrayBufferWriter<byte>();
            await foreach (var (_, converted) in JsonLines.ReadAsync(input, source.Tree.Describe(path), convert, problems, cancellationToken))
            {
                if (converted is not { } record) continue;
                JsonLines.Write(buffer, record);
                await output.WriteAsync(buffer.WrittenMemory, cancellationToken);
                buffer.ResetWrittenCount();
                count++;
            }
            return count;
        }
    }

    private static FileStream Create(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        return new FileStream(file, FileMode.CreateNew, FileAccess.Write);
    }
}
