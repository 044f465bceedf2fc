using System.Text.Json;
using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Configuration;

namespace ArenaBench.Functions.Api;

public sealed record BenchmarkList(IReadOnlyList<BenchmarkSummary> Benchmarks);

/// <summary>One benchmark in a list.</summary>
/// <param name="Version">What its authors call it.</param>
/// <param name="Revision">Changes whenever its questions or its configuration do.</param>
/// <param name="Problem">Why it cannot be read; the rest is absent then.</param>
public sealed record BenchmarkSummary(
    string Name, string? Title, string? Version, string? Revision, string? Dialect, int? Questions, IReadOnlyList<string>? Categories,
    string? Problem = null)
{
    public static BenchmarkSummary Of(Benchmark benchmark) => new(
        benchmark.Name, benchmark.Title, benchmark.Version, BenchmarkRevision.Of(benchmark), benchmark.Dialect.Name, benchmark.Questions.Count,
        benchmark.Categories);

    public static BenchmarkSummary Broken(string name, ProblemException problem) => new(name, null, null, null, null, null, null, problem.Message);
}

/// <param name="QuestionsByCategory">Numbers of questions.</param>
/// <param name="Models">That a run without <c>models</c> answers.</param>
/// <param name="Judges">That a run without <c>judges</c> asks.</param>
/// <param name="Answered">Models that have answers.</param>
public sealed record BenchmarkDetail(
    string Name, string? Title, string? Description, string? Version, string Revision, string Dialect, int Questions, IReadOnlyList<string> Categories,
    IReadOnlyDictionary<string, int> QuestionsByCategory, string Judging, IReadOnlyList<string> Judges, IReadOnlyList<string> Models,
    IReadOnlyList<string> References, IReadOnlyList<string> Answered, IReadOnlyList<string> Notes)
{
    public static BenchmarkDetail Of(Benchmark benchmark, IReadOnlyList<string> answered) => new(
        benchmark.Name, benchmark.Title, benchmark.Description, benchmark.Version, BenchmarkRevision.Of(benchmark), benchmark.Dialect.Name, benchmark.Questions.Count,
        benchmark.Categories, benchmark.Questions.CountBy(question => question.Category).ToDictionary(count => count.Key, count => count.Value),
        JsonNamingPolicy.CamelCase.ConvertName(benchmark.Judging.Mode.ToString()), benchmark.Judging.JudgeModels, benchmark.Generation.ModelList,
        benchmark.ReferenceModels, answered, [.. benchmark.Notes.Select(note => note.ToString())]);
}

/// <summary>What an import took in.</summary>
/// <param name="Answers">Files of them, one a model; so for references and judgments.</param>
public sealed record ImportedBenchmark(
    string Name, string? Version, string Revision, string Dialect, int Questions, IReadOnlyList<string> Categories, int References, int Answers, int Judgments,
    IReadOnlyList<string> Notes)
{
    public static ImportedBenchmark Of(BenchmarkImport import) => new(
        import.Benchmark.Name, import.Benchmark.Version, BenchmarkRevision.Of(import.Benchmark), import.Benchmark.Dialect.Name, import.Benchmark.Questions.Count,
        import.Benchmark.Categories, Files(import, RecordFileKind.Reference), Files(import, RecordFileKind.Answer),
        Files(import, RecordFileKind.Judgment), [.. import.Notes.Select(note => note.ToString())]);

    private static int Files(BenchmarkImport import, RecordFileKind kind) => import.Records.Count(records => records.Kind == kind);
}
