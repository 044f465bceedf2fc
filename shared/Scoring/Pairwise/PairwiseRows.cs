namespace ArenaBench.Core.Scoring;

/// <summary>Makes the rows of a pairwise leaderboard from what was computed.</summary>
internal static class PairwiseRows
{
    private const double EloPerLogit = 400 / 2.302585092994046; // 400 / ln 10

    public static IReadOnlyList<PairwiseRow> Of(BattleTable table, PairwiseOptions options, PairwiseRun run)
    {
        var places = Ranks.Of(run.Score, run.Draws, options.Bootstrap.Confidence);
        var expected = ExpectedGames.Of(table, options, run.Scope);
        var rows = new List<PairwiseRow>();
        for (var m = 0; m < table.Models.Count; m++)
        {
            var isBaseline = run.Scope.BaselineGames[m] > 0 || m == run.Scope.Anchor;
            if (!table.Contestant[m] && !isBaseline)
                continue;
            var tally = run.Scope.Tallies[m] ?? new RowTally();
            rows.Add(new(
                table.Models[m], places[m]?.Rank, places[m]?.Best, places[m]?.Worst, isBaseline,
                Score(m, options, run, tally, isBaseline, rate => 100 * rate, 50),
                Score(m, options, run, tally, isBaseline, rate => 1000 + (EloPerLogit * Logistic.Logit(rate)), 1000),
                AverageTokens(table, run.Scope, m), tally.Counts(expected[m]), tally.Outcomes(), run.Scope.BaselineScored[m]));
        }

        return [.. rows
            .OrderBy(r => r.Rank ?? int.MaxValue)
            .ThenBy(r => r.Model, StringComparer.Ordinal)];
    }

    private static Estimate Score(
        int m, PairwiseOptions options, PairwiseRun run, RowTally tally, bool isBaseline, Func<double, double> map, double ofAnchor)
    {
        var score = run.Score[m];
        if (double.IsNaN(score))
            return Estimate.None(WhyNone(run, tally, isBaseline));
        if (m == run.Scope.Anchor && (run.Fit is not null || !tally.Any))
            return new(ofAnchor, ofAnchor, ofAnchor, 0);
        if (run.Draws?.Score[m] is { } rounds)
            return Intervals.Of(score, rounds, options.Bootstrap, map);
        var point = map(score);
        return double.IsFinite(point)
            ? new(point, null, null, null, run.WhyNoDraws)
            : Intervals.Of(score, [], options.Bootstrap, map);
    }

    private static string WhyNone(PairwiseRun run, RowTally tally, bool isBaseline) =>
        run.Scope.Anchor < 0 ? "there is no baseline to measure against"
        : !tally.Any && isBaseline ? "it is a baseline here and was not judged itself"
        : !tally.Any ? "no game of this model counts here"
        : run.Fit is { Converged: false } ? "the likelihood has no optimum that could be found"
        : "never compared with the baseline, directly or through others";

    private static double? AverageTokens(BattleTable table, BattleScope scope, int model)
    {
        if (table.HasTokens[model] is not { } has)
            return null;
        long tokens = 0, answers = 0;
        for (var q = 0; q < has.Length; q++)
        {
            if (!has[q] || !scope.Selection.Category[table.CategoryOf[q]])
                continue;
            tokens += table.Styles[model]![q].Tokens;
            answers++;
        }

        return answers == 0 ? null : (double)tokens / answers;
    }
}
