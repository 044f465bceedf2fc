namespace ArenaBench.Core.Models.Limits;

/// <summary>How many calls an endpoint took, by the second, two minutes back. Not thread-safe.</summary>
internal sealed class AcceptedCalls(TimeProvider time)
{
    private const int Kept = 128;

    private readonly int[] _counts = new int[Kept];
    private readonly long _begin = time.GetTimestamp();
    private long _second;

    public void Add() => _counts[Forward() % Kept]++;

    /// <summary>Calls a minute, over the last <paramref name="seconds"/> or since the beginning.</summary>
    /// <param name="inFlight">Counted as taken.</param>
    public double Rate(int inFlight, int seconds = 60)
    {
        var now = Forward();
        var elapsed = time.GetElapsedTime(_begin).TotalSeconds;
        var back = Math.Min(Math.Min(seconds, Kept), (int)now + 1);
        var taken = inFlight;
        for (var i = 0; i < back; i++)
            taken += _counts[(now - i) % Kept];
        return taken * 60 / Math.Clamp(elapsed, 1, back);
    }

    private long Forward()
    {
        var now = (long)time.GetElapsedTime(_begin).TotalSeconds;
        for (var second = Math.Max(_second + 1, now - Kept + 1); second <= now; second++)
            _counts[second % Kept] = 0;
        return _second = Math.Max(_second, now);
    }
}
