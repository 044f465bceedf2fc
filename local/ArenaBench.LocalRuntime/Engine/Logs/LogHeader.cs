namespace ArenaBench.LocalRuntime.Engine;

/// <summary>The first line of every segment.</summary>
internal sealed record LogHeader(int Format, string Instance, int Generation, int Segment)
{
    /// <summary>The only format so far. A log of a later one is refused, with its number.</summary>
    public const int CurrentFormat = 1;
}

/// <summary>Names a piece of an instance's log.</summary>
internal readonly record struct LogKey(string InstanceId, int Generation, int Segment)
{
    public LogKey Next() => this with { Segment = Segment + 1 };
}

/// <summary>A log, or a line of it, that cannot be trusted; the message says where and what.</summary>
internal sealed class LogDamagedException(string message) : Exception(message)
{
    /// <summary>The first line, when it could be read: whose log it was.</summary>
    public OrchestrationStarted? Started { get; set; }
}
