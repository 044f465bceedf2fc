namespace ArenaBench.Core.Scoring;

/// <summary>Chooses the model that strengths are measured against.</summary>
internal static class AnchorChoice
{
    /// <returns>-1 when there is none.</returns>
    public static int Of(BattleTable table, PairwiseOptions options, int[] baselineGames, RowTally?[] tallies, List<ScoringNote> notes)
    {
        if (options.Baseline is { } wanted)
        {
            for (var m = 0; m < table.Models.Count; m++)
            {
                if (table.Models[m] == wanted && (baselineGames[m] > 0 || tallies[m] is not null))
                    return m;
            }

            notes.Add(new("unknown_baseline", $"No game of this scope was played by \"{wanted}\"; there is nothing to measure against."));
            return -1;
        }

        var best = -1;
        for (var m = 0; m < baselineGames.Length; m++)
        {
            if (baselineGames[m] > (best < 0 ? 0 : baselineGames[best]))
                best = m;
        }

        if (best < 0)
            notes.Add(new("no_games", "There is no game in this scope."));
        return best;
    }
}
