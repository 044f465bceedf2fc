using System.Runtime.CompilerServices;

namespace ArenaBench.Core.Scoring;

/// <summary>A share of something that is counted by question, such as the games of a judge that are ties: with its interval by the
/// same draws of questions as a leaderboard's scores.</summary>
/// <param name="questions">Of the table.</param>
internal sealed class RatioSums(int questions)
{
    private readonly double[] _part = new double[questions];
    private readonly double[] _whole = new double[questions];

    public double Part { get; private set; }

    public double Whole { get; private set; }

    /// <summary>Null when nothing was counted.</summary>
    public double? Percent => Whole == 0 ? null : 100 * Part / Whole;

    /// <param name="part">From 0 to 1.</param>
    public void Add(int question, double part)
    {
        _part[question] += part;
        _whole[question]++;
        Part += part;
        Whole++;
    }

    /// <summary>In percent. Always by question, whatever the scores are resampled by: games of a question are not independent.</summary>
    public Estimate Estimate(BootstrapOptions bootstrap, string whyNone)
    {
        if (Percent is not { } percent)
            return Scoring.Estimate.None(whyNone);
        int[] drawn = [.. Enumerable.Range(0, _whole.Length).Where(q => _whole[q] > 0)];
        if (bootstrap.Rounds == 0 || drawn.Length < 2)
            return new(percent, null, null, null, bootstrap.Rounds == 0 ? Intervals.NoRounds : Intervals.OneQuestion);

        var rounds = Draw(drawn, bootstrap);
        return Intervals.Of(Part / Whole, rounds, bootstrap with { Unit = BootstrapUnit.Question }, share => 100 * share);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // a command ends before the JIT would come back to it
    private double[] Draw(int[] drawn, BootstrapOptions bootstrap)
    {
        var rounds = new double[bootstrap.Rounds];
        for (var round = 0; round < rounds.Length; round++)
        {
            var random = QuestionDraw.Stream(bootstrap.Seed, round);
            double part = 0, whole = 0;
            for (var i = 0; i < drawn.Length; i++)
            {
                var question = drawn[random.Next(drawn.Length)];
                part += _part[question];
                whole += _whole[question];
            }

            rounds[round] = part / whole;
        }

        return rounds;
    }
}
