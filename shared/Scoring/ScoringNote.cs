namespace ArenaBench.Core.Scoring;

/// <summary>Something a reader of a leaderboard must know: what was left out, or estimated under help, how often.</summary>
/// <param name="Code">Stable, for programs: <c>separation</c>, <c>no_style</c>, <c>own_baseline</c>, …; see docs/statistics.md.</param>
/// <param name="Message">One sentence for people.</param>
public sealed record ScoringNote(string Code, string Message, long Count = 1);
