namespace ArenaBench.Core.Scoring;

/// <summary>What each round of a bootstrap gave. A number that a round could not give is NaN, here and nowhere else.</summary>
/// <param name="score">By model, then round: win rate from 0 to 1, or mean rating; null for a model without a score.</param>
/// <param name="style">By feature, then round.</param>
internal sealed class Draws(int rounds, double[]?[] score, double[][] style)
{
    public int Rounds { get; } = rounds;

    public double[]?[] Score { get; } = score;

    public double[][] Style { get; } = style;

    /// <summary>The rounds that have a number, ascending by it.</summary>
    public static double[] Sorted(double[] values)
    {
        var sorted = Array.FindAll(values, v => !double.IsNaN(v));
        Array.Sort(sorted);
        return sorted;
    }
}
