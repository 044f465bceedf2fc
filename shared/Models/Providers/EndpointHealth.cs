using ArenaBench.Core.Models.Failures;

namespace ArenaBench.Core.Models.Providers;

/// <summary>Rests an endpoint that fails again and again: a second, doubling up to the longest rest, until a call succeeds.</summary>
internal sealed class EndpointHealth(TimeSpan longest, TimeProvider time)
{
    /// <summary>Pages from an address that has never answered otherwise: then nothing that can answer is there.</summary>
    private const int PagesThatTell = 3;

    /// <summary>Failures in a row. At 8% of failing calls, eight in a row come once in billions.</summary>
    public const int Threshold = 8;

    private readonly Lock _lock = new();
    private int _inARow;
    private int _rests;
    private long _until;
    private CallFailure? _last;
    private bool _hasAnswered;
    private int _pages;

    /// <summary>Null: it may be called. Else its last failure, with what is left of the rest as <c>RetryAfter</c>.</summary>
    public CallFailure? Resting
    {
        get
        {
            if (Volatile.Read(ref _inARow) < Threshold)
                return null;
            lock (_lock)
            {
                var left = time.GetElapsedTime(time.GetTimestamp(), _until);
                return _inARow < Threshold || left <= TimeSpan.Zero ? null : _last! with { RetryAfter = left, MayBePaid = false };
            }
        }
    }

    /// <summary>A web page came in place of an answer.</summary>
    /// <returns>Whether the address is that of a web site, as far as can be known.</returns>
    public bool IsNoEndpoint() => !Volatile.Read(ref _hasAnswered) && Interlocked.Increment(ref _pages) >= PagesThatTell;

    public void Answered()
    {
        Volatile.Write(ref _hasAnswered, true);
        Succeeded();
    }

    public void Succeeded()
    {
        if (Volatile.Read(ref _inARow) == 0)
            return;
        lock (_lock)
            (_inARow, _rests) = (0, 0);
    }

    public void Failed(CallFailure failure)
    {
        lock (_lock)
        {
            _last = failure;
            var now = time.GetTimestamp();
            // Calls that were in flight when the rest began say nothing new.
            if (++_inARow < Threshold || now < _until)
                return;
            var rest = TimeSpan.FromSeconds(Math.Min(longest.TotalSeconds, Math.Pow(2, _rests++)));
            _until = now + (long)(rest.TotalSeconds * time.TimestampFrequency);
        }
    }
}
