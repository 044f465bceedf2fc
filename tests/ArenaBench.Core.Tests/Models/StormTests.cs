using ArenaBench.Core.Models;
using ArenaBench.Core.Records;
using ArenaBench.Simulation;
using ArenaBench.Simulation.Faults;
using ArenaBench.Simulation.Limits;

namespace ArenaBench.Core.Tests.Models;

/// <summary>The caller against the simulated endpoint when much goes wrong at once.</summary>
public sealed class StormTests
{
    [Fact]
    public async Task Storm_is_weathered_and_what_may_be_paid_is_counted()
    {
        await using var endpoint = await SimulatedEndpoint.StartAsync(
            new SimulationOptions
            {
                Faults =
                [
                    new FaultRule { Kind = FaultKind.RateLimit, Rate = 0.2, RetryAfterSeconds = 0.1 },
                    new FaultRule { Kind = FaultKind.ServerError, Rate = 0.05 },
                    new FaultRule { Kind = FaultKind.Reset, Rate = 0.02 },
                    new FaultRule { Kind = FaultKind.Hang, Rate = 0.01 },
                    new FaultRule { Kind = FaultKind.TruncatedJson, Rate = 0.01 },
                    new FaultRule { Kind = FaultKind.Html, Rate = 0.01 },
                ],
            },
            TestContext.Current.CancellationToken);
        using var caller = new ModelCaller(Calls.Keys, TimeProvider.System);
        var model = Calls.Model(endpoint.BaseUrl.ToString(), model: "sim-good") with { Parallel = 64, Timeout = TimeSpan.FromSeconds(5) };

        var outcomes = new (ModelReply Reply, int Attempts)[500];
        await Parallel.ForAsync(0, outcomes.Length, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (i, token) =>
            outcomes[i] = await PersistAsync(caller, model, Calls.Ask($"question {i}"), token));

        Assert.All(outcomes, outcome => Assert.Equal(RecordStatus.Ok, outcome.Reply.Status));
        Assert.InRange(endpoint.Counters.MaxInFlight, 1, 64 + endpoint.Counters.Faults.GetValueOrDefault(FaultKind.Hang));
        Assert.True(outcomes.Sum(outcome => outcome.Attempts) >= endpoint.Counters.Paid,
            $"{outcomes.Sum(outcome => outcome.Attempts)} reported, {endpoint.Counters.Paid} charged");
    }

    [Fact]
    public async Task Limits_of_the_endpoint_are_not_exceeded_when_configured()
    {
        await using var endpoint = await SimulatedEndpoint.StartAsync(
            new SimulationOptions { Limits = new EndpointLimits { Rpm = 1200, Parallel = 8, BurstSeconds = 1 } }, TestContext.Current.CancellationToken);
        using var caller = new ModelCaller(Calls.Keys, TimeProvider.System);
        var model = Calls.Model(endpoint.BaseUrl.ToString(), model: "sim-good") with { Parallel = 8, Rpm = 1200 };

        var replies = new ModelReply[60];
        await Parallel.ForAsync(0, replies.Length, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, token) =>
            replies[i] = await caller.CallAsync(model, Calls.Ask($"question {i}"), new CallContext($"run-{i % 2}"), token));

        Assert.All(replies, reply => Assert.Equal(RecordStatus.Ok, reply.Status));
        Assert.Equal(0, endpoint.Counters.RateLimited);
    }

    /// <summary>As a lane does: waits as long as it is told, and tries what was paid for only a few times.</summary>
    private static async Task<(ModelReply Reply, int Attempts)> PersistAsync(ModelCaller caller, ModelSettings model, ModelRequest request, CancellationToken cancellationToken)
    {
        var attempts = 0;
        for (var tried = 0; ; tried++)
        {
            var reply = await caller.CallAsync(model, request, new CallContext("run"), cancellationToken);
            attempts += reply.Attempts;
            if (reply.HasText || reply.RetryAfter is not { } wait || tried == 10)
                return (reply, attempts);
            await Task.Delay(wait, cancellationToken);
        }
    }
}
