namespace ArenaBench.Core.Scoring;

/// <summary>Gradient and Hessian in the layout's arrow shape, and the Newton step they give.</summary>
internal sealed class NewtonSystem
{
    private const int Features = CollapsedBattles.Features;

    private readonly StrengthLayout _layout;
    private readonly CollapsedBattles _battles;
    private readonly int _border;
    private readonly double[] _gradient, _diagonal, _coupling, _step;
    private readonly double[] _borderGradient, _borderHessian, _borderScale, _borderStep;
    private readonly double[] _styleGradient = new double[Features];
    private readonly double[] _styleCurvature = new double[Features * (Features + 1) / 2];

    public NewtonSystem(StrengthLayout layout)
    {
        _layout = layout;
        _battles = layout.Battles;
        _border = layout.BorderSize;
        _gradient = new double[_battles.Models];
        _diagonal = new double[_battles.Models];
        _coupling = new double[_battles.Models * _border];
        _step = new double[_battles.Models];
        _borderGradient = new double[_border];
        _borderHessian = new double[_border * _border];
        _borderScale = new double[_border];
        _borderStep = new double[_border];
    }

    public void Evaluate(
        RowWeights rows, double[] groupWeight, double[] groupScore, StrengthFit fit, bool[] connected,
        ReadOnlySpan<double> known, Span<double> keep)
    {
        Clear();
        for (var g = 0; g < _battles.Groups.Length; g++)
        {
            var group = _battles.Groups[g];
            if (!connected[group.Model] || !(groupWeight[g] > 0))
                continue;
            var offset = fit.Strength[group.Model] - fit.Strength[group.Baseline];
            if (_layout.Styled)
            {
                Add(group, GroupKernel.Sum(_battles, rows, group, offset, fit.Style, known, keep, _styleGradient, _styleCurvature));
            }
            else
            {
                var p = Logistic.Of(offset);
                Add(group, new() { Residual = groupScore[g] - (groupWeight[g] * p), Curvature = groupWeight[g] * p * (1 - p) });
            }
        }

        if (_layout.Styled)
            AddStyle();
        AddRidge(fit);
    }

    /// <summary>Newton's step from the last point evaluated.</summary>
    /// <returns>False when the Hessian is singular.</returns>
    public bool Solve()
    {
        _borderGradient.CopyTo(_borderStep, 0);
        for (var m = 0; m < _gradient.Length; m++)
        {
            if (!_layout.IsFree(m) || _diagonal[m] <= 0)
                continue;
            var row = _coupling.AsSpan(m * _border, _border);
            for (var i = 0; i < _border; i++)
            {
                if (row[i] == 0)
                    continue;
                var share = row[i] / _diagonal[m];
                _borderStep[i] -= share * _gradient[m];
                for (var j = 0; j <= i; j++)
                    _borderHessian[(i * _border) + j] -= share * row[j];
            }
        }

        if (!Cholesky.Solve(_borderHessian, _borderStep, _borderScale))
            return false;

        for (var m = 0; m < _gradient.Length; m++)
        {
            if (!_layout.IsFree(m))
            {
                _step[m] = m == _battles.Anchor ? 0 : _borderStep[_layout.Border[m]];
                continue;
            }

            var sum = _gradient[m];
            var row = _coupling.AsSpan(m * _border, _border);
            for (var i = 0; i < _border; i++)
                sum -= row[i] * _borderStep[i];
            _step[m] = _diagonal[m] > 0 ? sum / _diagonal[m] : 0;
        }

        return true;
    }

    /// <summary>Gradient of the last point evaluated times the step last solved for.</summary>
    public double SlopeAlongStep()
    {
        double slope = 0;
        for (var m = 0; m < _gradient.Length; m++)
            slope += _layout.IsFree(m) ? _gradient[m] * _step[m] : 0;
        for (var i = 0; i < _border; i++)
            slope += _borderGradient[i] * _borderStep[i];
        return slope;
    }

    public void Move(StrengthFit fit, double by)
    {
        for (var m = 0; m < _step.Length; m++)
            fit.Strength[m] += by * _step[m];
        for (var f = 0; _layout.Styled && f < Features; f++)
            fit.Style[f] += by * _borderStep[_layout.BorderModels + f];
    }

