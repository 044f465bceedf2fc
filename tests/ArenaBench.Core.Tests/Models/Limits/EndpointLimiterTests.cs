using ArenaBench.Core.Models.Limits;
using ArenaBench.Core.Records;
using Microsoft.Extensions.Time.Testing;

namespace ArenaBench.Core.Tests.Models.Limits;

public sealed class EndpointLimiterTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Places_are_given_in_turns_between_runs_and_in_order_within_one()
    {
        using var limiter = new EndpointLimiter(new EndpointLimits(1, null, null), Patience, _time);
        var first = await EnterAsync(limiter, "a");
        var order = new List<string>();
        var waiting = new[] { "a1", "a2", "a3", "b1", "b2", "c1" }.Select(name => TakeAsync(limiter, name, order)).ToList();

        first.Dispose();
        await Task.WhenAll(waiting);

        Assert.Equal(["a1", "b1", "c1", "a2", "b2", "a3"], order);
    }

    [Fact]
    public async Task Who_waits_in_vain_is_told_when_to_come_back()
    {
        using var limiter = new EndpointLimiter(new EndpointLimits(1, null, null), Patience, _time);
        using var held = await EnterAsync(limiter, "a");

        var waiting = EnterAsync(limiter, "b");
        _time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.False(waiting.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.2));
        var refused = await waiting;

        Assert.False(refused.IsAcquired);
        Assert.InRange(refused.RetryAfter.TotalSeconds, 1, 60);
        Assert.True(refused.TryGetMetadata(System.Threading.RateLimiting.MetadataName.RetryAfter, out var metadata));
        Assert.Equal(refused.RetryAfter, metadata);
    }

    [Fact]
    public async Task Who_finds_enough_of_its_run_waiting_is_sent_away_at_once_each_to_its_own_turn()
    {
        using var limiter = new EndpointLimiter(new EndpointLimits(1, null, null), Patience, _time);
        using var held = await EnterAsync(limiter, "a");
        var waiting = Enumerable.Range(0, 16).Select(_ => EnterAsync(limiter, "a")).ToList();

        var sentAway = new[] { await EnterAsync(limiter, "a"), await EnterAsync(limiter, "a"), await EnterAsync(limiter, "a") };
        var other = EnterAsync(limiter, "b");

        Assert.All(sentAway, lease => Assert.False(lease.IsAcquired));
        Assert.Equal(3, sentAway.Select(lease => lease.RetryAfter).Distinct().Count());
        Assert.All(waiting.Append(other), task => Assert.False(task.IsCompleted));
    }

    [Fact]
    public async Task Cancelled_waiter_takes_no_place()
    {
        using var limiter = new EndpointLimiter(new EndpointLimits(1, null, null), Patience, _time);
        var held = await EnterAsync(limiter, "a");
        using var cancel = new CancellationTokenSource();
        var cancelled = limiter.EnterAsync(new CallDemand("b", 1, 1), cancel.Token).AsTask();
        var next = EnterAsync(limiter, "c");

        await cancel.CancelAsync();
        held.Dispose();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.True((await next).IsAcquired);
    }

    [Fact]
    public async Task Place_is_given_back_once()
    {
        using var limiter = new EndpointLimiter(new EndpointLimits(1, null, null), Patience, _time);
        var held = await EnterAsync(limiter, "a");

        held.Dispose();
        held.Dispose();

        using var second = limiter.AttemptAcquire(new CallDemand("a", 1, 1));
        using var third = limiter.AttemptAcquire(new CallDemand("a", 1, 1));
        Assert.True(second.IsAcquired);
        Assert.False(third.IsAcquired);
    }

    [Fact]
    public async Task Smaller_limit_holds_at_once_and_larger_lets_waiters_in()
    {
        using var limiter = new EndpointLimiter(new EndpointLimits(3, null, null), Patience, _time);
        var held = new[] { await EnterAsync(limiter, "a"), await EnterAsync(limiter, "a"), await EnterAsync(limiter, "a") };
        limiter.Set(new EndpointLimits(1, null, null));
        var waiting = EnterAsync(limiter, "a");

        held[0].Dispose();
        held[1].Dispose();
        Assert.False(waiting.IsCompleted);
        limiter.Set(new EndpointLimits(2, null, null));

        Assert.True((await waiting).IsAcquired);
    }

    [Fact]
    public async Task Limit_of_zero_lets_nobody_in()
    {
        using var limiter = new EndpointLimiter(new EndpointLimits(0, null, null), Patience, _time);

        var waiting = EnterAsync(limiter, "a");
        Assert.False(waiting.IsCompleted);
        limiter.Set(new EndpointLimits(1, null, null));

        Assert.True((await waiting).IsAcquired);
    }

    [Fact]
    public async Task Tokens_are_counted_by_what_was_really_used()
    {
        // A twentieth of the minute's tokens at once, and a hundred a second.
        using var limiter = new EndpointLimiter(new EndpointLimits(100, null, 6300), Patience, _time);
        var dear = await EnterAsync(limiter, "a", prompt: 300);
        limiter.Answered(dear, new TokenUsage(300, 1000));
        dear.Dispose();

        Assert.False(limiter.AttemptAcquire(new CallDemand("a", 100, 0)).IsAcquired);
        _time.Advance(TimeSpan.FromSeconds(8));
        Assert.False(limiter.AttemptAcquire(new CallDemand("a", 100, 0)).IsAcquired);
        _time.Advance(TimeSpan.FromSeconds(4));

        Assert.True(limiter.AttemptAcquire(new CallDemand("a", 100, 0)).IsAcquired);
    }

    [Fact]
    public async Task Call_larger_than_the_burst_is_let_through_when_the_burst_is_full()
    {
        using var limiter = new EndpointLimiter(new EndpointLimits(100, null, 6000), Patience, _time);

        Assert.True((await EnterAsync(limiter, "a", prompt: 5000)).IsAcquired);
        Assert.False(limiter.AttemptAcquire(new CallDemand("a", 1, 0)).IsAcquired);
    }

    [Fact]
    public async Task Refused_call_used_no_tokens()
    {
        using var limiter = new EndpointLimiter(new EndpointLimits(100, null, 6000), Patience, _time);
        var refused = await EnterAsync(limiter, "a", prompt: 300);

        limiter.Refused(refused, TimeSpan.Zero);

        Assert.True(limiter.AttemptAcquire(new CallDemand("a", 300, 0)).IsAcquired);
    }

    [Fact]
    public async Task Every_waiter_is_served_under_contention()
    {
        using var limiter = new EndpointLimiter(new EndpointLimits(16, null, null), TimeSpan.FromMinutes(1), TimeProvider.System);
        var (inside, most) = (0, 0);

        await Parallel.ForEachAsync(Enumerable.Range(0, 2000), new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (i, token) =>
        {
            using var lease = await limiter.EnterAsync(new CallDemand($"run-{i % 5}", 1, 1), token);
            Assert.True(lease.IsAcquired);
            lock (_time)
                most = Math.Max(most, ++inside);
            await Task.Yield();
            lock (_time)
                inside--;
            limiter.Answered(lease, null);
        });

        Assert.InRange(most, 1, 16);
        Assert.Equal(16, limiter.GetStatistics(default).CurrentAvailablePermits);
        Assert.Equal(0, limiter.GetStatistics(default).CurrentQueuedCount);
    }

    private static async Task<CallLease> EnterAsync(EndpointLimiter limiter, string run, int prompt = 1) =>
        await limiter.EnterAsync(new CallDemand(run, prompt, 0), TestContext.Current.CancellationToken);

    private static async Task TakeAsync(EndpointLimiter limiter, string name, List<string> order)
    {
        using var lease = await EnterAsync(limiter, name[..1]);
        order.Add(name);
    }
}
