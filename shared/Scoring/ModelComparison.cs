namespace ArenaBench.Core.Scoring;

/// <summary>Whether one model is better than another, paired by question.</summary>
/// <param name="Difference">Of their scores, first minus second: percentage points of win rate, or rating points.</param>
/// <param name="PValue">Two-sided, from the bootstrap; never below 2 / (rounds + 1).</param>
/// <param name="Significant">At the leaderboard's confidence; null without an interval.</param>
/// <param name="Statement">The same in a sentence.</param>
/// <param name="Questions">On which games of both count: what the pairing stands on. A baseline meets every question of its games.</param>
public sealed record ModelComparison(
    string First,
    string Second,
    Estimate Difference,
    double? PValue,
    bool? Significant,
    string Statement,
    int? Questions = null);

/// <summary>Win rates that the strengths imply for every pair, percent. Row beats column; null where a strength is missing.</summary>
public sealed record WinRateMatrix(IReadOnlyList<string> Models, IReadOnlyList<IReadOnlyList<double?>> Percent);
