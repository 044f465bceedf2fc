using System.Globalization;

namespace ArenaBench.Core.Scoring;

/// <summary>Compares two models round by round: both were scored on the same questions in each.</summary>
internal static class Comparisons
{
    /// <param name="unit">Of a difference, for the sentence: <c>points</c>.</param>
    /// <param name="factor">From the rounds' scale to the one reported.</param>
    public static ModelComparison Of(
        string first, string second, double scoreFirst, double scoreSecond, double[]? roundsFirst, double[]? roundsSecond,
        BootstrapOptions options, double factor, string unit)
    {
        if (double.IsNaN(scoreFirst) || double.IsNaN(scoreSecond))
        {
            var without = double.IsNaN(scoreFirst) ? first : second;
            return new(first, second, Estimate.None($"{without} has no score"), null, null, $"{without} has no score, so there is nothing to compare.");
        }

        var difference = factor * (scoreFirst - scoreSecond);
        if (roundsFirst is null || roundsSecond is null)
        {
            var bare = new Estimate(difference, null, null, null, "no interval: there are no bootstrap rounds");
            return new(first, second, bare, null, null, string.Create(CultureInfo.InvariantCulture,
                $"{first} is {Math.Abs(difference):0.0##} {unit} {(difference < 0 ? "below" : "above")} {second}; without an interval that says nothing about significance."));
        }

        var rounds = new double[roundsFirst.Length];
        for (var r = 0; r < rounds.Length; r++)
            rounds[r] = roundsFirst[r] - roundsSecond[r];
        var estimate = Intervals.Of(scoreFirst - scoreSecond, rounds, options, d => factor * d);
        var p = Ranks.PValue(roundsFirst, roundsSecond);
        var significant = p is { } value ? value < 1 - options.Confidence : (bool?)null;
        return new(first, second, estimate, p, significant, Sentence(first, second, estimate, p, significant, options, unit));
    }

    private static string Sentence(
        string first, string second, Estimate difference, double? p, bool? significant, BootstrapOptions options, string unit)
    {
        var (better, worse, sign) = difference.Value < 0 ? (second, first, -1) : (first, second, 1);
        var how = options.Unit == BootstrapUnit.Question ? "paired by question" : "by vote, as if votes were independent";
        double? low = sign > 0 ? difference.Lower : -difference.Upper, high = sign > 0 ? difference.Upper : -difference.Lower;
        var verdict = significant == true ? $"{better} is better than {worse}" : $"{first} and {second} cannot be told apart";
        return string.Create(CultureInfo.InvariantCulture,
            $"{verdict}: {better} leads by {Math.Abs(difference.Value ?? 0):0.0##} {unit} ({100 * options.Confidence:0.##}% interval {low:0.0##} to {high:0.0##}, p = {p:0.0###}, {how}).");
    }
}
