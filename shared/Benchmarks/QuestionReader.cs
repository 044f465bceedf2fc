using ArenaBench.Core.Configuration;
using ArenaBench.Core.Dialects;
using ArenaBench.Core.Questions;
using ArenaBench.Core.Storage;

namespace ArenaBench.Core.Benchmarks;

/// <summary>Reads a benchmark's questions, every line of which must be right.</summary>
internal static class QuestionReader
{
    /// <returns>Null when there is no such file.</returns>
    public static async Task<IReadOnlyList<Question>?> ReadAsync(
        IFileTree tree, string path, Dialect? dialect, ICollection<Problem> problems, CancellationToken cancellationToken)
    {
        await using var stream = await tree.OpenReadAsync(path, cancellationToken);
        if (stream is null || dialect is null) return null;
        var file = tree.Describe(path);
        var log = new ProblemLog();
        var lineOf = new Dictionary<string, int>(StringComparer.Ordinal);
        var questions = new List<Question>();
        await foreach (var (number, question) in JsonLines.ReadAsync(stream, file, dialect.ReadQuestion, log, cancellationToken))
        {
            if (lineOf.TryAdd(question.Id, number)) questions.Add(question);
            else log.Add(new Problem(file, number, null, $"question {question.Id} is on line {lineOf[question.Id]} already"));
        }
        foreach (var problem in log.Kept) problems.Add(problem);
        if (log.Count > log.Kept.Count) problems.Add(new Problem(file, null, null, $"and {log.Count - log.Kept.Count} more"));
        if (questions.Count == 0 && log.Count == 0) problems.Add(new Problem(file, null, null, "holds no question"));
        return questions;
    }

    /// <summary>The questions of the benchmark that this one extends, in its own dialect.</summary>
    public static IReadOnlyList<Question> Convert(
        Benchmark extended, Dialect dialect, BenchmarkManifest manifest, ICollection<Problem> problems)
    {
        var conversion = new DialectConversion(extended.Dialect, dialect, ConversionContext.Of(extended));
        var questions = extended.Questions.Select(q => conversion.Question(q.Source)).OfType<System.Text.Json.JsonElement>().ToList();
        foreach (var (what, count) in conversion.Refused)
            manifest.Reader.Report("dialect", $"the questions of {extended.Name} cannot be written in {dialect.Name}: {what} ({count})");
        return [.. questions.Select(dialect.ReadQuestion)];
    }

    public static void Check(IReadOnlyList<Question> questions, BenchmarkManifest manifest, ICollection<Problem> problems)
    {
        if (manifest.QuestionCount is { } said && said != questions.Count)
            manifest.Reader.Report("questions", $"questions is {said}, but there are {questions.Count}");
        if (manifest.Categories.Count == 0) return;
        foreach (var missing in questions.Select(q => q.Category).Distinct().Except(manifest.Categories))
            manifest.Reader.Report("categories", $"categories does not list {missing}, which questions have");
    }
}
