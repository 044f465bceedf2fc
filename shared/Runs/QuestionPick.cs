using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Configuration;
using ArenaBench.Core.Questions;

namespace ArenaBench.Core.Runs;

/// <summary>The questions of a benchmark that a run asks for, in file order.</summary>
internal static class QuestionPick
{
    public static IReadOnlyList<Question> From(Benchmark benchmark, RunRequest request, List<Problem> problems)
    {
        if (request.Questions is not { } selection)
            return benchmark.Questions;
        var categories = (selection.Categories ?? []).ToHashSet(StringComparer.Ordinal);
        var ids = (selection.Ids ?? []).ToHashSet(StringComparer.Ordinal);
        var known = benchmark.Questions.Select(question => question.Category).ToHashSet(StringComparer.Ordinal);
        foreach (var category in categories.Except(known))
            Report("questions.categories", category, $"questions.categories names {category}{Nearest.Hint(category, known)}; {benchmark.Name} has: {string.Join(", ", known.Order())}");
        foreach (var id in ids.Except(benchmark.Questions.Select(question => question.Id)))
            Report("questions.ids", id, $"questions.ids names {id}, which {benchmark.Name} does not have");

        var picked = benchmark.Questions
            .Where((question, index) => index >= (selection.Begin ?? 0) && index < (selection.End ?? int.MaxValue)
                && (categories.Count == 0 || categories.Contains(question.Category))
                && (ids.Count == 0 || ids.Contains(question.Id)))
            .ToArray();
        if (picked.Length == 0 && problems.Count == 0)
            Report("questions", null, $"questions selects none of the {benchmark.Questions.Count} questions of {benchmark.Name}");
        return picked;

        void Report(string key, string? value, string message) => problems.Add(request.Places.At(key, message, value));
    }
}
