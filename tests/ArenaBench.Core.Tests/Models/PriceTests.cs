using ArenaBench.Core.Models;
using ArenaBench.Core.Records;

namespace ArenaBench.Core.Tests.Models;

public sealed class PriceTests
{
    [Fact]
    public void Cached_input_has_its_own_price_and_thinking_is_output() =>
        Assert.Equal((800_000 * 2m + 200_000 * 0.5m + 100_000 * 8m) / 1_000_000m,
            new Price(2m, 8m, 0.5m).CostOf(new TokenUsage(1_000_000, 100_000, Reasoning: 60_000, CachedInput: 200_000)));

    [Fact]
    public void Without_a_price_for_cached_input_it_costs_the_same() =>
        Assert.Equal(3m, new Price(3m, 15m).CostOf(new TokenUsage(1_000_000, 0, CachedInput: 1_000_000)));
}
