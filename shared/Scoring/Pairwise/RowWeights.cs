namespace ArenaBench.Core.Scoring;

/// <summary>Votes of every row in one resample, or in the data itself, and the workspace of whoever fits them.</summary>
internal sealed class RowWeights(int rows)
{
    /// <summary>All votes.</summary>
    public double[] Weight { get; } = new double[rows];

    /// <summary>Votes won plus half of those tied.</summary>
    public double[] Score { get; } = new double[rows];

    public void TakeAll(CollapsedBattles battles)
    {
        battles.Weight.CopyTo(Weight, 0);
        battles.Score.CopyTo(Score, 0);
    }

    /// <param name="times">How often each question was drawn.</param>
    public void TakeQuestions(CollapsedBattles battles, double[] times)
    {
        var question = battles.Question;
        for (var i = 0; i < question.Length; i++)
        {
            var t = times[question[i]];
            Weight[i] = battles.Weight[i] * t;
            Score[i] = battles.Score[i] * t;
        }
    }
}
