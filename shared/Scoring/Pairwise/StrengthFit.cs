namespace ArenaBench.Core.Scoring;

/// <summary>Strengths and style coefficients that one set of weights leads to.</summary>
internal sealed class StrengthFit(int models)
{
    /// <summary>In logits, the anchor's 0; NaN for a model that is not connected with it.</summary>
    public double[] Strength { get; } = new double[models];

    /// <summary>Logits per standard deviation.</summary>
    public double[] Style { get; } = new double[CollapsedBattles.Features];

    /// <summary>By model: a ridge kept its strength finite.</summary>
    public bool[] Ridge { get; } = new bool[models];

    /// <summary>A ridge kept the style coefficients finite, or told collinear ones apart.</summary>
    public bool RidgeOnStyle { get; set; }

    public int Iterations { get; set; }

    /// <summary>Largest component of the gradient: of a full fit at its optimum, of a resample's before its last step.</summary>
    public double GradientNorm { get; set; }

    public bool Converged { get; set; }
}
