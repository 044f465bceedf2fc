namespace ArenaBench.Core.Costs;

/// <summary>What a run may spend at most, all its retries included.</summary>
/// <param name="Usd">US dollars; null: no bound.</param>
/// <param name="Tokens">Input and output together; null: no bound.</param>
public sealed record Budget(decimal? Usd, long? Tokens)
{
    /// <summary>What is left of it.</summary>
    public Amount Less(Spending spent)
    {
        var left = new Amount(Usd ?? Amount.Endless.Usd, Tokens ?? Amount.Endless.Tokens) - spent.AtMost;
        return left.Or(Amount.Zero);
    }

    public override string ToString() => (Usd, Tokens) switch
    {
        ({ } usd, { } tokens) => FormattableString.Invariant($"${usd:0.##########} and {tokens} tokens"),
        ({ } usd, null) => FormattableString.Invariant($"${usd:0.##########}"),
        _ => FormattableString.Invariant($"{Tokens} tokens"),
    };
}
