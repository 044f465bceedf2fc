namespace ArenaBench.Simulation.Limits;

/// <summary>A token bucket: it fills evenly, up to what the burst allows.</summary>
internal sealed class Allowance
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly double _perSecond;
    private readonly double _capacity;
    private double _available;
    private long _filledAt;

    public Allowance(int perMinute, double burstSeconds, TimeProvider time)
    {
        _time = time;
        PerMinute = perMinute;
        _perSecond = perMinute / 60.0;
        _capacity = Math.Max(1, _perSecond * burstSeconds);
        _available = _capacity;
        _filledAt = time.GetTimestamp();
    }

    public int PerMinute { get; }

    /// <summary>Takes from it, or says how long it takes until that many are there. More than fits at once is taken once it is full.</summary>
    public bool TryTake(double amount, out double remaining, out TimeSpan wait)
    {
        lock (_lock)
        {
            var now = _time.GetTimestamp();
            _available = Math.Min(_capacity, _available + (_time.GetElapsedTime(_filledAt, now).TotalSeconds * _perSecond));
            _filledAt = now;
            var needed = Math.Min(amount, _capacity);
            var taken = _available >= needed;
            wait = taken ? TimeSpan.Zero : TimeSpan.FromMilliseconds(Math.Ceiling((needed - _available) / _perSecond * 1000));
            if (taken)
                _available -= amount;
            remaining = Math.Max(0, _available);
            return taken;
        }
    }

    public void GiveBack(double amount)
    {
        lock (_lock)
            _available = Math.Min(_capacity, _available + amount);
    }

    /// <summary>Until all of it is there again.</summary>
    public TimeSpan UntilFull
    {
        get
        {
            lock (_lock)
                return TimeSpan.FromSeconds(Math.Max(0, _capacity - _available) / _perSecond);
        }
    }
}
