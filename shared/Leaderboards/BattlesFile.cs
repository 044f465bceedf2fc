using System.Text;
using System.Text.Json.Nodes;
using ArenaBench.Core.Judging;
using ArenaBench.Core.Records;

namespace ArenaBench.Core.Leaderboards;

/// <summary>The battles of a pairwise leaderboard as the published pipeline writes them: one JSON line a vote, a strong verdict
/// several times. <c>model_a</c> is the baseline in both games.</summary>
public static class BattlesFile
{
    /// <param name="strongWeight">Votes of a strong verdict.</param>
    /// <returns>JSON lines, sorted by model, question, judge and game, whatever order the games come in.</returns>
    public static string Write(IEnumerable<ScoredGame> games, int strongWeight = 3)
    {
        var text = new StringBuilder();
        var sorted = games.Where(game => game.Score?.Verdict is not null)
            .OrderBy(game => game.Model, StringComparer.Ordinal).ThenBy(game => game.QuestionId, StringComparer.Ordinal)
            .ThenBy(game => game.Judge, StringComparer.Ordinal).ThenBy(game => game.GameNumber);
        foreach (var game in sorted)
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
            var votes = verdict is Verdict.AMuchBetter or Verdict.BMuchBetter ? strongWeight : 1;
            for (var vote = 0; vote < votes; vote++)
                text.Append(line).Append('\n');
        }

        return text.ToString();
    }

    private static string Winner(Verdict verdict, bool baselineIsA) => verdict switch
    {
        Verdict.Tie => "tie",
        Verdict.AMuchBetter or Verdict.ABetter => baselineIsA ? "model_a" : "model_b",
        _ => baselineIsA ? "model_b" : "model_a",
    };
}
