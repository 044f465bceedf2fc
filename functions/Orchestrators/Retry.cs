using Microsoft.DurableTask;

namespace ArenaBench.Functions.Orchestrators;

/// <summary>An activity fails with an exception only when storage fails or a worker is lost: model failures are data.</summary>
internal static class Retry
{
    /// <summary>Spans are worth a second try, and no more: a run must not fail for its telemetry.</summary>
    public static TaskOptions Trace { get; } = new(new TaskRetryOptions(new RetryPolicy(2, TimeSpan.FromSeconds(2))));

    public static TaskOptions Storage { get; } = new(new TaskRetryOptions(new RetryPolicy(
        maxNumberOfAttempts: 10, firstRetryInterval: TimeSpan.FromSeconds(2), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromMinutes(2))));
}
