using System.Net;
using ArenaBench.Simulation;
using ArenaBench.Simulation.Limits;

namespace ArenaBench.Local.Tests.Simulation;

public sealed class AllowanceTests
{
    [Fact]
    public void TryTake_FasterThanItFills_LetsThroughExactlyTheRate()
    {
        var time = new ManualTime();
        var allowance = new Allowance(600, burstSeconds: 1, time);
        var taken = 0;
        for (var i = 0; i < 6000; i++)
        {
            taken += allowance.TryTake(1, out _, out _) ? 1 : 0;
            time.Advance(0.01);
        }
        // A minute's 600 and the burst of 10.
        Assert.InRange(taken, 609, 611);
    }

    [Fact]
    public void TryTake_AfterTheWaitItNamed_Succeeds()
    {
        var time = new ManualTime();
        var allowance = new Allowance(7, burstSeconds: 9, time);
        for (var i = 0; i < 50; i++)
        {
            if (!allowance.TryTake(1, out _, out var wait))
            {
                time.Advance(wait.TotalSeconds);
                Assert.True(allowance.TryTake(1, out _, out _));
            }
        }
    }

    [Fact]
    public void TryTake_MoreThanFits_IsLetThroughWhenFullAndPaidOff()
    {
        var time = new ManualTime();
        var allowance = new Allowance(600, burstSeconds: 1, time);
        Assert.True(allowance.TryTake(100, out _, out _));
        Assert.False(allowance.TryTake(1, out _, out var wait));
        Assert.InRange(wait.TotalSeconds, 9, 9.2);
    }

    [Fact]
    public async Task Endpoint_OverItsRpm_RefusesWithHeaders()
    {
        var options = new SimulationOptions { Limits = new EndpointLimits { Rpm = 60, BurstSeconds = 3 }, Time = new ManualTime() };
        await using var endpoint = await SimulatedEndpoint.StartAsync(options, TestContext.Current.CancellationToken);
        using var client = new SimulationClient(endpoint);
        for (var left = 2; left >= 0; left--)
        {
            using var allowed = await client.PostAsync(SimulationClient.Body("sim-good", "x"));
            Assert.Equal(HttpStatusCode.OK, allowed.StatusCode);
            Assert.Equal($"{left}", Assert.Single(allowed.Headers.GetValues("x-ratelimit-remaining-requests")));
        }
        using var refused = await client.PostAsync(SimulationClient.Body("sim-good", "x"));
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter?.Delta);
        Assert.Equal("60", Assert.Single(refused.Headers.GetValues("x-ratelimit-limit-requests")));
        Assert.Equal("rate_limit_exceeded", (await SimulationClient.JsonAsync(refused)).GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(1, endpoint.Counters.RateLimited);
    }

    [Fact]
    public async Task Endpoint_OverItsTpm_CountsPromptAndLimit()
    {
        var options = new SimulationOptions { Limits = new EndpointLimits { Tpm = 6000, BurstSeconds = 1, PerModel = true }, Time = new ManualTime() };
        await using var endpoint = await SimulatedEndpoint.StartAsync(options, TestContext.Current.CancellationToken);
        using var client = new SimulationClient(endpoint);
        object Ask(string model) => new { model, messages = new[] { new { role = "user", content = "x" } }, max_tokens = 95 };
        using var first = await client.PostAsync(Ask("sim-good"));
        using var second = await client.PostAsync(Ask("sim-good"));
        using var other = await client.PostAsync(Ask("sim-fair"));
        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.TooManyRequests, HttpStatusCode.OK], [first.StatusCode, second.StatusCode, other.StatusCode]);
    }
}
