using System.Threading.RateLimiting;
using ArenaBench.Core.Records;

namespace ArenaBench.Core.Models.Limits;

/// <summary>
/// What keeps one model at one endpoint within <c>parallel</c>, <c>rpm</c> and <c>tpm</c>, fairly between runs. The
/// library's own limiters have fixed limits, no turns between runs, no correction of estimates and a clock of their own;
/// its contract is kept.
/// </summary>
internal sealed class EndpointLimiter : PartitionedRateLimiter<CallDemand>
{
    /// <summary>A run that has so many waiting keeps the endpoint busy; more would only hold the places of other work.</summary>
    private const int LeastQueue = 16;

    private readonly Lock _lock = new();
    private readonly FairQueue<Waiter> _queue = new();
    private readonly LimiterState _state;
    private readonly TimeProvider _time;
    private readonly TimeSpan _patience;
    private readonly ITimer _pump;
    private int _waiting;
    private int _demand;

    /// <param name="patience">A call waits no longer than this for its place.</param>
    public EndpointLimiter(EndpointLimits limits, TimeSpan patience, TimeProvider time)
    {
        (_patience, _time) = (patience, time);
        _state = new LimiterState(limits, time);
        _pump = time.CreateTimer(static state => ((EndpointLimiter)state!).Pump(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>In flight and waiting, of what may be in flight.</summary>
    public double Load => (double)(InFlight + Volatile.Read(ref _waiting)) / Math.Max(1, _state.Limits.Parallel);

    public int InFlight
    {
        get { lock (_lock) return _state.InFlight; }
    }

    /// <summary>The most that were in flight or waiting since the last time this was asked.</summary>
    public int TakeDemand()
    {
        lock (_lock)
        {
            var demand = Math.Max(_demand, _state.InFlight + _waiting);
            _demand = 0;
            return demand;
        }
    }

    /// <summary>Takes effect at once for calls that have not begun.</summary>
    public void Set(EndpointLimits limits)
    {
        lock (_lock)
        {
            if (limits == _state.Limits)
                return;
            _state.Set(limits);
        }

        Pump();
    }

    public async ValueTask<CallLease> EnterAsync(CallDemand demand, CancellationToken cancellationToken) =>
        (CallLease)await AcquireAsync(demand, 1, cancellationToken).ConfigureAwait(false);

    /// <summary>The endpoint answered.</summary>
    /// <param name="used">Null: not known.</param>
    public void Answered(CallLease lease, TokenUsage? used)
    {
        lock (_lock)
            _state.Answered(lease.Started, lease.Tokens, used);
    }

    /// <summary>The endpoint refused a call for the number of calls or tokens.</summary>
    public void Refused(CallLease lease, TimeSpan retryAfter)
    {
        lock (_lock)
            _state.Refused(lease.Started, lease.Tokens, retryAfter);
    }

    public override RateLimiterStatistics GetStatistics(CallDemand resource)
    {
        lock (_lock)
            return new RateLimiterStatistics { CurrentAvailablePermits = _state.Free, CurrentQueuedCount = _waiting };
    }

    internal void Release()
    {
        lock (_lock)
            _state.End();
        Pump();
    }

    protected override RateLimitLease AttemptAcquireCore(CallDemand resource, int permitCount)
    {
        lock (_lock)
            return TryEnter(resource) ?? CallLease.Refused(_state.SendAway(_waiting));
    }

    protected override ValueTask<RateLimitLease> AcquireAsyncCore(CallDemand resource, int permitCount, CancellationToken cancellationToken)
    {
        Waiter waiter;
        lock (_lock)
        {
            if (TryEnter(resource) is { } lease)
                return new ValueTask<RateLimitLease>(lease);
            // Until this host has its part of what hosts share, which is soon, everybody waits here.
            if (_state.Limits.Parallel > 0 && _queue.CountOf(resource.Run) >= Math.Max(LeastQueue, 4 * _state.Limits.Parallel))
                return new ValueTask<RateLimitLease>(CallLease.Refused(_state.SendAway(_waiting)));
            waiter = new Waiter(resource);
            _queue.Enqueue(resource.Run, waiter);
            _waiting++;
            _demand = Math.Max(_demand, _state.InFlight + _waiting);
        }

        Pump();
        return new ValueTask<RateLimitLease>(WaitAsync(waiter, cancellationToken));
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _pump.Dispose();
        base.Dispose(disposing);
    }

    private CallLease? TryEnter(CallDemand demand)
    {
        var tokens = _state.TokensOf(demand);
        return _queue.Count == 0 && _state.Wait(tokens) <= TimeSpan.Zero ? Grant(tokens) : null;
    }

    private CallLease Grant(int tokens)
    {
        _state.Begin(tokens);
        _demand = Math.Max(_demand, _state.InFlight);
        return CallLease.Granted(this, tokens, _time.GetTimestamp());
    }

    private async Task<RateLimitLease> WaitAsync(Waiter waiter, CancellationToken cancellationToken)
    {
        using var timer = _time.CreateTimer(state => GiveUp((Waiter)state!), waiter, _patience, Timeout.InfiniteTimeSpan);
        using var registration = cancellationToken.UnsafeRegister(static (state, token) => ((Waiter)state!).Source.TrySetCanceled(token), waiter);
        try
        {
            return await waiter.Source.Task.ConfigureAwait(false);
        }
        finally
        {
            lock (_lock)
                _waiting--;
        }
    }

    private void GiveUp(Waiter waiter)
    {
        TimeSpan wait;
        lock (_lock)
            wait = _state.SendAway(_waiting);
        waiter.Source.TrySetResult(CallLease.Refused(wait));
    }

    /// <summary>Lets through whoever may go; sets the clock for the next if only time is in the way.</summary>
    private void Pump()
    {
        lock (_lock)
        {
            while (_queue.TryPeek(out var next))
            {
                if (!next!.Source.Task.IsCompleted)
                {
                    var tokens = _state.TokensOf(next.Demand);
                    var wait = _state.Wait(tokens);
                    if (wait > TimeSpan.Zero)
                    {
                        _pump.Change(wait == TimeSpan.MaxValue ? Timeout.InfiniteTimeSpan : Rounded(wait), Timeout.InfiniteTimeSpan);
                        return;
                    }

                    if (!next.Source.TrySetResult(Grant(tokens)))
                        _state.TakeBack(tokens);
                }

                _queue.Dequeue();
            }
        }
    }

    // A timer that fires early would find nothing to do and be set again for less than it can measure.
    private static TimeSpan Rounded(TimeSpan wait) => TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));
}
