using ArenaBench.Core.Models.Limits;
using Microsoft.Extensions.Time.Testing;

namespace ArenaBench.Core.Tests.Models.Limits;

public sealed class LimitsInUseTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Runs_that_know_different_limits_share_the_least_rates_and_the_most_places()
    {
        var limits = new LimitsInUse(_time);

        Assert.Equal(new EndpointLimits(4, null, null), limits.With(new EndpointLimits(4, null, null)));
        Assert.Equal(new EndpointLimits(32, 600, null), limits.With(new EndpointLimits(32, 600, null)));
        Assert.Equal(new EndpointLimits(32, 300, 9000), limits.With(new EndpointLimits(8, 300, 9000)));
    }

    [Fact]
    public void Limits_of_a_run_that_has_ended_are_forgotten()
    {
        var limits = new LimitsInUse(_time);
        limits.With(new EndpointLimits(32, 300, null));

        _time.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal(new EndpointLimits(32, 300, null), limits.With(new EndpointLimits(8, 600, null)));
        _time.Advance(TimeSpan.FromSeconds(40));

        Assert.Equal(new EndpointLimits(8, 600, null), limits.With(new EndpointLimits(8, 600, null)));
    }
}
