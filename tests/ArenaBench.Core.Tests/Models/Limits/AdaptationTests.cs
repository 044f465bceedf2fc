using ArenaBench.Core.Models.Limits;
using Microsoft.Extensions.Time.Testing;

namespace ArenaBench.Core.Tests.Models.Limits;

/// <summary>The limiter against endpoints that limit in the ways real ones do, minutes long on a simulated clock.</summary>
public sealed class AdaptationTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TenMinutes = TimeSpan.FromMinutes(10);

    [Theory]
    [InlineData(600, 64, 200)]
    [InlineData(600, 600, 1000)]
    [InlineData(6, 4, 100)]
    [InlineData(6000, 256, 1000)]
    public void Configured_rate_is_used_and_never_exceeded(int rpm, int lanes, int latency)
    {
        var run = new LimiterSimulation(new EndpointLimits(lanes, rpm, null), lanes, TimeSpan.FromMilliseconds(latency), (_, _) => null).Run(TenMinutes);

        Assert.InRange(run.AcceptedPerMinute(10), 0.95 * rpm, rpm);
        Assert.InRange(run.FullestMinute(), 0, rpm);
    }

    [Theory]
    [InlineData("bucket", 600, 20)]
    [InlineData("bucket", 600, 2000)]
    [InlineData("sliding", 600, 200)]
    [InlineData("fixed", 600, 200)]
    [InlineData("bucket", 6000, 200)]
    public void Rate_that_nobody_configured_is_learned(string kind, int rpm, int latency)
    {
        var run = new LimiterSimulation(new EndpointLimits(64, null, null), 64, TimeSpan.FromMilliseconds(latency), Limited(kind, rpm)).Run(TenMinutes);

        var possible = Math.Min(rpm, 64 * 60_000 / latency);
        Assert.InRange(run.AcceptedPerMinute(60), 0.9 * possible, 1.01 * possible);
        Assert.InRange(run.RefusedShare(60), 0, 0.01);
    }

    [Fact]
    public void Rate_that_nobody_configured_is_kept_after_ten_seconds()
    {
        var run = new LimiterSimulation(new EndpointLimits(64, null, null), 64, TimeSpan.FromMilliseconds(200), Limited("bucket", 600)).Run(TenMinutes);

        Assert.InRange(run.AcceptedPerMinute(10), 540, 601);
        Assert.InRange(run.RefusedShare(10), 0, 0.01);
    }

    [Fact]
    public void Configured_rate_that_is_too_high_is_corrected()
    {
        var run = new LimiterSimulation(new EndpointLimits(64, 1200, null), 64, TimeSpan.FromMilliseconds(200), Limited("bucket", 600)).Run(TenMinutes);

        Assert.InRange(run.AcceptedPerMinute(60), 540, 606);
        Assert.InRange(run.RefusedShare(60), 0, 0.01);
    }

    [Theory]
    [InlineData(16, 1000)]
    [InlineData(48, 1000)]
    [InlineData(4, 10_000)]
    public void Endpoint_that_takes_fewer_at_once_is_kept_busy(int atOnce, int latency)
    {
        var run = new LimiterSimulation(new EndpointLimits(64, null, null), 64, TimeSpan.FromMilliseconds(latency),
            (_, simulation) => simulation.InService >= atOnce ? Second : null).Run(TenMinutes);

        Assert.InRange(run.AcceptedPerMinute(120) / (atOnce * 60_000.0 / latency), 0.85, 1.01);
        Assert.InRange(run.RefusedShare(120), 0, 0.1);
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.2)]
    public void Scattered_refusals_slow_nobody_else_down(double share)
    {
        var random = new Random(7);
        var run = new LimiterSimulation(new EndpointLimits(64, null, null), 64, Second,
            (_, _) => random.NextDouble() < share ? Second : null).Run(TenMinutes);

        // A lane spends a second on each call and a second on each refusal.
        var ideal = 64 * 60 * (1 - share);
        Assert.InRange(run.AcceptedPerMinute(0) / ideal, 0.95, 1.05);
    }

    [Fact]
    public void Limit_that_is_lifted_is_grown_into()
    {
        var bucket = Limited("bucket", 300);
        var run = new LimiterSimulation(new EndpointLimits(64, null, null), 64, TimeSpan.FromMilliseconds(200),
            (time, simulation) => time.GetUtcNow().Minute >= 5 ? null : bucket(time, simulation)).Run(TimeSpan.FromMinutes(15));

        Assert.InRange(run.AcceptedPerMinute(13 * 60), 600, 64 * 301);
    }

    private static Func<FakeTimeProvider, LimiterSimulation, TimeSpan?> Limited(string kind, int rpm)
    {
        var begin = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var taken = new Queue<DateTimeOffset>();
        var (level, last) = (rpm / 60.0, begin);
        return (time, _) =>
        {
            var now = time.GetUtcNow();
            switch (kind)
            {
                case "bucket":
                    // A second's worth at once, as OpenAI and Anthropic describe theirs.
                    level = Math.Min(Math.Max(1, rpm / 60.0), level + ((now - last).TotalSeconds * rpm / 60));
                    last = now;
                    if (level < 1)
                        return TimeSpan.FromSeconds((1 - level) * 60 / rpm);
                    level--;
                    return null;
                default:
                    while (taken.Count > 0 && (kind == "sliding" ? now - taken.Peek() >= TimeSpan.FromMinutes(1) : taken.Peek().Minute != now.Minute))
                        taken.Dequeue();
                    if (taken.Count >= rpm)
                        return kind == "sliding" ? taken.Peek() + TimeSpan.FromMinutes(1) - now : TimeSpan.FromSeconds(60 - now.Second);
                    taken.Enqueue(now);
                    return null;
            }
        };
    }
}
