using ArenaBench.Core.Models.Failures;

namespace ArenaBench.Core.Models.Providers;

/// <summary>The endpoints of one model, or why there are none.</summary>
internal sealed class ModelEndpoints(IReadOnlyList<ModelEndpoint> endpoints, string? problem)
{
    private int _turn;

    public string? Problem => problem;

    public void Prepare()
    {
        foreach (var endpoint in endpoints)
            endpoint.Prepare();
    }

    /// <summary>Of those that may be called the one with the least in flight, in turns.</summary>
    /// <param name="why">Where there is none: the failure of one at rest, which will be called again, or of the first given up.</param>
    public ModelEndpoint? Pick(out CallFailure? why)
    {
        CallFailure? atRest = null, givenUp = null;
        var start = (int)((uint)Interlocked.Increment(ref _turn) % (uint)endpoints.Count);
        ModelEndpoint? best = null;
        for (var i = 0; i < endpoints.Count; i++)
        {
            var endpoint = endpoints[(start + i) % endpoints.Count];
            // Asked once each: an answer may change between two looks.
            if (endpoint.GivenUp is { } fatal)
                givenUp ??= fatal;
            else if (endpoint.Health.Resting is { } failure)
                atRest ??= failure;
            else if (best is null || endpoint.Load < best.Load)
                best = endpoint;
        }

        why = best is null ? atRest ?? givenUp : null;
        return best;
    }

    /// <summary>What was asked for the first time, doubling with each try after it; spreads calls that failed together over half the time again.</summary>
    public TimeSpan Spread(TimeSpan wait, int tried)
    {
        var golden = (uint)Interlocked.Increment(ref _turn) * 2654435769u;
        return wait * (1 + (golden / (double)uint.MaxValue / 2)) * (wait < TimeSpan.FromSeconds(2) ? Math.Pow(2, Math.Max(0, tried - 2)) : 1);
    }
}
