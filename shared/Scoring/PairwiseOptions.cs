namespace ArenaBench.Core.Scoring;

/// <summary>How games become a score; see docs/statistics.md.</summary>
public enum PairwiseMethod
{
    /// <summary>v2.0: each model's weighted share of wins against its baseline.</summary>
    WinRate,

    /// <summary>v0.1: strengths by maximum likelihood over all games together, on the Elo scale and as a win rate against the baseline.
    /// With one baseline and no style control it gives the same win rates as <see cref="WinRate"/>.</summary>
    BradleyTerry,
}

/// <summary>Which style differences are regressed out. Any of them makes the score a logistic regression, as published.</summary>
[Flags]
public enum StyleControl
{
    None = 0,
    Length = 1,

    /// <summary>Headers, lists and bold.</summary>
    Markdown = 2,

    LengthAndMarkdown = Length | Markdown,
}

/// <summary>How two answers' style counts become one number.</summary>
public enum StyleFeatures
{
    /// <summary>v2.0: relative length difference; markdown per token.</summary>
    V20,

    /// <summary>v0.1: relative difference of each count, plus one in the denominator.</summary>
    V01,
}

/// <summary>At which style a style-controlled win rate is read off.</summary>
public enum StyleReference
{
    /// <summary>As published: at the mean style difference of all games in the pool.</summary>
    PoolMean,

    /// <summary>At equal style of model and baseline; does not move when other models join the pool.</summary>
    EqualStyle,
}

/// <summary>What becomes of a question of which one game has no verdict.</summary>
public enum IncompletePairs
{
    /// <summary>v2.0: the other game is left out too, so that both positions count alike.</summary>
    Drop,

    /// <summary>v0.1: the other game counts.</summary>
    Keep,
}

/// <summary>What a pairwise leaderboard is made of.</summary>
public sealed record PairwiseOptions
{
    public static PairwiseOptions Default { get; } = new();

    /// <summary>The published v2.0 computation: 100 rounds by vote, 90% interval.</summary>
    public static PairwiseOptions PublishedV20 { get; } = new()
    {
        Bootstrap = new() { Unit = BootstrapUnit.Vote, Rounds = 100, Confidence = 0.90 },
    };

    /// <summary>The published v0.1 computation: Bradley-Terry, 100 rounds by vote, 95% interval.</summary>
    public static PairwiseOptions PublishedV01 { get; } = new()
    {
        Method = PairwiseMethod.BradleyTerry,
        StyleFeatures = StyleFeatures.V01,
        IncompletePairs = IncompletePairs.Keep,
        Bootstrap = new() { Unit = BootstrapUnit.Vote, Rounds = 100, Confidence = 0.95 },
    };

    public PairwiseMethod Method { get; init; } = PairwiseMethod.WinRate;

    public StyleControl Style { get; init; } = StyleControl.None;

    public StyleFeatures StyleFeatures { get; init; } = StyleFeatures.V20;

    public StyleReference StyleReference { get; init; } = StyleReference.PoolMean;

    public IncompletePairs IncompletePairs { get; init; } = IncompletePairs.Drop;

    /// <summary>How many ordinary verdicts a strong one (A&gt;&gt;B) counts as. By vote it must be whole.</summary>
    public double StrongWeight { get; init; } = 3;

    public bool FirstGameOnly { get; init; }

    /// <summary>Pooled together; null: all.</summary>
    public IReadOnlyList<string>? Categories { get; init; }

    /// <summary>Their games are pooled; null: all.</summary>
    public IReadOnlyList<string>? Judges { get; init; }

    /// <summary>The model that strengths are measured against; null: the baseline with the most games.</summary>
    public string? Baseline { get; init; }

    public BootstrapOptions Bootstrap { get; init; } = new();

    internal void Validate()
    {
        Bootstrap.Validate();
        if (!(StrongWeight is > 0 and <= 1000))
            throw new ArgumentException($"StrongWeight is {StrongWeight}; it must be above 0 and at most 1000.");
        if (Bootstrap.Unit == BootstrapUnit.Vote && StrongWeight != Math.Floor(StrongWeight))
            throw new ArgumentException($"StrongWeight is {StrongWeight}; by vote it must be a whole number of votes.");
    }
}
