using ArenaBench.Core.Records;

namespace ArenaBench.Core.Models;

/// <summary>One chat message as sent. <see cref="Role"/> is system, user or assistant.</summary>
public sealed record ChatTurn(string Role, string Content);

/// <summary>One call to a model, before the model's quirks are applied.</summary>
public sealed record ModelRequest(IReadOnlyList<ChatTurn> Messages, double? Temperature, int? MaxTokens);

/// <summary>How one call ended. Expected failures are data, never exceptions.</summary>
/// <param name="Status">Ok or Truncated carry <see cref="Text"/>.</param>
/// <param name="RetryAfter">Set when the call should be made again after this time (rate limit, outage): the caller waits, not we.</param>
/// <param name="Attempts">Requests that reached the endpoint and may have been paid.</param>
public sealed record ModelReply(
    RecordStatus Status,
    string? Text,
    string? Thought,
    string? Reason,
    TokenUsage? Usage,
    double LatencyMs,
    string? ModelVersion,
    int Attempts,
    TimeSpan? RetryAfter)
{
    public bool HasText => Status is RecordStatus.Ok or RecordStatus.Truncated;

    /// <summary>Nothing was sent: the call waits for its turn within our own limits, however long that takes.</summary>
    public bool IsHeld { get; init; }

    /// <summary>A call that has to wait for its turn.</summary>
    public static ModelReply Held(string reason, TimeSpan wait, int attempts = 0) =>
        new(RecordStatus.EndpointFailed, null, null, reason, null, 0, null, attempts, wait) { IsHeld = true };
}

/// <summary>On whose behalf a call is made: runs share an endpoint's limits fairly.</summary>
public sealed record CallContext(string Run);

/// <summary>Calls models by their name in the run's frozen endpoints, through limits, providers and quirks.</summary>
public interface IModelCaller
{
    /// <summary>
    /// Waits for a place at the endpoint (a minute at most, and only if few wait: longer waits come back as RetryAfter), calls
    /// once, retries only what costs nothing and passes within seconds. A reply without text and with <see cref="ModelReply.Attempts"/>
    /// may have been paid: where it has a RetryAfter, try it a few times only. After a failure that is fatal
    /// (<see cref="RecordStatuses.IsFatal"/>) these settings send nothing more to that endpoint.
    /// </summary>
    Task<ModelReply> CallAsync(ModelSettings model, ModelRequest request, CallContext context, CancellationToken cancellationToken);

    /// <summary>The model will be called soon: its first call then does not wait for this host's part of the limits. Sends it nothing.</summary>
    void Prepare(ModelSettings model)
    {
    }
}
