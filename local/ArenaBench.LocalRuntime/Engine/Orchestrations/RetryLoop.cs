using Microsoft.DurableTask;

namespace ArenaBench.LocalRuntime.Engine;

/// <summary>Repeats a failed call as its options say; every attempt and every pause is in the history.</summary>
internal static class RetryLoop
{
    public static Task<T> RunAsync<T>(TaskOrchestrationContext context, TaskRetryOptions? options, Func<Task<T>> call) =>
        options switch
        {
            { Policy: { } policy } => ByPolicyAsync(context, policy, call),
            { Handler: { } handler } => ByHandlerAsync(context, handler, call),
            _ => call(),
        };

    /// <summary>The pause after the given attempt (from 1), or null when it was the last.</summary>
    public static TimeSpan? NextDelay(RetryPolicy policy, int attempt, TimeSpan elapsed, TaskFailureDetails failure)
    {
        var isOver = attempt >= policy.MaxNumberOfAttempts
            || (policy.RetryTimeout != Timeout.InfiniteTimeSpan && elapsed >= policy.RetryTimeout)
            || !policy.ShouldRetry(failure);
        if (isOver)
            return null;
        var delay = policy.FirstRetryInterval.TotalMilliseconds * Math.Pow(policy.BackoffCoefficient, attempt - 1);
        var longest = policy.MaxRetryInterval == Timeout.InfiniteTimeSpan
            ? TimeSpan.MaxValue.TotalMilliseconds / 2
            : policy.MaxRetryInterval.TotalMilliseconds;
        return TimeSpan.FromMilliseconds(Math.Min(delay, longest));
    }

    private static async Task<T> ByPolicyAsync<T>(TaskOrchestrationContext context, RetryPolicy policy, Func<Task<T>> call)
    {
        var begun = context.CurrentUtcDateTime;
        for (var attempt = 1; ; attempt++)
        {
            TimeSpan pause;
            try
            {
                return await call();
            }
            catch (TaskFailedException failed)
            {
                if (NextDelay(policy, attempt, context.CurrentUtcDateTime - begun, failed.FailureDetails) is not { } next)
                    throw;
                pause = next;
            }

            await context.CreateTimer(pause, CancellationToken.None);
        }
    }

    private static async Task<T> ByHandlerAsync<T>(
        TaskOrchestrationContext context, AsyncRetryHandler handler, Func<Task<T>> call)
    {
        var begun = context.CurrentUtcDateTime;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await call();
            }
            catch (TaskFailedException failed)
            {
                var retry = new RetryContext(
                    context, attempt, failed.FailureDetails, context.CurrentUtcDateTime - begun, CancellationToken.None);
                if (!await handler(retry))
                    throw;
            }
        }
    }
}
