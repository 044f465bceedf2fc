namespace ArenaBench.Core.Scoring;

/// <summary>Where each model stands, and where it might, given the bootstrap.</summary>
internal static class Ranks
{
    public readonly record struct Place(int Rank, int? Best, int? Worst);

    /// <param name="score">By model; NaN for one without a score: it gets no rank.</param>
    public static Place?[] Of(double[] score, Draws? draws, double confidence)
    {
        var places = new Place?[score.Length];
        var ranked = Enumerable.Range(0, score.Length).Where(m => !double.IsNaN(score[m])).ToArray();
        foreach (var m in ranked)
        {
            var rank = 1 + ranked.Count(o => score[o] > score[m]);
            if (draws?.Score[m] is null)
            {
                places[m] = new(rank, null, null);
                continue;
            }

            int better = 0, worse = 0;
            foreach (var o in ranked)
            {
                if (o == m || draws.Score[o] is null || !(PValue(draws.Score[o]!, draws.Score[m]!) is { } p) || p >= 1 - confidence)
                    continue;
                if (score[o] > score[m])
                    better++;
                else if (score[o] < score[m])
                    worse++;
            }

            places[m] = new(rank, 1 + better, ranked.Length - worse);
        }

        return places;
    }

    /// <summary>Two-sided: twice the smaller share of rounds in which the difference has, or reaches, the wrong sign.</summary>
    /// <returns>Null when no round has both.</returns>
    public static double? PValue(double[] first, double[] second)
    {
        int above = 0, below = 0, rounds = 0;
        for (var r = 0; r < first.Length; r++)
        {
            var difference = first[r] - second[r];
            above += difference >= 0 ? 1 : 0;
            below += difference <= 0 ? 1 : 0;
            rounds += double.IsNaN(difference) ? 0 : 1;
        }

        return rounds == 0 ? null : Math.Min(1, 2.0 * (1 + Math.Min(above, below)) / (rounds + 1));
    }
}
