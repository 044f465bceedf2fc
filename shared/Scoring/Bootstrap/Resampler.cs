using System.Runtime.CompilerServices;

namespace ArenaBench.Core.Scoring;

/// <summary>Weighs the rows for one round of a bootstrap. One instance per thread.</summary>
internal abstract class Resampler
{
    public abstract void Draw(int round, RowWeights rows);

    public static Func<Resampler> For(CollapsedBattles battles, BootstrapOptions options, bool perModel)
    {
        if (options.Unit == BootstrapUnit.Question)
            return () => new QuestionResampler(battles, options.Seed);
        var votes = new VoteList(battles, perModel);
        return () => new VoteResampler(battles, votes, options.Seed);
    }
}

/// <summary>Draws as many questions as there are, with replacement.</summary>
internal sealed class QuestionResampler(CollapsedBattles battles, long seed) : Resampler
{
    private readonly double[] _times = new double[battles.Questions];

    public override void Draw(int round, RowWeights rows)
    {
        QuestionDraw.Into(_times, battles.Drawn, seed, round);
        rows.TakeQuestions(battles, _times);
    }
}

internal static class QuestionDraw
{
    /// <param name="times">By question: how often it was drawn.</param>
    /// <param name="drawn">The questions to draw from.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // a command ends before the JIT would come back to it
    public static void Into(double[] times, int[] drawn, long seed, int round)
    {
        Array.Clear(times);
        var random = Stream(seed, round);
        for (var i = 0; i < drawn.Length; i++)
            times[drawn[random.Next(drawn.Length)]]++;
    }

    public static RandomStream Stream(long seed, int round) => new(seed, purpose: 1, round);
}
