using ArenaBench.Core.Models.Limits;
using ArenaBench.Core.Records;
using Microsoft.Extensions.Time.Testing;

namespace ArenaBench.Core.Tests.Models.Limits;

/// <summary>Lanes that call an endpoint through the limiter's state, event by event on a simulated clock: minutes in milliseconds.</summary>
internal sealed class LimiterSimulation(EndpointLimits limits, int lanes, TimeSpan latency, Func<FakeTimeProvider, LimiterSimulation, TimeSpan?> endpoint)
{
    private readonly PriorityQueue<Action, (TimeSpan At, int Order)> _events = new();
    private readonly Queue<Action> _waiting = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly long _begin = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)).GetTimestamp();
    private LimiterState _state = null!;
    private TimeSpan? _wake;
    private int _order;

    /// <summary>When each call arrived, and whether it was taken.</summary>
    public List<(TimeSpan At, bool Accepted)> Calls { get; } = [];

    public int InService { get; private set; }

    public int MostInService { get; private set; }

    public double AcceptedPerMinute(double fromSecond) => Rate(fromSecond, call => call.Accepted);

    public double RefusedShare(double fromSecond)
    {
        var calls = Calls.Where(call => call.At.TotalSeconds >= fromSecond).ToList();
        return calls.Count(call => !call.Accepted) / (double)Math.Max(1, calls.Count);
    }

    /// <summary>Calls in the fullest minute.</summary>
    public int FullestMinute()
    {
        var (most, from) = (0, 0);
        for (var to = 0; to < Calls.Count; to++)
        {
            while (Calls[to].At - Calls[from].At >= TimeSpan.FromMinutes(1))
                from++;
            most = Math.Max(most, to - from + 1);
        }

        return most;
    }

    public LimiterSimulation Run(TimeSpan duration)
    {
        _state = new LimiterState(limits, _time);
        Length = duration;
        for (var lane = 0; lane < lanes; lane++)
            _waiting.Enqueue(Enter);
        Pump();
        while (_events.TryDequeue(out var action, out var due) && due.At <= duration)
        {
            if (due.At > Now)
                _time.Advance(due.At - Now);
            action();
            Pump();
        }

        return this;
    }

    private TimeSpan Length { get; set; }

    private TimeSpan Now => _time.GetElapsedTime(_begin);

    private double Rate(double fromSecond, Func<(TimeSpan At, bool Accepted), bool> which) =>
        Calls.Count(call => call.At.TotalSeconds >= fromSecond && which(call)) / (Length.TotalSeconds - fromSecond) * 60;

    private void Pump()
    {
        while (_waiting.Count > 0)
        {
            var wait = _state.Wait(100);
            if (wait > TimeSpan.Zero)
            {
                // As the limiter does: one timer, in whole milliseconds.
                var at = wait == TimeSpan.MaxValue ? TimeSpan.MaxValue : Now + TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));
                if (at != TimeSpan.MaxValue && (_wake is null || at < _wake || _wake <= Now))
                {
                    _wake = at;
                    At(at, static () => { });
                }

                return;
            }

            _waiting.Dequeue()();
        }
    }

    private void Enter()
    {
        _state.Begin(100);
        var started = _time.GetTimestamp();
        var refusal = endpoint(_time, this);
        Calls.Add((Now, refusal is null));
        if (refusal is { } retryAfter)
        {
            At(Now + TimeSpan.FromMilliseconds(5), () =>
            {
                _state.Refused(started, 100, retryAfter);
                _state.End();
                At(Now + retryAfter, () => _waiting.Enqueue(Enter));
            });
            return;
        }

        MostInService = Math.Max(MostInService, ++InService);
        At(Now + latency, () =>
        {
            InService--;
            _state.Answered(started, 100, new TokenUsage(50, 50));
            _state.End();
            _waiting.Enqueue(Enter);
        });
    }

    private void At(TimeSpan at, Action action) => _events.Enqueue(action, (at, _order++));
}
