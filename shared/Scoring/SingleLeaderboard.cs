namespace ArenaBench.Core.Scoring;

/// <summary>What a single-rating leaderboard is made of.</summary>
public sealed record SingleOptions
{
    public static SingleOptions Default { get; } = new();

    /// <summary>Pooled together; null: all.</summary>
    public IReadOnlyList<string>? Categories { get; init; }

    /// <summary>Their ratings are pooled; null: all.</summary>
    public IReadOnlyList<string>? Judges { get; init; }

    /// <summary>Always by question: a rating is the only vote of its question.</summary>
    public BootstrapOptions Bootstrap { get; init; } = new();

    internal void Validate()
    {
        Bootstrap.Validate();
        if (Bootstrap.Unit != BootstrapUnit.Question)
            throw new ArgumentException("Ratings are resampled by question only.");
    }
}

/// <summary>A leaderboard of mean ratings, best first.</summary>
public sealed record SingleLeaderboard(
    IReadOnlyList<string> Categories,
    IReadOnlyList<string> Judges,
    SingleOptions Options,
    IReadOnlyList<SingleRow> Rows,
    IReadOnlyList<ScoringNote> Notes);

/// <param name="Mean">Of the valid ratings. Its standard error is the closed form, clustered by question.</param>
/// <param name="Ratings">Scored is the number of valid ratings.</param>
public sealed record SingleRow(
    string Model,
    int? Rank,
    int? RankBest,
    int? RankWorst,
    Estimate Mean,
    double? AverageTokens,
    GameCounts Ratings);
