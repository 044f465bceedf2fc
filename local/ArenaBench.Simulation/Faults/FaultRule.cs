namespace ArenaBench.Simulation.Faults;

/// <summary>When a fault strikes. Every condition that is set must hold; a rule without any strikes always.</summary>
public sealed record FaultRule
{
    public required FaultKind Kind { get; init; }

    /// <summary>0 to 1: the share of calls, drawn from the seed, the request and which attempt at this request it is.</summary>
    public double? Rate { get; init; }

    /// <summary>Draws without the attempt: what fails once fails always. For faults that come from the content, such as filters.</summary>
    public bool Sticky { get; init; }

    /// <summary>The first call that it may strike, counted from 1 over all chat calls.</summary>
    public long? FromCall { get; init; }

    /// <summary>The last call that it may strike.</summary>
    public long? ToCall { get; init; }

    /// <summary>Seconds since the endpoint's start.</summary>
    public double? FromSeconds { get; init; }

    /// <summary>Seconds since the endpoint's start; not included.</summary>
    public double? ToSeconds { get; init; }

    /// <summary>Where set, only these models.</summary>
    public IReadOnlyList<string> Models { get; init; } = [];

    /// <summary>Where set, at most so many attempts at one request fail: then it succeeds.</summary>
    public int? AttemptsPerRequest { get; init; }

    public double? RetryAfterSeconds { get; init; }

    /// <summary>For those faults that take time.</summary>
    public double? Seconds { get; init; }

    public int? Status { get; init; }

    public string? Parameter { get; init; }
}
