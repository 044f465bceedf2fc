using System.Runtime.CompilerServices;
using ArenaBench.Core.Models.Coordination;
using ArenaBench.Core.Models.Failures;
using ArenaBench.Core.Models.Limits;
using ArenaBench.Core.Models.Providers;
using ArenaBench.Core.Records;
using ArenaBench.Core.Telemetry;

namespace ArenaBench.Core.Models;

/// <summary>How calls are tried again within one <see cref="IModelCaller.CallAsync"/>; longer waits are handed back.</summary>
/// <param name="Tries">Requests at most, the first included.</param>
/// <param name="LongestWait">Between two tries.</param>
/// <param name="Patience">How long a call waits for its place at the endpoint.</param>
/// <param name="LongestRest">Of an endpoint that fails again and again.</param>
public sealed record CallPolicy(int Tries, TimeSpan LongestWait, TimeSpan Patience, TimeSpan LongestRest)
{
    public static CallPolicy Default { get; } = new(4, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));
}

/// <summary>Calls models over HTTP. One for the whole process: it holds the connections and the limits.</summary>
public sealed class ModelCaller : IModelCaller, IDisposable
{
    private readonly ConditionalWeakTable<ModelSettings, ModelEndpoints> _opened = [];
    private readonly EndpointDirectory _directory;
    private readonly CallPolicy _policy;
    private readonly TimeProvider _time;

    /// <param name="coordinator">Shares the limits with other hosts; null: this process has them to itself.</param>
    public ModelCaller(KeySource keys, TimeProvider time, CallPolicy? policy = null, EndpointCoordinator? coordinator = null)
    {
        (_policy, _time) = (policy ?? CallPolicy.Default, time);
        _directory = new EndpointDirectory(keys, _policy, time, coordinator);
    }

    public async Task<ModelReply> CallAsync(ModelSettings model, ModelRequest request, CallContext context, CancellationToken cancellationToken)
    {
        var endpoints = _opened.GetValue(model, _directory.Open);
        if (endpoints.Problem is { } problem)
            return Failed(new CallFailure(RecordStatus.EndpointFailed, problem), 0);

        var begun = _time.GetTimestamp();
        var demand = new CallDemand(context.Run, TokenEstimate.Of(request), request.MaxTokens);
        var paid = 0;
        for (var tried = 1; ; tried++)
        {
            if (endpoints.Pick(out var why) is not { } endpoint)
                return Failed(why!, paid);
            ModelReply? reply;
            CallFailure? failure;
            using (var lease = await EnterAsync(model, endpoint, demand, cancellationToken).ConfigureAwait(false))
            {
                if (!lease.IsAcquired)
                    return ModelReply.Held($"{endpoint.Chat.Facts.Host} is busy up to its limits", lease.RetryAfter, paid);
                // It may have been given its rest, or up, while this call waited for its place.
                if (endpoint.GivenUp is not null || endpoint.Health.Resting is not null)
                {
                    tried--;
                    continue;
                }

                var call = CallTelemetry.Begin(model, endpoint.Chat.Facts, request, context.Run, _time);
                (reply, failure) = await endpoint.TryAsync(request, model.Timeout, lease, cancellationToken).ConfigureAwait(false);
                call.End(reply, failure);
            }

            if (reply is not null)
                return reply with { Attempts = paid + 1 };
            paid += failure!.MayBePaid ? 1 : 0;
            // It is given up; one of the model's other endpoints may still answer.
            if (failure.Status.IsFatal())
                continue;
            if (failure.MayBePaid || failure.RetryAfter is not { } wait || wait > _policy.LongestWait || tried >= _policy.Tries
                || !CallTime.HasRoomFor(model.Timeout, _time.GetElapsedTime(begun) + wait))
                return Failed(failure, paid);
            await Task.Delay(endpoints.Spread(wait, tried), _time, cancellationToken).ConfigureAwait(false);
        }
    }

    public void Prepare(ModelSettings model) => _opened.GetValue(model, _directory.Open).Prepare();

    public void Dispose() => _directory.Dispose();

    private static async ValueTask<CallLease> EnterAsync(ModelSettings model, ModelEndpoint endpoint, CallDemand demand, CancellationToken cancellationToken)
    {
        using var waiting = CallTelemetry.Wait(model);
        return await endpoint.EnterAsync(demand, cancellationToken).ConfigureAwait(false);
    }

    private static ModelReply Failed(CallFailure failure, int paid) =>
        new(failure.Status, null, null, failure.Reason, null, 0, null, paid, failure.RetryAfter);
}
