using ArenaBench.Core.Answers;

namespace ArenaBench.Core.Scoring;

/// <summary>Puts the scaled style differences into the rows. They are scaled but not centred: with one baseline centring only moves
/// every strength by the same amount, which <see cref="StyleReference"/> settles when win rates are read off.</summary>
internal sealed class StyleDifferences
{
    public static readonly string[] Names = ["length", "header", "list", "bold"];

    /// <summary>Of the raw differences over votes; by feature.</summary>
    public double[] Mean { get; } = new double[CollapsedBattles.Features];

    public double[] Deviation { get; } = new double[CollapsedBattles.Features];

    /// <summary>Asked for.</summary>
    public bool[] Wanted { get; } = new bool[CollapsedBattles.Features];

    /// <summary>Asked for, and not the same for every vote.</summary>
    public bool[] Active { get; } = new bool[CollapsedBattles.Features];

    public bool Any => Active.Contains(true);

    public static StyleDifferences Into(CollapsedBattles battles, BattleTable table, PairwiseOptions options)
    {
        var differences = new StyleDifferences();
        differences.Wanted[0] = options.Style.HasFlag(StyleControl.Length);
        differences.Wanted.AsSpan(1).Fill(options.Style.HasFlag(StyleControl.Markdown));
        if (options.Style == StyleControl.None)
            return differences;

        foreach (var group in battles.Groups)
        {
            var model = table.Styles[group.Model]!;
            var baseline = table.Styles[group.Baseline]!;
            for (var i = group.Start; i < group.End && battles.Weight[i] > 0; i++)
            {
                var q = battles.Question[i];
                var (length, header, list, bold) = options.StyleFeatures == StyleFeatures.V20
                    ? V20(model[q], baseline[q])
                    : V01(model[q], baseline[q]);
                battles.Style[0][i] = length;
                battles.Style[1][i] = header;
                battles.Style[2][i] = list;
                battles.Style[3][i] = bold;
            }
        }

        for (var f = 0; f < CollapsedBattles.Features; f++)
            differences.Scale(f, battles, options.StyleFeatures);
        return differences;
    }

    /// <summary>Length relative to the sum; markdown per token (plus one), relative to the sum (plus one).</summary>
    private static (double, double, double, double) V20(StyleCounts m, StyleCounts b)
    {
        return (m.Tokens + b.Tokens == 0 ? 0 : ((double)m.Tokens - b.Tokens) / ((double)m.Tokens + b.Tokens),
            Density(m.Headers, b.Headers), Density(m.Lists, b.Lists), Density(m.Bolds, b.Bolds));

        double Density(int of, int against)
        {
            var x = of / (m.Tokens + 1.0);
            var y = against / (b.Tokens + 1.0);
            return (x - y) / (x + y + 1);
        }
    }

    /// <summary>Each count relative to the sum plus one.</summary>
    private static (double, double, double, double) V01(StyleCounts m, StyleCounts b)
    {
        return (Relative(m.Tokens, b.Tokens), Relative(m.Headers, b.Headers), Relative(m.Lists, b.Lists), Relative(m.Bolds, b.Bolds));

        static double Relative(double x, double y) => (x - y) / (x + y + 1);
    }

    private void Scale(int f, CollapsedBattles battles, StyleFeatures features)
    {
        var x = battles.Style[f];
        double votes = 0, sum = 0, squares = 0, largest = 0;
        for (var i = 0; i < x.Length; i++)
        {
            votes += battles.Weight[i];
            sum += battles.Weight[i] * x[i];
            largest = Math.Max(largest, Math.Abs(x[i]));
        }

        var mean = votes == 0 ? 0 : sum / votes;
        for (var i = 0; i < x.Length; i++)
            squares += battles.Weight[i] * (x[i] - mean) * (x[i] - mean);

        // v2.0 divides by n - 1, v0.1 by n.
        var count = features == StyleFeatures.V20 ? votes - 1 : votes;
        var deviation = count > 0 ? Math.Sqrt(squares / count) : 0;
        Mean[f] = mean;
        Deviation[f] = deviation;
        Active[f] = Wanted[f] && deviation > 1e-12 * largest;
        for (var i = 0; i < x.Length; i++)
            x[i] = Active[f] ? x[i] / deviation : 0;
    }
}