    public double GradientNorm() => Math.Max(Largest(_gradient), Largest(_borderGradient));

    public double LongestComponent() => Math.Max(Largest(_step), Largest(_borderStep));

    public static double LargestParameter(StrengthFit fit) => Math.Max(Largest(fit.Strength), Largest(fit.Style));

    private static double Largest(ReadOnlySpan<double> values)
    {
        double largest = 0;
        foreach (var v in values)
            largest = Math.Max(largest, Math.Abs(v));
        return largest;
    }

    private void Clear()
    {
        Array.Clear(_gradient);
        Array.Clear(_diagonal);
        Array.Clear(_coupling);
        Array.Clear(_borderGradient);
        Array.Clear(_borderHessian);
        Array.Clear(_styleGradient);
        Array.Clear(_styleCurvature);
    }

    private void Add(in BattleGroup group, in GroupSums s)
    {
        int m = _layout.Border[group.Model], b = _layout.Border[group.Baseline];
        if (b >= 0)
        {
            _borderGradient[b] -= s.Residual;
            AddToBorder(b, b, s.Curvature);
            AddCross(b, s, -1);
        }

        if (m >= 0)
        {
            _borderGradient[m] += s.Residual;
            AddToBorder(m, m, s.Curvature);
            AddCross(m, s, 1);
            if (b >= 0)
                AddToBorder(Math.Max(m, b), Math.Min(m, b), -s.Curvature);
        }
        else if (group.Model != _battles.Anchor)
        {
            _gradient[group.Model] += s.Residual;
            _diagonal[group.Model] += s.Curvature;
            var row = _coupling.AsSpan(group.Model * _border, _border);
            if (b >= 0)
                row[b] -= s.Curvature;
            if (_layout.Styled)
            {
                row = row[_layout.BorderModels..];
                row[0] += s.Cross0;
                row[1] += s.Cross1;
                row[2] += s.Cross2;
                row[3] += s.Cross3;
            }
        }
    }

    private void AddCross(int model, in GroupSums s, double sign)
    {
        if (!_layout.Styled)
            return;
        var first = _layout.BorderModels;
        AddToBorder(first, model, sign * s.Cross0);
        AddToBorder(first + 1, model, sign * s.Cross1);
        AddToBorder(first + 2, model, sign * s.Cross2);
        AddToBorder(first + 3, model, sign * s.Cross3);
    }

    private void AddStyle()
    {
        for (int f = 0, at = 0; f < Features; f++)
        {
            var i = _layout.BorderModels + f;
            _borderGradient[i] += _styleGradient[f];
            for (var g = 0; g <= f; g++)
                AddToBorder(i, _layout.BorderModels + g, _styleCurvature[at++]);
        }
    }

    private void AddRidge(StrengthFit fit)
    {
        const double ridge = StrengthSolver.RidgeWeight;
        for (var m = 0; m < fit.Ridge.Length; m++)
        {
            if (!fit.Ridge[m])
                continue;
            if (_layout.Border[m] is >= 0 and var i)
            {
                _borderGradient[i] -= ridge * fit.Strength[m];
                AddToBorder(i, i, ridge);
            }
            else
            {
                _gradient[m] -= ridge * fit.Strength[m];
                _diagonal[m] += ridge;
            }
        }

        for (var f = 0; _layout.Styled && f < Features; f++)
        {
            var i = _layout.BorderModels + f;
            if (fit.RidgeOnStyle && _layout.ActiveFeatures[f])
            {
                _borderGradient[i] -= ridge * fit.Style[f];
                AddToBorder(i, i, ridge);
            }
        }

        // What has no data keeps its place and does not move.
        for (var i = 0; i < _border; i++)
        {
            ref var diagonal = ref _borderHessian[(i * _border) + i];
            if (diagonal == 0)
                diagonal = 1;
            _borderScale[i] = diagonal;
        }
    }

    private void AddToBorder(int row, int column, double value) => _borderHessian[(row * _border) + column] += value;
}
