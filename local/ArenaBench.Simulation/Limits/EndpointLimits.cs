namespace ArenaBench.Simulation.Limits;

/// <summary>What the endpoint allows, for all models together or for each.</summary>
public sealed record EndpointLimits
{
    /// <summary>Requests a minute; null: no limit.</summary>
    public int? Rpm { get; init; }

    /// <summary>Tokens a minute, prompt and <c>max_tokens</c> counted; null: no limit.</summary>
    public int? Tpm { get; init; }

    /// <summary>Calls in flight; null: no limit.</summary>
    public int? Parallel { get; init; }

    /// <summary>How many seconds' worth of unused allowance may be spent at once.</summary>
    public double BurstSeconds { get; init; } = 5;

    /// <summary>Whether each model has these limits for itself.</summary>
    public bool PerModel { get; init; }

    /// <summary>Whether a refusal says when to come back.</summary>
    public bool SendRetryAfter { get; init; } = true;
}
