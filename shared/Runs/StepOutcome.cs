using ArenaBench.Core.Costs;
using ArenaBench.Core.Models;
using ArenaBench.Core.Records;

namespace ArenaBench.Core.Runs;

/// <summary>How one piece of work ended for now.</summary>
/// <param name="Spent">What this time has cost.</param>
/// <param name="RetryAfter">Not done yet: do it again after this time.</param>
/// <param name="Fatal">Nothing else of this model (or judge) can succeed.</param>
/// <param name="Tries">With a wait: what has been tried so far, to be handed in again.</param>
public sealed record StepOutcome(
    RecordStatus Status, Spending Spent, TimeSpan? RetryAfter = null, bool Fatal = false, StepTries? Tries = null)
{
    /// <summary>What is recorded is done; a record counts as one even where it is flagged.</summary>
    internal static StepOutcome Recorded(RecordEnvelope line, Spending spent) =>
        line.Record is null ? new(line.Status, spent, Fatal: line.Status.IsFatal()) : new(RecordStatus.Ok, spent);

    /// <summary>This very try was begun before, by a host that died: what it asked for may have been paid.</summary>
    internal static StepOutcome Lost(CallBound bound, StepTries tried) =>
        new(RecordStatus.EndpointFailed, Spending.OfLost(bound), TimeSpan.Zero, Tries: tried.PlusLost(Spending.OfLost(bound)));

    internal static StepOutcome Wait(RecordStatus status, Spending spent, TimeSpan time, StepTries tries) => new(status, spent, time, Tries: tries);

    internal static StepOutcome Ended(ModelReply reply, Spending spent) => new(reply.Status, spent, Fatal: reply.Status.IsFatal());
}

/// <summary>What was tried for one piece of work before it had to wait. Kept by the workflow, so that no restart forgets what was paid for.</summary>
/// <param name="Waits">For an endpoint that failed or refused.</param>
/// <param name="Attempts">Calls that were or may have been paid.</param>
/// <param name="Fruitless">Those of them that brought nothing.</param>
/// <param name="Times">That it was tried.</param>
/// <param name="Spent">What that has cost; null: nothing.</param>
public sealed record StepTries(int Waits, int Attempts, int Fruitless, int Times = 0, Spending? Spent = null)
{
    public static StepTries None { get; } = new(0, 0, 0);

    /// <param name="spent">In all calls of this time, those of <paramref name="reply"/> included.</param>
    internal StepTries Plus(ModelReply reply, Spending spent) => new(
        Waits + (reply.IsHeld ? 0 : 1), Attempts + spent.Calls, Fruitless + reply.Attempts, Times + 1, Added(spent));

    internal StepTries PlusLost(Spending spent) => this with { Attempts = Attempts + spent.Calls, Times = Times + 1, Spent = Added(spent) };

    private Spending? Added(Spending spent) => spent.Calls == 0 ? Spent : (Spent ?? Spending.None).Plus(spent);
}
