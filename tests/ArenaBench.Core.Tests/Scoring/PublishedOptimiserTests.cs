using ArenaBench.Core.Scoring;
using ArenaBench.Testing.Scoring;

namespace ArenaBench.Core.Tests.Scoring;

/// <summary>Evidence for docs/statistics.md: where the v2.0 script's optimiser stops. L-BFGS without line search, steps of 0.1 of
/// its direction, at most 50 of them, every parameter started at 0.5, as the script asks for.</summary>
public class PublishedOptimiserTests
{
    [Fact]
    public void FiftyTenthSteps_StopShortOfTheOptimum()
    {
        var table = new SimulatedGames([-2.5, -1.5, -0.5, 0.5, 1.5, 2.5], Questions: 500, LengthEffect: 1.0).Draw(1);
        var options = new PairwiseOptions { Style = StyleControl.Length, StyleReference = StyleReference.EqualStyle, Bootstrap = new() { Rounds = 0 } };
        var run = new PairwiseRun(table, options);
        run.Run(1, TestContext.Current.CancellationToken);
        var exact = run.Score.Select((score, m) => (Model: m, Score: 100 * score)).ToList();

        // The baseline has a coefficient of its own there; only differences from it matter.
        var models = table.Models.Count;
        var found = Lbfgs(Enumerable.Repeat(0.5, models + 1).ToArray(), point => Loss(run.Scope.Battles, point, models));
        var (_, gradient) = Loss(run.Scope.Battles, found, models);
        var gap = exact.Max(e => Math.Abs(e.Score - (100 / (1 + Math.Exp(found[run.Scope.Anchor] - found[e.Model])))));

        // docs/statistics.md quotes these.
        Assert.InRange(gradient.Max(Math.Abs), 0.5, 20);
        Assert.InRange(gap, 0.05, 1);
        Assert.InRange(run.Fit!.GradientNorm, 0, 1e-9);
        TestContext.Current.TestOutputHelper?.WriteLine($"gradient {gradient.Max(Math.Abs)}, gap {gap} points");
    }

    private static (double Loss, double[] Gradient) Loss(CollapsedBattles battles, double[] point, int models)
    {
        double loss = 0;
        var gradient = new double[point.Length];
        foreach (var group in battles.Groups)
        {
            for (var i = group.Start; i < group.End; i++)
            {
                var x = battles.Style[0][i];
                var z = point[group.Model] - point[group.Baseline] + (point[models] * x);
                var p = 1 / (1 + Math.Exp(-z));
                loss -= (battles.Score[i] * Math.Log(p)) + ((battles.Weight[i] - battles.Score[i]) * Math.Log(1 - p));
                var r = (battles.Weight[i] * p) - battles.Score[i];
                gradient[group.Model] += r;
                gradient[group.Baseline] -= r;
                gradient[models] += r * x;
            }
        }

        return (loss, gradient);
    }

    private static double[] Lbfgs(double[] point, Func<double[], (double Loss, double[] Gradient)> evaluate)
    {
        const double rate = 0.1, tolerance = 1e-9;
        var steps = new List<double[]>();
        var changes = new List<double[]>();
        var (loss, gradient) = evaluate(point);
        double[] direction = [], last = [];
        for (var iteration = 1; iteration <= 50; iteration++)
        {
            var step = rate;
            if (iteration == 1)
            {
                direction = [.. gradient.Select(g => -g)];
                step = Math.Min(1, 1 / gradient.Sum(Math.Abs)) * rate;
            }
            else
            {
                direction = Direction(steps, changes, gradient);
            }

            var move = direction.Select(d => step * d).ToArray();
            point = [.. point.Zip(move, (a, b) => a + b)];
            last = gradient;
            (var newLoss, gradient) = evaluate(point);
            if (gradient.Max(Math.Abs) <= tolerance || move.Max(Math.Abs) <= tolerance || Math.Abs(newLoss - loss) < tolerance)
                break;
            loss = newLoss;
            steps.Add(move);
            changes.Add([.. gradient.Zip(last, (a, b) => a - b)]);
        }

        return point;
    }

    private static double[] Direction(List<double[]> steps, List<double[]> changes, double[] gradient)
    {
        var q = gradient.Select(g => -g).ToArray();
        var alpha = new double[steps.Count];
        for (var i = steps.Count - 1; i >= 0; i--)
        {
            alpha[i] = Dot(steps[i], q) / Dot(steps[i], changes[i]);
            q = [.. q.Zip(changes[i], (a, b) => a - (alpha[i] * b))];
        }

        var scale = Dot(steps[^1], changes[^1]) / Dot(changes[^1], changes[^1]);
        q = [.. q.Select(v => scale * v)];
        for (var i = 0; i < steps.Count; i++)
        {
            var beta = Dot(changes[i], q) / Dot(steps[i], changes[i]);
            q = [.. q.Zip(steps[i], (a, b) => a + ((alpha[i] - beta) * b))];
        }

        return q;
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
}
