using ArenaBench.Core.Models;
using ArenaBench.Core.Models.Failures;
using ArenaBench.Core.Models.Providers;
using ArenaBench.Core.Records;
using Microsoft.Extensions.Time.Testing;

namespace ArenaBench.Core.Tests.Models;

public sealed class SeveralEndpointsTests
{
    private static readonly CallFailure Failure = new(RecordStatus.EndpointFailed, "broke", TimeSpan.FromSeconds(1), MayBePaid: true, FailureKind.Endpoint);

    [Fact]
    public async Task Calls_are_balanced()
    {
        await using var a = await FakeEndpoint.AnsweringAsync(FakeEndpoint.Completion("a"));
        await using var b = await FakeEndpoint.AnsweringAsync(FakeEndpoint.Completion("b"));

        await CallAsync(Both(a, b), 200);

        Assert.InRange(a.Requests.Count, 60, 140);
        Assert.Equal(200, a.Requests.Count + b.Requests.Count);
    }

    [Fact]
    public async Task Slow_endpoint_gets_fewer_calls()
    {
        await using var slow = await FakeEndpoint.StartAsync(async context =>
        {
            await Task.Delay(100);
            await FakeEndpoint.WriteAsync(context, FakeEndpoint.Completion("slow"));
        });
        await using var fast = await FakeEndpoint.AnsweringAsync(FakeEndpoint.Completion("fast"));

        await CallAsync(Both(slow, fast), 300);

        Assert.True(slow.Requests.Count < fast.Requests.Count, $"{slow.Requests.Count} slow, {fast.Requests.Count} fast");
    }

    [Fact]
    public async Task Failing_endpoint_is_rested_and_the_other_answers()
    {
        await using var broken = await FakeEndpoint.AnsweringAsync("down", 503);
        await using var well = await FakeEndpoint.AnsweringAsync(FakeEndpoint.Completion("x"));

        var replies = await CallAsync(Both(broken, well), 200, CallPolicy.Default with { LongestWait = TimeSpan.Zero });

        // Eight in a row, and what was on its way meanwhile.
        Assert.InRange(broken.Requests.Count, EndpointHealth.Threshold, EndpointHealth.Threshold + 16);
        Assert.True(replies.Count(reply => reply.Status == RecordStatus.Ok) >= 200 - broken.Requests.Count);
    }

    [Fact]
    public async Task Endpoint_may_have_its_own_name_for_the_model()
    {
        await using var a = await FakeEndpoint.AnsweringAsync(FakeEndpoint.Completion("a"));
        var model = Calls.Model(a.Base) with { Endpoints = [new EndpointSettings(a.Base, "${KEY}", null, "its-own-name")] };

        await Calls.CallAsync(model, Calls.Ask("hi"));

        Assert.Equal("its-own-name", a.SentBody["model"]!.GetValue<string>());
    }

    [Fact]
    public void Rest_doubles_until_a_call_succeeds()
    {
        var time = new FakeTimeProvider();
        var health = new EndpointHealth(TimeSpan.FromMinutes(1), time);
        Fail(health, EndpointHealth.Threshold - 1);
        Assert.Null(health.Resting);

        health.Failed(Failure);
        Assert.Equal((TimeSpan.FromSeconds(1), false), (health.Resting!.RetryAfter!.Value, health.Resting.MayBePaid));
        health.Failed(Failure);
        Assert.Equal(TimeSpan.FromSeconds(1), health.Resting!.RetryAfter);

        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(health.Resting);
        health.Failed(Failure);
        Assert.Equal(TimeSpan.FromSeconds(2), health.Resting!.RetryAfter);

        time.Advance(TimeSpan.FromSeconds(2));
        health.Succeeded();
        health.Failed(Failure);
        Assert.Null(health.Resting);
    }

    [Fact]
    public async Task Endpoint_at_rest_is_not_called_and_its_last_failure_is_told()
    {
        await using var broken = await FakeEndpoint.AnsweringAsync("down", 503);

        var replies = await CallAsync(Calls.Model(broken.Base) with { Parallel = 1 }, 20, CallPolicy.Default with { Tries = 1 });

        Assert.Equal(EndpointHealth.Threshold, broken.Requests.Count);
        Assert.All(replies, reply => Assert.True(reply is { Status: RecordStatus.EndpointFailed, Attempts: 0, RetryAfter: not null } && reply.Reason!.Contains("503", StringComparison.Ordinal)));
    }

    private static void Fail(EndpointHealth health, int times)
    {
        for (var i = 0; i < times; i++)
            health.Failed(Failure);
    }

    private static ModelSettings Both(FakeEndpoint a, FakeEndpoint b) =>
        Calls.Model(a.Base) with { Endpoints = [new EndpointSettings(a.Base, "${KEY}", null), new EndpointSettings(b.Base, "${KEY}", null)] };

    private static async Task<ModelReply[]> CallAsync(ModelSettings model, int calls, CallPolicy? policy = null)
    {
        using var caller = new ModelCaller(Calls.Keys, TimeProvider.System, policy);
        var replies = new ModelReply[calls];
        await Parallel.ForAsync(0, calls, new ParallelOptions { MaxDegreeOfParallelism = model.Parallel }, async (i, token) =>
            replies[i] = await caller.CallAsync(model, Calls.Ask("hi"), new CallContext("run"), token));
        return replies;
    }
}
