namespace ArenaBench.Core.Scoring;

/// <summary>All rows of one model against one baseline: <see cref="Start"/> to <see cref="End"/>, of which the last few may be
/// padding of weight 0, so that rows are a multiple of <see cref="CollapsedBattles.Lanes"/>.</summary>
internal readonly record struct BattleGroup(int Model, int Baseline, int Start, int End);

/// <summary>The games that count, one row per question, model and baseline, over games and judges. Style differences are the same
/// for all games of a row, so nothing is lost, and a round of the bootstrap by question gives rows another weight.</summary>
internal sealed class CollapsedBattles(int models, int questions, int anchor, BattleGroup[] groups, int rows)
{
    public const int Lanes = 4;
    public const int Features = 4;

    /// <summary>Of the table: models are numbered as there.</summary>
    public int Models { get; } = models;

    /// <summary>Of the table.</summary>
    public int Questions { get; } = questions;

    /// <summary>The model of strength 0.</summary>
    public int Anchor { get; } = anchor;

    /// <summary>By model, then baseline.</summary>
    public BattleGroup[] Groups { get; } = groups;

    public int Rows { get; } = rows;

    public int[] Question { get; } = new int[rows];

    /// <summary>Votes won, tied and lost, a strong verdict counting as several.</summary>
    public double[] Won { get; } = new double[rows];

    public double[] Tied { get; } = new double[rows];

    public double[] Lost { get; } = new double[rows];

    /// <summary>All votes of the row.</summary>
    public double[] Weight { get; } = new double[rows];

    /// <summary>Votes won plus half of those tied.</summary>
    public double[] Score { get; } = new double[rows];

    /// <summary>Scaled style differences, one array per feature; all zero when the feature is not controlled.</summary>
    public double[][] Style { get; } = [.. Enumerable.Range(0, Features).Select(_ => new double[rows])];

    /// <summary>The same games with one row per group: all that counts when neither questions nor style do.</summary>
    public CollapsedBattles ByGroup()
    {
        var groups = new BattleGroup[Groups.Length];
        for (var g = 0; g < groups.Length; g++)
            groups[g] = Groups[g] with { Start = g * Lanes, End = (g + 1) * Lanes };
        var result = new CollapsedBattles(Models, Questions, Anchor, groups, groups.Length * Lanes) { Drawn = Drawn };
        for (var g = 0; g < groups.Length; g++)
        {
            for (var i = Groups[g].Start; i < Groups[g].End; i++)
                result.Add(groups[g].Start, Won[i], Tied[i], Lost[i]);
        }

        return result;
    }

    public void Add(int row, double won, double tied, double lost)
    {
        Won[row] += won;
        Tied[row] += tied;
        Lost[row] += lost;
        Weight[row] = Won[row] + Tied[row] + Lost[row];
        Score[row] = Won[row] + (0.5 * Tied[row]);
    }

    /// <summary>Questions that have a row, ascending: what the bootstrap by question draws from.</summary>
    public int[] Drawn { get; set; } = [];
}
