namespace ArenaBench.Core.Scoring;

/// <summary>Percentiles of a bootstrap, interpolated linearly between order statistics.</summary>
internal static class Percentiles
{
    /// <param name="sorted">Ascending, not empty.</param>
    /// <param name="share">0 to 1.</param>
    /// <param name="published">Count order statistics as numpy and pandas do by default, which draws few rounds together: at 100
    /// rounds the ends of a 95% interval stand for some 93%. Else so that the share of a further round below is the one asked for.</param>
    /// <param name="map">Applied to the two order statistics before interpolating; increasing.</param>
    public static double Of(ReadOnlySpan<double> sorted, double share, bool published = false, Func<double, double>? map = null)
    {
        var position = published ? share * (sorted.Length - 1) : Math.Clamp((share * (sorted.Length + 1)) - 1, 0, sorted.Length - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, sorted.Length - 1);
        double low = sorted[below], high = sorted[above];
        if (map is not null)
            (low, high) = (map(low), map(high));
        var part = position - below;

        // Not low + part × (high - low) when they are equal: that would turn infinities into NaN.
        return low == high || part == 0 ? low : low + (part * (high - low));
    }

    /// <summary>Standard deviation with n - 1; null for fewer than two numbers.</summary>
    public static double? Deviation(ReadOnlySpan<double> values)
    {
        if (values.Length < 2)
            return null;
        double mean = 0, squares = 0;
        foreach (var v in values)
            mean += v;
        mean /= values.Length;
        foreach (var v in values)
            squares += (v - mean) * (v - mean);
        return Math.Sqrt(squares / (values.Length - 1));
    }
}
