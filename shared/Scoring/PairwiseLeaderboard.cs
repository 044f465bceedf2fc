namespace ArenaBench.Core.Scoring;

/// <summary>A pairwise leaderboard of one scope, sorted by win rate. Depends on games, options and seed alone.</summary>
/// <param name="Categories">Pooled here.</param>
/// <param name="Judges">Pooled here.</param>
/// <param name="Baseline">Has 50% and Elo 1000 by definition; null when there are no games.</param>
/// <param name="Style">Null without style control.</param>
/// <param name="Fit">Null when the score is a closed form.</param>
/// <param name="Consistency">Of all judges together.</param>
/// <param name="JudgeHabits">Of each judge; null in files that were written before there were any.</param>
/// <param name="JudgeAgreement">Of every two judges; null as above.</param>
public sealed record PairwiseLeaderboard(
    IReadOnlyList<string> Categories,
    IReadOnlyList<string> Judges,
    string? Baseline,
    PairwiseOptions Options,
    IReadOnlyList<PairwiseRow> Rows,
    IReadOnlyList<StyleEffect>? Style,
    FitReport? Fit,
    JudgeConsistency Consistency,
    IReadOnlyList<ScoringNote> Notes,
    IReadOnlyList<JudgeHabits>? JudgeHabits = null,
    IReadOnlyList<JudgeAgreement>? JudgeAgreement = null);

/// <param name="Rank">1 is best; null without a score.</param>
/// <param name="RankBest">1 + the number of models that are significantly better.</param>
/// <param name="RankWorst">Ranked models less the number that are significantly worse.</param>
/// <param name="IsBaseline">The model that the others were compared with.</param>
/// <param name="WinRate">Percent against the baseline.</param>
/// <param name="Elo">Baseline 1000, 400 points per factor 10 in odds.</param>
/// <param name="AverageTokens">Of the model's answers to the scope's questions.</param>
/// <param name="BaselineGames">Games that count in which it was the baseline: what a baseline's row stands on.</param>
public sealed record PairwiseRow(
    string Model,
    int? Rank,
    int? RankBest,
    int? RankWorst,
    bool IsBaseline,
    Estimate WinRate,
    Estimate Elo,
    double? AverageTokens,
    GameCounts Games,
    OutcomeCounts Outcomes,
    int BaselineGames = 0);

/// <summary>What one style difference is worth.</summary>
/// <param name="Feature"><c>length</c>, <c>header</c>, <c>list</c> or <c>bold</c>.</param>
/// <param name="Coefficient">Logits per standard deviation of the difference; positive: more of it wins.</param>
/// <param name="Mean">Of the difference, model minus baseline, over votes.</param>
/// <param name="Deviation">Standard deviation of the difference over votes.</param>
public sealed record StyleEffect(string Feature, Estimate Coefficient, double Mean, double Deviation);

/// <summary>How the optimum was reached.</summary>
/// <param name="GradientNorm">Largest absolute component of the gradient of the log-likelihood, in votes.</param>
/// <param name="Ridge">Weight of the ridge; 0 unless some strength or coefficient has no finite optimum.</param>
/// <param name="RidgeOn">Models or features that needed it.</param>
public sealed record FitReport(int Iterations, double GradientNorm, bool Converged, double Ridge, IReadOnlyList<string> RidgeOn);
