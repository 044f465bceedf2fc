using ArenaBench.Core.Records;

namespace ArenaBench.Core.Models.Limits;

/// <summary>Who may be called when: the configured limits and what was learned, without queue or threads. Not thread-safe.</summary>
internal sealed class LimiterState
{
    private static readonly TimeSpan Soonest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Latest = TimeSpan.FromMinutes(2);

    /// <summary>Until this host has its part of what hosts share.</summary>
    private static readonly TimeSpan NothingYet = TimeSpan.FromSeconds(3);

    private readonly TimeProvider _time;
    private readonly long _begin;
    private TimeSpan _nextTurn;
    private readonly Adaptation _adaptation;
    private Pace? _requests;
    private Pace? _tokens;
    private double _tokensPerAnswer = 500;
    private double _secondsPerCall = 1;

    public LimiterState(EndpointLimits limits, TimeProvider time)
    {
        (Limits, _time, _begin) = (limits, time, time.GetTimestamp());
        _adaptation = new Adaptation(limits.Parallel, time);
        _tokens = limits.Tpm is { } tpm ? Pace.OfTokens(tpm, time) : null;
        SetRate();
    }

    public EndpointLimits Limits { get; private set; }

    public int InFlight { get; private set; }

    public int Free => Math.Max(0, _adaptation.Window - InFlight);

    public void Set(EndpointLimits limits)
    {
        Limits = limits;
        _adaptation.SetMost(limits.Parallel);
        if (limits.Tpm is not { } tpm)
            _tokens = null;
        else if (_tokens is null)
            _tokens = Pace.OfTokens(tpm, _time);
        else
            _tokens.SetTokens(tpm);
        SetRate();
    }

    /// <summary>The estimate by which a call is counted until it is known what it used.</summary>
    public int TokensOf(CallDemand demand) => demand.Prompt + (int)Math.Min(demand.MaxAnswer ?? int.MaxValue, _tokensPerAnswer);

    /// <summary>Zero: now. MaxValue: when a call in flight ends.</summary>
    public TimeSpan Wait(int tokens)
    {
        var rate = _adaptation.Rate;
        _adaptation.Refresh(InFlight);
        if (rate != _adaptation.Rate)
            SetRate();
        if (InFlight >= _adaptation.Window)
            return TimeSpan.MaxValue;
        var requests = _requests?.WaitFor(1) ?? TimeSpan.Zero;
        var used = _tokens?.WaitFor(tokens) ?? TimeSpan.Zero;
        var pause = _adaptation.Pause;
        if (pause > TimeSpan.Zero)
            _requests?.Calm();
        var longest = requests > used ? requests : used;
        return pause > longest ? pause : longest;
    }

    public void Begin(int tokens)
    {
        InFlight++;
        _adaptation.Sent();
        _requests?.Take(1);
        _tokens?.Take(tokens);
    }

    public void End() => InFlight--;

    /// <summary>As if it had never begun.</summary>
    public void TakeBack(int tokens)
    {
        InFlight--;
        _requests?.Charge(-1);
        _tokens?.Charge(-tokens);
    }

    public void Answered(long started, int estimated, TokenUsage? used)
    {
        _adaptation.Accepted();
        _secondsPerCall += (_time.GetElapsedTime(started).TotalSeconds - _secondsPerCall) / 16;
        if (used is null)
            return;
        _tokensPerAnswer += (used.Output - _tokensPerAnswer) / 16;
        _tokens?.Charge(used.Input + used.Output - estimated);
    }

    public void Refused(long started, int estimated, TimeSpan retryAfter)
    {
        _tokens?.Charge(-estimated);
        _adaptation.Refused(started, retryAfter);
        SetRate();
    }

    /// <summary>
    /// When a call that finds no place should ask again. Each that is sent away is given the next turn after the last
    /// one's, so that they come back as places become free and not all together.
    /// </summary>
    /// <param name="waiting">Calls that are before it.</param>
    public TimeSpan SendAway(int waiting)
    {
        if (Limits.Parallel == 0)
            return NothingYet;
        var perMinute = Math.Min(Limits.Rpm ?? double.PositiveInfinity, _adaptation.Rate ?? double.PositiveInfinity);
        var apart = TimeSpan.FromSeconds(Math.Max(_secondsPerCall / Math.Max(1, _adaptation.Window), 60 / perMinute));
        var now = _time.GetElapsedTime(_begin);
        var earliest = now + (waiting * apart) + (_adaptation.Pause > TimeSpan.Zero ? _adaptation.Pause : TimeSpan.Zero);
        _nextTurn = (_nextTurn > earliest ? _nextTurn : earliest) + apart;
        var wait = _nextTurn - now;
        return wait < Soonest ? Soonest : wait < Latest ? wait : Latest;
    }

    private void SetRate()
    {
        var (configured, learned) = (Limits.Rpm, _adaptation.Rate);
        var rate = configured is { } most && learned is { } less ? Math.Min(most, less) : configured ?? learned;
        if (rate is not { } perMinute)
            _requests = null;
        else if (_requests is null)
            _requests = Pace.OfRequests(perMinute, _time);
        else
            _requests.SetRequests(perMinute);
    }
}
