using System.Text.Json;
using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Dialects;
using ArenaBench.Core.Questions;

namespace ArenaBench.Core.Judging;

/// <summary>From the games of a run to the dialect's judgment for the canonical file, and back for reuse.</summary>
public static class JudgmentAssembler
{
    /// <param name="games">Single: one; pairwise: two. A game that failed is null.</param>
    /// <returns>The line to write; null when every game is missing: only successes go into canonical files.</returns>
    public static JsonElement? Assemble(
        Dialect dialect,
        JudgeConfig config,
        Question question,
        string model,
        string judge,
        string? baseline,
        IReadOnlyList<Game?> games,
        double? time = null)
    {
        if (games.All(g => g is null)) return null;
        var complete = games.Select(g => g is null ? null : g with
        {
            Prompt = g.Prompt ?? JudgePrompt.Around(config, question.Category, g.UserPrompt),
        });
        return dialect.WriteJudgment(
            new Judgment(question.Id, model, judge, baseline, [.. complete], time, default, question.Category));
    }

    /// <summary>A recorded judgment's game, for reuse.</summary>
    /// <param name="gameNumber">1, or 2 for swapped positions.</param>
    public static Game? GameOf(Judgment judgment, int gameNumber) => judgment.Games.ElementAtOrDefault(gameNumber - 1);
}
