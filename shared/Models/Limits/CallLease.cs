using System.Diagnostics.CodeAnalysis;
using System.Threading.RateLimiting;

namespace ArenaBench.Core.Models.Limits;

/// <summary>What a call asks of an endpoint's limits.</summary>
/// <param name="Prompt">Tokens, estimated.</param>
/// <param name="MaxAnswer">Tokens; null: no limit is sent.</param>
internal readonly record struct CallDemand(string Run, int Prompt, int? MaxAnswer);

/// <summary>A place at an endpoint, or when to ask again. Disposing gives the place back.</summary>
internal sealed class CallLease : RateLimitLease
{
    private readonly EndpointLimiter? _limiter;
    private readonly TimeSpan _retryAfter;
    private int _released;

    private CallLease(EndpointLimiter? limiter, int tokens, long started, TimeSpan retryAfter) =>
        (_limiter, Tokens, Started, _retryAfter) = (limiter, tokens, started, retryAfter);

    public override bool IsAcquired => _limiter is not null;

    public override IEnumerable<string> MetadataNames => IsAcquired ? [] : [MetadataName.RetryAfter.Name];

    public TimeSpan RetryAfter => _retryAfter;

    internal int Tokens { get; }

    internal long Started { get; }

    public static CallLease Granted(EndpointLimiter limiter, int tokens, long started) => new(limiter, tokens, started, TimeSpan.Zero);

    public static CallLease Refused(TimeSpan retryAfter) => new(null, 0, 0, retryAfter);

    public override bool TryGetMetadata(string metadataName, [NotNullWhen(true)] out object? metadata)
    {
        metadata = !IsAcquired && metadataName == MetadataName.RetryAfter.Name ? _retryAfter : null;
        return metadata is not null;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && _limiter is not null && Interlocked.Exchange(ref _released, 1) == 0)
            _limiter.Release();
        base.Dispose(disposing);
    }
}
