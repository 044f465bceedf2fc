using ArenaBench.Core.Models;
using ArenaBench.Core.Records;

namespace ArenaBench.Core.Tests.Models;

public sealed class ModelCallerTests
{
    [Fact]
    public async Task Answer_is_read_with_usage_version_and_one_attempt()
    {
        await using var endpoint = await FakeEndpoint.AnsweringAsync(FakeEndpoint.Completion(" Hello!\n"));

        var reply = await Calls.CallAsync(Calls.Model(endpoint.Base), Calls.Ask("hi"));

        Assert.Equal((RecordStatus.Ok, " Hello!\n", null, null), (reply.Status, reply.Text, reply.Thought, reply.Reason));
        Assert.Equal(new TokenUsage(19, 10, 3, 4), reply.Usage);
        Assert.Equal(("m-2025-01-01", 1, null), (reply.ModelVersion, reply.Attempts, reply.RetryAfter));
        Assert.True(reply.LatencyMs > 0);
    }

    [Fact]
    public async Task Key_goes_to_the_endpoint_only()
    {
        await using var endpoint = await FakeEndpoint.AnsweringAsync(FakeEndpoint.Completion($"your key is {Calls.Canary}."));

        var reply = await Calls.CallAsync(Calls.Model(endpoint.Base), Calls.Ask("hi"));

        Assert.Equal($"Bearer {Calls.Canary}", endpoint.Requests.Single().Headers["authorization"]);
        Assert.Equal("your key is ***.", reply.Text);
    }

    [Fact]
    public async Task No_more_than_parallel_calls_are_in_flight()
    {
        var (inFlight, most) = (0, 0);
        await using var endpoint = await FakeEndpoint.StartAsync(async context =>
        {
            var now = Interlocked.Increment(ref inFlight);
            InterlockedMax(ref most, now);
            await Task.Delay(20);
            Interlocked.Decrement(ref inFlight);
            await FakeEndpoint.WriteAsync(context, FakeEndpoint.Completion("x"));
        });
        using var caller = new ModelCaller(Calls.Keys, TimeProvider.System);
        var model = Calls.Model(endpoint.Base) with { Parallel = 5 };

        // Three runs, each with its own copy of the settings and as many lanes as may be in flight.
        var replies = new ModelReply[60];
        await Parallel.ForAsync(0, replies.Length, new ParallelOptions { MaxDegreeOfParallelism = 15 }, async (i, token) =>
            replies[i] = await caller.CallAsync(model with { }, Calls.Ask("hi"), new CallContext($"run-{i % 3}"), token));

        Assert.All(replies, reply => Assert.Equal(RecordStatus.Ok, reply.Status));
        Assert.Equal(5, most);
    }

    [Fact]
    public async Task Short_refusals_are_tried_again_and_are_no_paid_attempts()
    {
        var calls = 0;
        await using var endpoint = await FakeEndpoint.StartAsync(context => Interlocked.Increment(ref calls) < 3
            ? FakeEndpoint.WriteAsync(context, """{"error":{"message":"slow down"}}""", 429, ("retry-after-ms", "1"))
            : FakeEndpoint.WriteAsync(context, FakeEndpoint.Completion("x")));

        var reply = await Calls.CallAsync(Calls.Model(endpoint.Base), Calls.Ask("hi"));

        Assert.Equal((RecordStatus.Ok, 1), (reply.Status, reply.Attempts));
        Assert.Equal(3, calls);
    }

    [Fact]
    public async Task Long_waits_are_handed_back()
    {
        await using var endpoint = await FakeEndpoint.AnsweringAsync("""{"error":{"message":"slow down"}}""", 429, ("retry-after", "42"));

        var reply = await Calls.CallAsync(Calls.Model(endpoint.Base), Calls.Ask("hi"));

        Assert.Equal((RecordStatus.EndpointFailed, TimeSpan.FromSeconds(42), 0), (reply.Status, reply.RetryAfter, reply.Attempts));
        Assert.Single(endpoint.Requests);
    }

    [Fact]
    public async Task Hang_ends_at_the_timeout_and_counts_as_paid()
    {
        await using var endpoint = await FakeEndpoint.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted));

        var reply = await Calls.CallAsync(Calls.Model(endpoint.Base) with { Timeout = TimeSpan.FromMilliseconds(200) }, Calls.Ask("hi"));

        Assert.Equal((RecordStatus.Timeout, 1), (reply.Status, reply.Attempts));
        Assert.Contains("timeout:", reply.Reason);
    }

    [Fact]
    public async Task Cancelling_throws_and_gives_the_place_back()
    {
        await using var endpoint = await FakeEndpoint.StartAsync(async context =>
        {
            if (context.Request.ContentLength > 100)
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
            await FakeEndpoint.WriteAsync(context, FakeEndpoint.Completion("x"));
        });
        using var caller = new ModelCaller(Calls.Keys, TimeProvider.System);
        var model = Calls.Model(endpoint.Base) with { Parallel = 1 };
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            caller.CallAsync(model, Calls.Ask(new string('x', 200)), new CallContext("r"), cancel.Token));
        var reply = await caller.CallAsync(model, Calls.Ask("hi"), new CallContext("r"), TestContext.Current.CancellationToken);

        Assert.Equal(RecordStatus.Ok, reply.Status);
    }

    [Fact]
    public async Task Key_that_is_not_set_is_named_and_nothing_is_sent()
    {
        await using var endpoint = await FakeEndpoint.AnsweringAsync(FakeEndpoint.Completion("x"));

        var reply = await Calls.CallAsync(Calls.Model(endpoint.Base), Calls.Ask("hi"), new KeySource(_ => null));

        Assert.Equal(RecordStatus.KeyRefused, reply.Status);
        Assert.Contains("${KEY} is not set", reply.Reason);
        Assert.Empty(endpoint.Requests);
    }

    private static void InterlockedMax(ref int most, int now)
    {
        for (int seen; (seen = Volatile.Read(ref most)) < now && Interlocked.CompareExchange(ref most, now, seen) != seen;)
        {
        }
    }
}
