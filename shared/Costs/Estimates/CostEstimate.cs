namespace ArenaBench.Core.Costs;

/// <summary>A figure with the interval that it lies in with nine chances of ten.</summary>
public sealed record CostRange(decimal Value, decimal Lower, decimal Upper);

/// <summary>What a run would cost from here on: what is there already is not paid again.</summary>
/// <param name="Calls">Answers (each turn and choice a call) and games.</param>
/// <param name="Tokens">Input and output.</param>
/// <param name="Usd">Null when no price is known.</param>
/// <param name="UsdAtMost">What no course of the run exceeds, each call made once: prompts by their bytes, replies by their limits.</param>
/// <param name="Unpriced">Models and judges without a price: not in the dollars.</param>
/// <param name="Advice">How to get a narrower interval; null when it is narrow.</param>
public sealed record CostEstimate(
    int Calls, CostRange Input, CostRange Output, CostRange Tokens, CostRange? Usd, decimal? UsdAtMost, long TokensAtMost,
    IReadOnlyList<ModelEstimate> Models, IReadOnlyList<JudgeEstimate> Judges, IReadOnlyList<string> Unpriced, string? Advice)
{
    /// <summary>Such a budget is probably not enough for all of it.</summary>
    public bool Exceeds(Budget budget) => budget.Usd < Usd?.Value || budget.Tokens < Tokens.Value;
}

/// <param name="Reused">Answers and games that are there already.</param>
/// <param name="Usd">Of its answers; null without a price.</param>
/// <param name="JudgingUsd">Of the games about it; null without a price.</param>
/// <param name="Basis">What the length of its answers is taken from.</param>
public sealed record ModelEstimate(
    string Model, int Answers, int Games, int Reused, CostRange Input, CostRange Output, CostRange? Usd, CostRange? JudgingUsd, string Basis);

/// <param name="Basis">What the length of its judgments is taken from.</param>
public sealed record JudgeEstimate(string Judge, int Games, CostRange Input, CostRange Output, CostRange? Usd, string Basis);
