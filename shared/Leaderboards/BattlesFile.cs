using System.Text;
using System.Text.Json.Nodes;
using ArenaBench.Core.Configuration;
using ArenaBench.Core.Judging;
using ArenaBench.Core.Records;
using ArenaBench.Core.Scoring;

namespace ArenaBench.Core.Leaderboards;

/// <summary>The battles that a pairwise leaderboard counts, as the published pipeline writes them: one JSON line a vote, a strong
/// verdict several times. <c>model_a</c> is the baseline in both games.</summary>
public static class BattlesFile
{
    /// <param name="games">With those of unknown questions left out already.</param>
    /// <param name="categoryOf">Of a question.</param>
    /// <returns>JSON lines, sorted by model, question, judge and game, whatever order the games come in.</returns>
    /// <exception cref="ProblemException">A strong verdict is not a whole number of votes.</exception>
    public static string Write(IEnumerable<ScoredGame> games, PairwiseOptions options, Func<string, string> categoryOf)
    {
        if (options.StrongWeight != Math.Floor(options.StrongWeight))
            throw new ProblemException(new Problem(null, null, null, "strong_weight is no whole number, but the battles file repeats a strong verdict so often; name a whole number"));
        var text = new StringBuilder();
        foreach (var game in Counting(games, options, categoryOf))
        {
            var verdict = game.Score!.Verdict!.Value;
            var line = new JsonObject
            {
                ["question_id"] = game.QuestionId,
                ["model_a"] = game.Baseline,
                ["model_b"] = game.Model,
                ["winner"] = Winner(verdict, baselineIsA: game.GameNumber == 1),
                ["judge"] = game.Judge,
                ["game"] = game.GameNumber,
            }.ToJsonString(JsonFiles.Options);
            var votes = verdict is Verdict.AMuchBetter or Verdict.BMuchBetter ? options.StrongWeight : 1;
            for (var vote = 0; vote < votes; vote++)
                text.Append(line).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>By the rules of the leaderboard: the scope, each game once, whole pairs where those are wanted, none of a model
    /// against itself.</summary>
    private static IEnumerable<ScoredGame> Counting(IEnumerable<ScoredGame> games, PairwiseOptions options, Func<string, string> categoryOf) => games
        .Where(game => game.Model != game.Baseline
            && (!options.FirstGameOnly || game.GameNumber == 1)
            && (options.Judges is null || options.Judges.Contains(game.Judge))
            && (options.Categories is null || options.Categories.Contains(categoryOf(game.QuestionId))))
        .GroupBy(game => (game.Model, game.QuestionId, game.Judge, game.Baseline))
        .OrderBy(pair => pair.Key.Model, StringComparer.Ordinal).ThenBy(pair => pair.Key.QuestionId, StringComparer.Ordinal)
        .ThenBy(pair => pair.Key.Judge, StringComparer.Ordinal).ThenBy(pair => pair.Key.Baseline, StringComparer.Ordinal)
        .SelectMany(pair =>
        {
            ScoredGame[] scored = [.. pair.DistinctBy(game => game.GameNumber).Where(game => game.Score?.Verdict is not null).OrderBy(game => game.GameNumber)];
            return scored.Length == 2 || options.FirstGameOnly || options.IncompletePairs == IncompletePairs.Keep ? scored : [];
        });

    private static string Winner(Verdict verdict, bool baselineIsA) => verdict switch
    {
        Verdict.Tie => "tie",
        Verdict.AMuchBetter or Verdict.ABetter => baselineIsA ? "model_a" : "model_b",
        _ => baselineIsA ? "model_b" : "model_a",
    };
}
