namespace ArenaBench.Core.Scoring;

/// <summary>What a bootstrap round draws anew.</summary>
public enum BootstrapUnit
{
    /// <summary>Questions, with everything that hangs on them: both games, all judges, all models. The valid one.</summary>
    Question,

    /// <summary>Single votes, a strong verdict counting as several, as the published scripts do. Intervals come out too narrow.</summary>
    Vote,
}

/// <summary>How intervals are made.</summary>
public sealed record BootstrapOptions
{
    public BootstrapUnit Unit { get; init; } = BootstrapUnit.Question;

    /// <summary>0: no intervals.</summary>
    public int Rounds { get; init; } = 1000;

    /// <summary>0.95 gives the 2.5% and 97.5% percentiles.</summary>
    public double Confidence { get; init; } = 0.95;

    public long Seed { get; init; } = 42;

    internal void Validate()
    {
        if (Rounds is < 0 or > 1_000_000)
            throw new ArgumentException($"Rounds is {Rounds}; it must be between 0 and 1,000,000.");
        if (!(Confidence is > 0 and < 1))
            throw new ArgumentException($"Confidence is {Confidence}; it must be between 0 and 1, such as 0.95.");
    }
}
