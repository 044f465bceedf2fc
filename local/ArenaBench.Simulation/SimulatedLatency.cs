namespace ArenaBench.Simulation;

/// <summary>How long a reply takes: uniform between two bounds, drawn from the request, so that a repeated request takes as long again.</summary>
/// <param name="MinMs">Milliseconds.</param>
/// <param name="MaxMs">Milliseconds; the same as <paramref name="MinMs"/> for a fixed time.</param>
public sealed record SimulatedLatency(double MinMs, double MaxMs)
{
    public SimulatedLatency()
        : this(0, 0)
    {
    }

    public static SimulatedLatency None { get; } = new(0, 0);

    public static SimulatedLatency Fixed(TimeSpan time) => new(time.TotalMilliseconds, time.TotalMilliseconds);

    public static SimulatedLatency Uniform(TimeSpan min, TimeSpan max) => new(min.TotalMilliseconds, max.TotalMilliseconds);

    internal TimeSpan Draw(ulong hash) => TimeSpan.FromMilliseconds(MinMs + ((MaxMs - MinMs) * StableHash.Unit(hash, 9)));
}
