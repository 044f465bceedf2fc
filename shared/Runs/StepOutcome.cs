using ArenaBench.Core.Models;
using ArenaBench.Core.Records;

namespace ArenaBench.Core.Runs;

/// <summary>How one piece of work ended for now.</summary>
/// <param name="RetryAfter">Not done yet: do it again after this time.</param>
/// <param name="Fatal">Nothing else of this model (or judge) can succeed.</param>
/// <param name="Tries">With a wait: what has been tried so far, to be handed in again.</param>
public sealed record StepOutcome(RecordStatus Status, TimeSpan? RetryAfter = null, bool Fatal = false, StepTries? Tries = null)
{
    /// <summary>What is recorded is done; a record counts as one even where it is flagged.</summary>
    internal static StepOutcome Recorded(RecordEnvelope line) =>
        line.Record is null ? new(line.Status, Fatal: line.Status.IsFatal()) : new(RecordStatus.Ok);

    internal static StepOutcome Wait(RecordStatus status, TimeSpan time, StepTries tries) => new(status, time, Tries: tries);

    internal static StepOutcome Ended(ModelReply reply) => new(reply.Status, Fatal: reply.Status.IsFatal());
}

/// <summary>What was tried for one piece of work before it had to wait. Kept by the workflow, so that no restart forgets what was paid for.</summary>
/// <param name="Waits">For an endpoint that failed or refused.</param>
/// <param name="Attempts">Calls that were or may have been paid.</param>
/// <param name="Fruitless">Those of them that brought nothing.</param>
public sealed record StepTries(int Waits, int Attempts, int Fruitless)
{
    public static StepTries None { get; } = new(0, 0, 0);

    /// <param name="attempts">All of this time's, those of <paramref name="reply"/> included.</param>
    internal StepTries Plus(ModelReply reply, int attempts) =>
        new(Waits + (reply.IsHeld ? 0 : 1), Attempts + attempts, Fruitless + reply.Attempts);
}
