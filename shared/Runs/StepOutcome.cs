using ArenaBench.Core.Models;
using ArenaBench.Core.Records;

namespace ArenaBench.Core.Runs;

/// <summary>How one piece of work ended for now.</summary>
/// <param name="RetryAfter">Not done yet: do it again after this time.</param>
/// <param name="Fatal">Nothing else of this model (or judge) can succeed.</param>
public sealed record StepOutcome(RecordStatus Status, TimeSpan? RetryAfter = null, bool Fatal = false)
{
    /// <summary>What is recorded is done; a record counts as one even where it is flagged.</summary>
    internal static StepOutcome Recorded(RecordEnvelope line) => new(line.Record is null ? line.Status : RecordStatus.Ok);

    internal static StepOutcome Wait(ModelReply reply) => new(reply.Status, reply.RetryAfter);

    internal static StepOutcome Ended(ModelReply reply) => new(reply.Status, Fatal: reply.IsFatal);
}
