using System.Threading.RateLimiting;

namespace ArenaBench.Core.Models.Limits;

/// <summary>A call that waits for its place.</summary>
internal sealed record Waiter(CallDemand Demand)
{
    public TaskCompletionSource<RateLimitLease> Source { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
