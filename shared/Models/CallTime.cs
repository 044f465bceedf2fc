namespace ArenaBench.Core.Models;

/// <summary>How long calls may take. The host ends a function after its <c>functionTimeout</c> (an hour, host.json), and what it had
/// paid for would be lost; so what may take longer is handed back to the workflow before.</summary>
public static class CallTime
{
    /// <summary>Of a model's <c>timeout</c>.</summary>
    public static TimeSpan LongestTimeout { get; } = TimeSpan.FromMinutes(50);

    /// <summary>Of all calls in one activity: what is left to functionTimeout is for reading, recording and a busy host.</summary>
    public static TimeSpan LongestActivity { get; } = TimeSpan.FromMinutes(55);

    /// <summary>Whether one more call fits, with its wait for a place at the endpoint. The first always does.</summary>
    public static bool HasRoomFor(TimeSpan timeout, TimeSpan elapsed) => elapsed + timeout + CallPolicy.Default.Patience <= LongestActivity;
}
