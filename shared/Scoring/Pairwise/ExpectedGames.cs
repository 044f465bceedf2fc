namespace ArenaBench.Core.Scoring;

/// <summary>How many games each model should have in a scope.</summary>
internal static class ExpectedGames
{
    /// <summary>Questions × judges × games, per category, for every baseline it meets there (one, where it has met none yet).
    /// A category's own baseline is not expected to play there.</summary>
    public static int[] Of(BattleTable table, PairwiseOptions options, BattleScope scope)
    {
        var questions = new int[table.Categories.Count];
        foreach (var category in table.CategoryOf)
            questions[category]++;

        // Baselines of each category, and which each model has met there.
        var baselines = new HashSet<int>[table.Categories.Count];
        for (var c = 0; c < baselines.Length; c++)
            baselines[c] = [];
        foreach (var tally in scope.Tallies)
        {
            foreach (var (category, baseline) in tally?.Met ?? [])
                baselines[category].Add(baseline);
        }

        var perQuestion = scope.Selection.Judges.Count * (options.FirstGameOnly ? 1 : 2);
        var expected = new int[table.Models.Count];
        for (var m = 0; m < expected.Length; m++)
        {
            for (var c = 0; table.Contestant[m] && c < baselines.Length; c++)
            {
                if (!scope.Selection.Category[c] || (options.Baseline is not null && baselines[c].Count == 0))
                    continue;
                var met = scope.Tallies[m]?.Met.Count(x => x.Category == c) ?? 0;
                if (met == 0 && baselines[c].Contains(m))
                    continue;
                expected[m] += questions[c] * perQuestion * Math.Max(1, met);
            }
        }

        return expected;
    }
}
