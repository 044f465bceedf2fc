namespace ArenaBench.Core.Models.Limits;

/// <summary>
/// Learns from refusals what nobody configured. Where refusals are most of what comes back, the endpoint is over its
/// limit: everything pauses as long as it asks, goes on with a single call, and from then on at the rate that was taken,
/// growing in small steps. Scattered refusals, and those that a lower rate does not end, say nothing about load: then only
/// the refused calls wait. Not thread-safe.
/// </summary>
internal sealed class Adaptation(int most, TimeProvider time)
{
    /// <summary>Of the last forty or so calls.</summary>
    private const double MostlyRefused = 0.4;
    private const double NearlyAllRefused = 0.8;
    private const int Memory = 160;

    /// <summary>A learned rate under which still more than this is refused is no limit.</summary>
    private const double StillRefused = 0.1;
    private const int EnoughCalls = 20;

    private const double SmallestGrowth = 0.03;
    private const double LargestGrowth = 0.5;

    private static readonly TimeSpan GrowthStep = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestHold = TimeSpan.FromMinutes(4);
    /// <summary>A minute's limit may refuse for a minute what came too early.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(75);
    private static readonly TimeSpan NoiseMemory = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly AcceptedCalls _accepted = new(time);
    private readonly long _begin = time.GetTimestamp();
    private int _most = most;
    private int _window = most;
    private int _sent;
    private int _refused;
    private int _fruitless;
    private TimeSpan _epoch = TimeSpan.MinValue;
    private TimeSpan _pausedUntil;
    private TimeSpan _pausedFor;
    private TimeSpan _noisyUntil;
    private TimeSpan _growAt;
    private TimeSpan _hold = GrowthStep;
    private bool _learning;
    private double? _rate;
    private double _growth = SmallestGrowth;
    private TimeSpan? _inVainSince;

    /// <summary>Calls in flight at most.</summary>
    public int Window => _window;

    /// <summary>Requests a minute at most; null: not known to be limited.</summary>
    public double? Rate => _rate;

    /// <summary>What is left of a pause.</summary>
    public TimeSpan Pause => _pausedUntil - Now;

    private TimeSpan Now => time.GetElapsedTime(_begin);

    public void SetMost(int value)
    {
        _window = _window >= _most ? value : Math.Min(_window, value);
        _most = value;
    }

    /// <summary>To be called before a call is let through: a pause has ended, or it is time to grow.</summary>
    /// <param name="inFlight">Not refused so far, and so most likely taken.</param>
    public void Refresh(int inFlight)
    {
        var now = Now;
        if (_learning && now >= _pausedUntil)
        {
            // Where a first burst was for free, the last minute says too much.
            var taken = _accepted.Rate(inFlight, 60 + (int)_pausedFor.TotalSeconds);
            (_learning, _rate) = (false, Math.Max(1, _rate is { } tooMuch ? Math.Min(taken, tooMuch / 2) : taken));
            Hold(now, GrowthStep);
        }
        else if (_rate is { } rate && now >= _growAt)
        {
            // Small steps near a limit, larger ones the longer none shows.
            _rate = rate * (1 + _growth);
            _growth = Math.Min(LargestGrowth, _growth * 2);
            _growAt = now + GrowthStep;
        }
    }

    /// <summary>A call was sent. It counts as taken until it is refused, which is known sooner.</summary>
    public void Sent()
    {
        // Half of what is remembered is forgotten at a time.
        if (++_sent > Memory)
            (_sent, _refused) = (_sent / 2, _refused / 2);
    }

    public void Accepted()
    {
        _accepted.Add();
        _fruitless = 0;
        if (_window < _most)
            _window++;
    }

    public void Refused(long started, TimeSpan retryAfter)
    {
        if (!IsNew(started))
            return;
        _refused++;
        var now = Now;
        if (_rate is null)
        {
            if (IsOver(now < _noisyUntil ? NearlyAllRefused : MostlyRefused))
                Stop(now, retryAfter);
            return;
        }

        if (IsOver(MostlyRefused) || (_sent == _refused && _refused >= 3))
            Stop(now, retryAfter);
        else if (_sent >= EnoughCalls)
            Slow(now, retryAfter, _refused / (double)_sent);
        else
            Hold(now, _hold);
    }

    /// <summary>A burst is judged by all of it: what is still in flight counts as taken.</summary>
    private bool IsOver(double share) => _sent >= 2 * EnoughCalls && _refused >= share * _sent;

    private void Slow(TimeSpan now, TimeSpan retryAfter, double refused)
    {
        if (refused <= StillRefused)
            _inVainSince = null;
        else if (now - (_inVainSince ??= now) >= Patience)
        {
            // Going slower does not help: they are no matter of load.
            (_rate, _inVainSince, _noisyUntil) = (null, null, now + NoiseMemory);
            Begin(now);
            return;
        }

        // What was taken in the last minute can be taken.
        var slower = Math.Max(_accepted.Rate(0), _rate!.Value * (1 - refused));
        _rate = Math.Max(1, _inVainSince is null ? Math.Min(slower, _rate.Value * 0.98) : Math.Min(slower, _rate.Value));
        if (_inVainSince is null)
            _pausedUntil = now + (retryAfter < LongestPause ? retryAfter : LongestPause);
        Hold(now, _hold * 2);
        Begin(now);
    }

    private void Stop(TimeSpan now, TimeSpan retryAfter)
    {
        var least = TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, 0.1 * Math.Pow(2, Math.Min(10, _fruitless++))));
        _pausedFor = retryAfter > least ? retryAfter : least;
        _pausedUntil = now + _pausedFor;
        _window = Math.Min(1, _most);
        _learning = true;
        Begin(now);
    }

    private void Hold(TimeSpan now, TimeSpan hold)
    {
        _hold = hold < LongestHold ? hold : LongestHold;
        _growAt = now + _hold;
        _growth = SmallestGrowth;
    }

    private void Begin(TimeSpan now) => (_epoch, _sent, _refused) = (now, 0, 0);

    // What was sent before the last change tells of the time before it.
    private bool IsNew(long started) => time.GetElapsedTime(_begin, started) >= _epoch;
}
