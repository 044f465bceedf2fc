using ArenaBench.Core.Judging;

namespace ArenaBench.Core.Scoring;

/// <summary>One line of the published battles file, v0.1's <c>arena_hard_battles.jsonl</c>.</summary>
/// <param name="ModelA">The baseline.</param>
/// <param name="Winner"><c>model_a</c>, <c>model_b</c> or <c>tie</c>.</param>
public sealed record PublishedBattle(string QuestionId, string ModelA, string ModelB, string Winner);

public static class PublishedBattles
{
    /// <summary>The games that count, a strong verdict as several lines, in the order of model, baseline, question, judge, game.</summary>
    /// <exception cref="ArgumentException">The weight of strong verdicts is not a whole number of lines.</exception>
    public static IEnumerable<PublishedBattle> Of(BattleTable table, PairwiseOptions options)
    {
        options.Validate();
        if (options.StrongWeight != Math.Floor(options.StrongWeight))
            throw new ArgumentException($"StrongWeight is {options.StrongWeight}; a battles file takes whole numbers only.", nameof(options));
        return Lines(table, options);
    }

    private static IEnumerable<PublishedBattle> Lines(BattleTable table, PairwiseOptions options)
    {
        foreach (var game in BattleScope.CountedGames(table, options))
        {
            var (won, tied, lost) = Votes.Of((Verdict)game.Outcome, game.Game, options.StrongWeight);
            var line = new PublishedBattle(table.Questions[game.Question], table.Models[game.Baseline], table.Models[game.Model],
                won > 0 ? "model_b" : lost > 0 ? "model_a" : "tie");
            for (var i = 0; i < won + tied + lost; i++)
                yield return line;
        }
    }
}
