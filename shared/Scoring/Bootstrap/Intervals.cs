namespace ArenaBench.Core.Scoring;

/// <summary>Turns a value and its bootstrap rounds into an <see cref="Estimate"/>.</summary>
internal static class Intervals
{
    public const string NoRounds = "no interval: no bootstrap rounds were asked for";
    public const string OneQuestion = "no interval: it takes at least two questions";

    /// <param name="value">On the scale of the rounds.</param>
    /// <param name="rounds">NaN where a round gave nothing.</param>
    /// <param name="options">Whose confidence and way of counting hold.</param>
    /// <param name="map">From the rounds' scale to the one reported; increasing.</param>
    public static Estimate Of(double value, double[] rounds, BootstrapOptions options, Func<double, double> map)
    {
        var point = map(value);
        if (!double.IsFinite(point))
            return Estimate.None(value > 0.5 ? "won every vote: no finite strength" : "lost every vote: no finite strength");
        var sorted = Draws.Sorted(rounds);
        if (sorted.Length < 2)
            return new(point, null, null, null, "no interval: the bootstrap rounds have no number for it");

        var published = options.Unit == BootstrapUnit.Vote;
        var lower = Percentiles.Of(sorted, (1 - options.Confidence) / 2, published, map);
        var upper = Percentiles.Of(sorted, (1 + options.Confidence) / 2, published, map);
        var mapped = Array.ConvertAll(rounds, v => map(v));
        var finite = Array.FindAll(mapped, double.IsFinite);
        var deviation = finite.Length == sorted.Length ? Percentiles.Deviation(finite) : null;
        var bounded = double.IsFinite(lower) && double.IsFinite(upper);
        return new(point, Finite(lower), Finite(upper), deviation,
            bounded ? null : "the interval is unbounded on one side: rounds in which every vote was won, or every vote lost");
    }

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
