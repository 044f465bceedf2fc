using ArenaBench.Core.Judging;

namespace ArenaBench.Core.Tests.Scoring;

/// <summary>Bradley-Terry with style differences the plain way: one line per vote, log-likelihood and derivatives spelled out, one
/// parameter improved at a time. Shares nothing with the product.</summary>
internal sealed class SlowSolver
{
    private readonly List<string> _models;
    private readonly List<(int Model, int Baseline, double[] X, double Outcome)> _votes = [];
    private readonly int _features;

    public SlowSolver(IEnumerable<TestGame> games, string anchor, Func<TestGame, double[]> style, int strong = 3)
    {
        var list = games.Where(g => g.Verdict is not null).ToList();
        _models = [anchor, .. list.SelectMany(g => new[] { g.Model, g.Baseline }).Distinct().Where(m => m != anchor).Order(StringComparer.Ordinal)];
        foreach (var g in list)
        {
            var forFirst = g.Verdict switch { Verdict.AMuchBetter or Verdict.ABetter => 1, Verdict.Tie => 0.5, _ => 0.0 };
            var votes = g.Verdict is Verdict.AMuchBetter or Verdict.BMuchBetter ? strong : 1;
            for (var v = 0; v < votes; v++)
                _votes.Add((_models.IndexOf(g.Model), _models.IndexOf(g.Baseline), style(g), g.Number == 2 ? forFirst : 1 - forFirst));
        }

        _features = _votes[0].X.Length;
        Parameters = new double[_models.Count + _features];
    }

    /// <summary>Strengths, the anchor's first and 0, then style coefficients.</summary>
    public double[] Parameters { get; }

    public double Strength(string model) => Parameters[_models.IndexOf(model)];

    public double Style(int feature) => Parameters[_models.Count + feature];

    public double LogLikelihood(double[] parameters)
    {
        double sum = 0;
        foreach (var vote in _votes)
        {
            var z = Logit(vote, parameters);
            sum += (vote.Outcome * z) - Math.Max(z, 0) - Math.Log(1 + Math.Exp(-Math.Abs(z)));
        }

        return sum;
    }

    public SlowSolver Solve()
    {
        for (var sweep = 0; sweep < 5000; sweep++)
        {
            double largest = 0;
            for (var k = 1; k < Parameters.Length; k++)
            {
                double gradient = 0, curvature = 0;
                foreach (var vote in _votes)
                {
                    var x = Derivative(vote, k);
                    if (x == 0)
                        continue;
                    var p = 1 / (1 + Math.Exp(-Logit(vote, Parameters)));
                    gradient += x * (vote.Outcome - p);
                    curvature += x * x * p * (1 - p);
                }

                if (curvature > 0)
                    Parameters[k] += gradient / curvature;
                largest = Math.Max(largest, Math.Abs(gradient));
            }

            if (largest < 1e-10)
                return this;
        }

        throw new InvalidOperationException("The slow solver did not get there.");
    }

    private double Logit((int Model, int Baseline, double[] X, double Outcome) vote, double[] parameters)
    {
        var z = parameters[vote.Model] - parameters[vote.Baseline];
        for (var f = 0; f < _features; f++)
            z += parameters[_models.Count + f] * vote.X[f];
        return z;
    }

    private double Derivative((int Model, int Baseline, double[] X, double Outcome) vote, int k) =>
        k >= _models.Count ? vote.X[k - _models.Count] : (vote.Model == k ? 1 : 0) - (vote.Baseline == k ? 1 : 0);
}
