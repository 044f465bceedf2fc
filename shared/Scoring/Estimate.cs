namespace ArenaBench.Core.Scoring;

/// <summary>A number with its interval. What cannot be computed is null and says why: never 0, NaN or infinity.</summary>
/// <param name="Value">From all data, not from the bootstrap.</param>
/// <param name="Lower">Lower end of the interval at the leaderboard's confidence.</param>
/// <param name="StandardError">Standard deviation of the bootstrap rounds, unless said otherwise.</param>
/// <param name="Absent">Why <paramref name="Value"/> or the interval is null.</param>
public sealed record Estimate(double? Value, double? Lower, double? Upper, double? StandardError, string? Absent = null)
{
    public static Estimate None(string why) => new(null, null, null, null, why);
}
