namespace ArenaBench.Core.Scoring;

/// <summary>Maximises the weighted log-likelihood Σ score·ln σ(z) + (weight - score)·ln σ(-z), z = strength(model) - strength(baseline)
/// + style · difference, by Newton steps. One instance per thread: it owns its workspace.</summary>
internal sealed class StrengthSolver(StrengthLayout layout)
{
    /// <summary>Small enough that a model without a loss always stands above one that conceded half a vote.</summary>
    public const double RidgeWeight = 0.01;

    private const int MaxIterations = 60;
    private const double LongestStep = 4, FarOut = 60;

    private readonly CollapsedBattles _battles = layout.Battles;
    private readonly WinGraph _graph = new(layout.Battles);
    private readonly NewtonSystem _system = new(layout);
    private readonly double[] _groupWeight = new double[layout.Battles.Groups.Length];
    private readonly double[] _groupScore = new double[layout.Battles.Groups.Length];

    /// <summary>Fits from scratch, to the last bit that rounding allows.</summary>
    /// <param name="probability">Receives the win probability of every row.</param>
    public StrengthFit FitFully(RowWeights rows, double[] probability)
    {
        var fit = new StrengthFit(_battles.Models);
        SumGroups(rows);
        StartFromWinRates(fit);
        Fit(rows, fit, known: [], tolerance: 1e-16);
        if (fit.Converged)
        {
            _system.Evaluate(rows, _groupWeight, _groupScore, fit, _graph.Connected, known: [], keep: probability);
            fit.GradientNorm = _system.GradientNorm();
        }

        return fit;
    }

    /// <summary>Fits a resample, starting from the fit of all data, which must have converged.</summary>
    /// <param name="probability">Win probabilities of the rows at that fit.</param>
    public void Refit(RowWeights rows, StrengthFit full, double[] probability, StrengthFit fit)
    {
        SumGroups(rows);
        for (var m = 0; m < full.Strength.Length; m++)
            fit.Strength[m] = double.IsNaN(full.Strength[m]) ? 0 : full.Strength[m];
        full.Style.CopyTo(fit.Style, 0);
        Fit(rows, fit, probability, tolerance: 1e-10);
    }

    private void Fit(RowWeights rows, StrengthFit fit, ReadOnlySpan<double> known, double tolerance)
    {
        _graph.Walk(_groupWeight, _groupScore);
        _graph.Separated.CopyTo(fit.Ridge, 0);
        fit.RidgeOnStyle = false;
        if (!Climb(rows, fit, known, tolerance))
        {
            // Style differences that tell winners from losers without error, or that are collinear: hold everything.
            _graph.Connected.CopyTo(fit.Ridge, 0);
            fit.Ridge[_battles.Anchor] = false;
            fit.RidgeOnStyle = layout.Styled;
            Array.Clear(fit.Strength);
            Array.Clear(fit.Style);
            fit.Converged = Climb(rows, fit, known: [], tolerance);
        }
        else
        {
            fit.Converged = true;
        }

        for (var m = 0; m < fit.Strength.Length; m++)
        {
            if (!_graph.Connected[m] || !fit.Converged)
                fit.Strength[m] = double.NaN;
        }

        if (!fit.Converged)
            Array.Fill(fit.Style, double.NaN);
    }

    private bool Climb(RowWeights rows, StrengthFit fit, ReadOnlySpan<double> known, double tolerance)
    {
        double lastSlope = 0, step = 1;
        for (fit.Iterations = 1; fit.Iterations <= MaxIterations; fit.Iterations++)
        {
            _system.Evaluate(rows, _groupWeight, _groupScore, fit, _graph.Connected, fit.Iterations == 1 ? known : [], keep: []);
            fit.GradientNorm = _system.GradientNorm();

            // The function is concave: a slope that points back as steeply as half the old one means the step was too long.
            if (fit.Iterations > 1 && _system.SlopeAlongStep() < -0.5 * lastSlope)
            {
                step /= 2;
                _system.Move(fit, -step);
                continue;
            }

            if (!_system.Solve())
                return false;
            lastSlope = _system.SlopeAlongStep();
            step = Math.Min(1, LongestStep / Math.Max(_system.LongestComponent(), 1e-300));
            _system.Move(fit, step);
            if (NewtonSystem.LargestParameter(fit) > FarOut)
                return false;
            if (lastSlope <= tolerance && step == 1)
                return true;
        }

        return false;
    }

    private void SumGroups(RowWeights rows)
    {
        for (var g = 0; g < _groupWeight.Length; g++)
        {
            double weight = 0, score = 0;
            for (var i = _battles.Groups[g].Start; i < _battles.Groups[g].End; i++)
            {
                weight += rows.Weight[i];
                score += rows.Score[i];
            }

            _groupWeight[g] = weight;
            _groupScore[g] = score;
        }
    }

    /// <summary>With one baseline and no style this is the optimum itself.</summary>
    private void StartFromWinRates(StrengthFit fit)
    {
        for (var g = 0; g < _groupWeight.Length; g++)
        {
            var (model, baseline) = (_battles.Groups[g].Model, _battles.Groups[g].Baseline);
            var rate = _groupScore[g] / _groupWeight[g];
            if (baseline == _battles.Anchor && rate is > 0 and < 1)
                fit.Strength[model] = Logistic.Logit(rate);
        }
    }
}
