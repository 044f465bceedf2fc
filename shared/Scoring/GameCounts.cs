namespace ArenaBench.Core.Scoring;

/// <summary>What one row of a leaderboard stands on. Scored + unscored + missing + dropped = expected.</summary>
/// <param name="Expected">Questions × judges × games of the scope.</param>
/// <param name="Scored">Games that count.</param>
/// <param name="Unscored">Games played without a verdict or rating, by reason.</param>
/// <param name="Missing">Games that have no record at all.</param>
/// <param name="Dropped">Games with a verdict that do not count: the other game of the pair has none, or style counts are missing.</param>
/// <param name="Questions">Questions with at least one game that counts.</param>
public sealed record GameCounts(
    int Expected,
    int Scored,
    IReadOnlyDictionary<string, int> Unscored,
    int Missing,
    int Dropped,
    int Questions);

/// <summary>Games by outcome, seen from the row's model.</summary>
/// <param name="TieRate">Ties among the games that count; null without games.</param>
public sealed record OutcomeCounts(int StrongWins, int Wins, int Ties, int Losses, int StrongLosses, double? TieRate);
