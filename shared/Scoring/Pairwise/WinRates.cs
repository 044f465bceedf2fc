namespace ArenaBench.Core.Scoring;

/// <summary>Each model's share of the votes in its games, from 0 to 1; NaN without votes.</summary>
internal static class WinRates
{
    public static void Of(CollapsedBattles battles, RowWeights rows, Span<double> rates)
    {
        rates.Fill(double.NaN);
        for (var g = 0; g < battles.Groups.Length;)
        {
            var model = battles.Groups[g].Model;
            double weight = 0, score = 0;
            for (; g < battles.Groups.Length && battles.Groups[g].Model == model; g++)
            {
                for (var i = battles.Groups[g].Start; i < battles.Groups[g].End; i++)
                {
                    weight += rows.Weight[i];
                    score += rows.Score[i];
                }
            }

            if (weight > 0)
                rates[model] = score / weight;
        }

        // A model judged against others may be the anchor too; against itself it has half.
        if (battles.Anchor >= 0 && double.IsNaN(rates[battles.Anchor]))
            rates[battles.Anchor] = 0.5;
    }
}
