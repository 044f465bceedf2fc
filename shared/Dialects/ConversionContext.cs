using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Questions;

namespace ArenaBench.Core.Dialects;

/// <summary>What one dialect says in its records and another elsewhere.</summary>
/// <param name="Judge">For judgments that do not name it.</param>
/// <param name="BaselineFor">By category, for judgments that do not name it.</param>
public sealed record ConversionContext(
    IReadOnlyDictionary<string, Question> Questions, string? Judge, Func<string, string?> BaselineFor)
{
    public static ConversionContext Of(Benchmark benchmark) => new(
        benchmark.Questions.ToDictionary(q => q.Id, StringComparer.Ordinal),
        benchmark.Judging.JudgeModels is [var judge] ? judge : null,
        benchmark.Judging.BaselineFor);
}
