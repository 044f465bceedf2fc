using System.Threading.RateLimiting;
using Microsoft.Extensions.Configuration;

namespace ArenaBench.Functions.Requests;

/// <summary>How many POST requests a host takes: every one may start work that is paid for, so that a loop gone wild, or a key that
/// got out, is slowed. One bucket a host: behind the host's key all callers are one.</summary>
public sealed class StartRate : IDisposable
{
    public const string Setting = "ArenaBench__PostsPerMinute";
    public const int Default = 120;

    private readonly TokenBucketRateLimiter? _bucket;

    /// <param name="perMinute">0 for no limit.</param>
    public StartRate(int perMinute)
    {
        PerMinute = perMinute;
        if (perMinute > 0)
        {
            _bucket = new TokenBucketRateLimiter(new TokenBucketRateLimiterOptions
            {
                TokenLimit = perMinute,
                TokensPerPeriod = 1,
                ReplenishmentPeriod = TimeSpan.FromMinutes(1) / perMinute,
                QueueLimit = 0,
            });
        }
    }

    public int PerMinute { get; }

    public static StartRate Of(IConfiguration configuration) => new(configuration.GetValue("ArenaBench:PostsPerMinute", Default));

    /// <returns>Null: it may go on. Else how long to wait.</returns>
    public TimeSpan? TryTake()
    {
        if (_bucket is null)
            return null;
        using var lease = _bucket.AttemptAcquire();
        return lease.IsAcquired ? null : lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromSeconds(1);
    }

    public void Dispose() => _bucket?.Dispose();
}
