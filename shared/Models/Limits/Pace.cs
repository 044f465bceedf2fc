namespace ArenaBench.Core.Models.Limits;

/// <summary>
/// A token bucket on an injected clock that may go into debt: what a call really used is known only after it. So small a
/// burst, and so much less than the full rate, that no minute anywhere holds more than the limit.
/// </summary>
internal sealed class Pace
{
    private readonly TimeProvider _time;
    private double _perSecond;
    private double _burst;
    private double _level;
    private long _last;

    private Pace(double perMinute, double burst, TimeProvider time)
    {
        _time = time;
        _last = time.GetTimestamp();
        _burst = burst;
        Set(perMinute, burst);
        _level = _burst;
    }

    /// <summary>Requests: evenly, a tenth of a second's at once where that is more than one. A hundredth is kept back for jitter on the way.</summary>
    public static Pace OfRequests(double perMinute, TimeProvider time) => new(perMinute, RequestBurst(perMinute), time);

    /// <summary>Tokens: a twentieth of the minute's at once.</summary>
    public static Pace OfTokens(double perMinute, TimeProvider time) => new(perMinute, perMinute / 20, time);

    public void SetRequests(double perMinute) => Set(perMinute, RequestBurst(perMinute));

    public void SetTokens(double perMinute) => Set(perMinute, perMinute / 20);

    /// <summary>How long until <paramref name="amount"/> may be taken; zero: now.</summary>
    public TimeSpan WaitFor(double amount)
    {
        Refill();
        var missing = Math.Min(amount, _burst) - _level;
        return missing <= 1e-9 ? TimeSpan.Zero : TimeSpan.FromSeconds(missing / _perSecond);
    }

    public void Take(double amount)
    {
        Refill();
        _level -= amount;
    }

    /// <summary>Corrects an estimate: positive when more was used.</summary>
    public void Charge(double difference) => _level = Math.Min(_burst, _level - difference);

    /// <summary>After a pause nothing is caught up on.</summary>
    public void Calm()
    {
        Refill();
        _level = Math.Min(_level, Math.Min(1, _burst));
    }

    private static double RequestBurst(double perMinute) => Math.Max(1, Math.Floor(perMinute / 600));

    // Within any 60 seconds: the burst, and what flows in. For requests the first of the burst is part of the flow.
    private void Set(double perMinute, double burst)
    {
        Refill();
        var flow = burst <= 1 ? perMinute : perMinute - burst;
        (_perSecond, _burst) = (flow / 60 / 1.01, burst);
        _level = Math.Min(_level, burst);
    }

    private void Refill()
    {
        var now = _time.GetTimestamp();
        _level = Math.Min(_burst, _level + (_time.GetElapsedTime(_last, now).TotalSeconds * _perSecond));
        _last = now;
    }
}
