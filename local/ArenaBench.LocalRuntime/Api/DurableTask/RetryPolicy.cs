namespace Microsoft.DurableTask;

/// <summary>Retries of a failed call: how often, how far apart, for how long.</summary>
public class RetryPolicy
{
    public RetryPolicy(
        int maxNumberOfAttempts,
        TimeSpan firstRetryInterval,
        double backoffCoefficient = 1.0,
        TimeSpan? maxRetryInterval = null,
        TimeSpan? retryTimeout = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxNumberOfAttempts);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(firstRetryInterval, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(backoffCoefficient, 1.0);
        AtLeastFirst(maxRetryInterval, firstRetryInterval, nameof(maxRetryInterval));
        AtLeastFirst(retryTimeout, firstRetryInterval, nameof(retryTimeout));

        MaxNumberOfAttempts = maxNumberOfAttempts;
        FirstRetryInterval = firstRetryInterval;
        BackoffCoefficient = backoffCoefficient;
        MaxRetryInterval = maxRetryInterval ?? TimeSpan.FromHours(1);
        RetryTimeout = retryTimeout ?? Timeout.InfiniteTimeSpan;
    }

    public int MaxNumberOfAttempts { get; }

    public TimeSpan FirstRetryInterval { get; }

    public double BackoffCoefficient { get; }

    /// <summary>One hour unless given.</summary>
    public TimeSpan MaxRetryInterval { get; }

    /// <summary>Without limit unless given.</summary>
    public TimeSpan RetryTimeout { get; }

    /// <summary>Says whether a failure is worth another attempt; all are unless set.</summary>
    public Func<TaskFailureDetails, bool> HandleFailure { init => ShouldRetry = value; }

    internal Func<TaskFailureDetails, bool> ShouldRetry { get; private init; } = static _ => true;

    private static void AtLeastFirst(TimeSpan? value, TimeSpan first, string name)
    {
        if (value < first && value != Timeout.InfiniteTimeSpan)
            throw new ArgumentOutOfRangeException(name, value, $"Must not be below the first retry interval ({first}).");
    }
}
