using ArenaBench.Core.Answers;
using ArenaBench.Core.Judging;

namespace ArenaBench.Core.Leaderboards;

/// <summary>One game of one judge, without its texts: what scoring needs of a record.</summary>
/// <param name="Baseline">Pairwise only.</param>
/// <param name="Score">Null when the game has no record; then <paramref name="Failure"/> says why.</param>
/// <param name="Failure">A status such as <c>content_filter</c>.</param>
public sealed record ScoredGame(
    string QuestionId, string Model, string Judge, string? Baseline, int GameNumber, Score? Score, string? Failure);

/// <summary>Length and markdown of one answer, for the average of tokens and for style control.</summary>
/// <param name="Style">Null where only the length is known: its games are left out of style control.</param>
public sealed record ScoredAnswer(string QuestionId, string Model, int Tokens, StyleCounts? Style, bool Truncated = false);
