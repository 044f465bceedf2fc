using ArenaBench.Core.Records;

namespace ArenaBench.Core.Runs;

internal static class TokenUsageSum
{
    public static TokenUsage? Plus(this TokenUsage? sum, TokenUsage? more) => (sum, more) switch
    {
        (null, _) => more,
        (_, null) => sum,
        _ => new TokenUsage(sum.Input + more.Input, sum.Output + more.Output, sum.Reasoning + more.Reasoning, sum.CachedInput + more.CachedInput),
    };
}
