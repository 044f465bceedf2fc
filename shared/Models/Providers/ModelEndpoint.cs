using System.ClientModel;
using System.Text.Json;
using Anthropic.Exceptions;
using ArenaBench.Core.Models.Failures;
using ArenaBench.Core.Models.Limits;
using ArenaBench.Core.Records;

namespace ArenaBench.Core.Models.Providers;

/// <summary>One endpoint of a model: its client, and the limits and health that all models and runs there share.</summary>
internal sealed class ModelEndpoint(ChatEndpoint chat, SharedEndpoint shared, EndpointLimits limits, TimeProvider time)
{
    private CallFailure? _givenUp;

    public ChatEndpoint Chat => chat;

    /// <summary>Why these settings send it nothing more; null: they do. A retried run has settings of its own and asks again.</summary>
    public CallFailure? GivenUp => Volatile.Read(ref _givenUp);

    public EndpointHealth Health => shared.Health;

    public double Load => shared.Limiter.Load;

    /// <summary>Waits for a place.</summary>
    public ValueTask<CallLease> EnterAsync(CallDemand demand, CancellationToken cancellationToken)
    {
        Prepare();
        return shared.Limiter.EnterAsync(demand, cancellationToken);
    }

    /// <summary>Gets this host's part of the limits, or keeps it. Cheap.</summary>
    public void Prepare()
    {
        var whole = shared.Limits.With(limits);
        if (shared.Shares is { } shares)
            shares.Use(whole);
        else
            shared.Limiter.Set(whole);
    }

    /// <summary>One request. Tells limiter and health what came of it.</summary>
    /// <returns>Exactly one of the two.</returns>
    public async Task<(ModelReply? Reply, CallFailure? Failure)> TryAsync(
        ModelRequest request, TimeSpan timeout, CallLease lease, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        CallFailure failure;
        try
        {
            var reply = await chat.CallAsync(request, time, both.Token).ConfigureAwait(false);
            shared.Limiter.Answered(lease, reply.Usage);
            shared.Health.Answered();
            return (reply, null);
        }
        catch (CallFailedException exception)
        {
            failure = exception.Failure;
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            failure = new CallFailure(RecordStatus.Timeout,
                $"{chat.Facts.Host} did not answer within {Shown(timeout)}; a slow model needs a longer timeout: in the endpoints file",
                TimeSpan.Zero, MayBePaid: true, FailureKind.Endpoint);
        }
        catch (Exception exception) when (IsUnreadable(exception))
        {
            failure = new CallFailure(RecordStatus.Malformed,
                $"{chat.Facts.Host} answered with something that its provider's library cannot read ({exception.GetType().Name})", TimeSpan.FromSeconds(1), MayBePaid: true);
        }

        if (failure.Kind == FailureKind.WebPage && shared.Health.IsNoEndpoint())
            failure = failure with { Status = RecordStatus.UnknownModel, RetryAfter = null };
        // Before the place is free again: whoever waits for it must not call any more.
        if (failure.Status.IsFatal())
            Interlocked.CompareExchange(ref _givenUp, failure with { MayBePaid = false }, null);
        if (failure.Kind == FailureKind.RateLimit)
            shared.Limiter.Refused(lease, failure.RetryAfter ?? TimeSpan.Zero);
        else if (failure.Kind == FailureKind.Endpoint)
            shared.Health.Failed(failure);
        else
            shared.Health.Succeeded();
        return (null, failure);
    }

    private static bool IsUnreadable(Exception exception) => exception
        is JsonException or FormatException or InvalidOperationException or ArgumentException or KeyNotFoundException
        or NotSupportedException or ClientResultException or AnthropicException;

    private static string Shown(TimeSpan time) => time.TotalMinutes >= 2 ? $"{time.TotalMinutes:0.#} minutes" : $"{time.TotalSeconds:0.###} s";
}
