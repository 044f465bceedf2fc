using ArenaBench.Core.Scoring;

namespace ArenaBench.Core.Costs;

/// <summary>How far something unknown may be from what is expected: a factor, log-normal.</summary>
/// <param name="Mean">Its median.</param>
/// <param name="Spread">Standard deviation of its logarithm.</param>
internal readonly record struct Factor(double Mean, double Spread)
{
    /// <summary>From ratios that were seen, and what such ratios vary by where few were.</summary>
    /// <param name="sumRatio">Of the sums, which is what costs are made of.</param>
    public static Factor Of(IReadOnlyList<double> ratios, double sumRatio, double usualSpread)
    {
        var logs = ratios.Where(ratio => ratio > 0).Select(ratio => Math.Log(ratio)).ToArray();
        if (logs.Length == 0)
            return new Factor(sumRatio, usualSpread);
        var mean = logs.Average();
        // As if two more had been seen that vary as usual.
        var variance = (logs.Sum(log => (log - mean) * (log - mean)) + (2 * usualSpread * usualSpread)) / (logs.Length + 1);
        return new Factor(sumRatio, Math.Max(0.02, Math.Sqrt(variance / logs.Length)));
    }

    public Factor Wider(double spread) => this with { Spread = Math.Sqrt((Spread * Spread) + (spread * spread)) };

    public double At(double z) => Mean * Math.Exp(Spread * z);
}

internal static class Normal
{
    /// <summary>Standard normal numbers, by Box and Muller.</summary>
    public static double Next(ref RandomStream stream)
    {
        var radius = Math.Sqrt(-2 * Math.Log(1 - Unit(ref stream)));
        return radius * Math.Cos(2 * Math.PI * Unit(ref stream));
    }

    private static double Unit(ref RandomStream stream) => (stream.NextBits() >> 11) * (1.0 / (1UL << 53));
}
