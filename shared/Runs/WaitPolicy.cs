using ArenaBench.Core.Models;

namespace ArenaBench.Core.Runs;

/// <summary>How long an endpoint that fails or refuses is tried again before the failure is recorded. Waiting for one's turn has no end.</summary>
/// <param name="MaxWaits">Waits of one call at most.</param>
/// <param name="LongestWait">One wait at most; longer ones asked for are waited for in steps.</param>
/// <param name="MaxFruitless">Calls at most that may have been paid and brought nothing: time-outs, broken connections, malformed answers.</param>
public sealed record WaitPolicy(int MaxWaits, TimeSpan LongestWait, int MaxFruitless)
{
    public static WaitPolicy Default { get; } = new(60, TimeSpan.FromMinutes(5), 5);

    /// <param name="tries">This one included.</param>
    /// <returns>How long; null: not again.</returns>
    public TimeSpan? Next(StepTries tries, ModelReply reply)
    {
        if (reply.RetryAfter is not { } asked)
            return null;
        if (reply.IsHeld)
            return asked;
        if (tries.Waits > MaxWaits || tries.Fruitless >= MaxFruitless || asked > LongestWait * MaxWaits)
            return null;
        // At least what was asked, growing with each wait from half a second so that an outage is not hammered.
        var patience = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(tries.Waits, 9)) / 4);
        var next = asked > patience ? asked : patience;
        return next < LongestWait ? next : LongestWait;
    }
}
