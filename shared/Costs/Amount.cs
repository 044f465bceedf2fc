namespace ArenaBench.Core.Costs;

/// <summary>What is, or may be, spent: the two things that a budget can bound.</summary>
/// <param name="Usd">US dollars.</param>
/// <param name="Tokens">Input and output together.</param>
public readonly record struct Amount(decimal Usd, long Tokens)
{
    /// <summary>More than any run can spend; halves and shares of it still are.</summary>
    private const decimal EndlessUsd = 1_000_000_000_000_000m;
    private const long EndlessTokens = 1_000_000_000_000_000_000;

    public static Amount Endless { get; } = new(EndlessUsd, EndlessTokens);

    public static Amount Zero => default;

    public bool FitsIn(Amount other) => Usd <= other.Usd && Tokens <= other.Tokens;

    /// <summary>The larger in each respect.</summary>
    public Amount Or(Amount other) => new(Math.Max(Usd, other.Usd), Math.Max(Tokens, other.Tokens));

    /// <summary>The smaller in each respect.</summary>
    public Amount UpTo(Amount other) => new(Math.Min(Usd, other.Usd), Math.Min(Tokens, other.Tokens));

    /// <param name="share">From 0 to 1; rounded down.</param>
    public Amount Share(decimal share) => new(decimal.Round(Usd * share, 12, MidpointRounding.ToZero), (long)(Tokens * share));

    public static Amount operator +(Amount a, Amount b) => new(a.Usd + b.Usd, a.Tokens + b.Tokens);

    public static Amount operator -(Amount a, Amount b) => new(a.Usd - b.Usd, a.Tokens - b.Tokens);

    public static Amount operator *(Amount amount, int times) => new(amount.Usd * times, amount.Tokens * times);
}
