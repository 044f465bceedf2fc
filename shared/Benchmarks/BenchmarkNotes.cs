using ArenaBench.Core.Configuration;
using ArenaBench.Core.Questions;

namespace ArenaBench.Core.Benchmarks;

/// <summary>What will keep questions from being judged, told before a run.</summary>
internal static class BenchmarkNotes
{
    public static IReadOnlyList<Problem> Of(string place, IReadOnlyList<Question> questions, JudgeConfig judging)
    {
        var notes = new List<Problem>();
        foreach (var category in questions.GroupBy(q => q.Category))
        {
            var count = category.Count();
            if (judging.Mode == JudgingMode.Pairwise && judging.BaselineFor(category.Key) is null)
                Add($"category {category.Key} has no baseline: its {count} questions cannot be judged; name one in baseline_model or baseline_by_category");
            if (judging.SystemPromptByCategory.Count > 0 && judging.SystemPromptFor(category.Key) is null)
                Add($"category {category.Key} has no judge prompt: its {count} questions cannot be judged; add one to system_prompt_by_category, or a system_prompt");
        }
        foreach (var turns in questions.GroupBy(q => q.Turns.Count).Where(g => g.Key > 1))
        {
            if (!PromptChecks.ShowsTurn(judging, turns.Key))
                Add($"{turns.Count()} questions have {turns.Key} turns, but the judge prompt shows the first only; give one in prompt_template_by_turns");
        }
        return notes;

        void Add(string message) => notes.Add(new Problem(place, null, null, message));
    }
}
