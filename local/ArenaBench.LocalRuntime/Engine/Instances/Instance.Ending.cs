using System.Text;
using System.Text.Json;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace ArenaBench.LocalRuntime.Engine;

/// <summary>What remains to be done when a generation has ended.</summary>
internal sealed partial class Instance
{
    /// <summary>A summary travels as a header of an HTTP request.</summary>
    private const int MaxSummaryBytes = 6_000;

    /// <summary>
    /// What an ended generation owes: events to be delivered, children to be started or terminated, the parent to be
    /// told. Done again after a crash, since the log stays unsealed until all of it is durable elsewhere.
    /// </summary>
    private async Task SettleDebtsAsync(InstanceState state)
    {
        var debts = state.Sent.Select(sent => hub.Send(state.Started, sent)).ToList();
        var children = state.Open.Values.OfType<ChildScheduled>().ToList();
        if (state.Continuation is not null)
            debts.AddRange(children.Select(child => hub.StartChild(state.Started, child, isRepeat: true)));
        if (state.Termination is { Recursive: true } termination)
            foreach (var child in children.Select(child => hub.Find(child.InstanceId)).OfType<Instance>())
            {
                var terminate = new TerminateMessage(termination.Output, recursive: true, isPassedOn: true);
                child.Post(terminate);
                debts.Add(terminate);
            }

        if (state.IsTerminal && state.Started.Parent is { } call)
            TellParent(call, state.ToStatus());
        foreach (var debt in debts)
            await debt.Settled.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Post(new FinishMessage(state.Started.Generation));
    }

    private void TellParent(ParentCall call, InstanceStatus status)
    {
        var failure = status.RuntimeStatus switch
        {
            OrchestrationRuntimeStatus.Completed => null,
            OrchestrationRuntimeStatus.Terminated => Failures.Record(
                new OperationCanceledException($"Sub-orchestration '{id}' was terminated.")),
            _ => status.Failure ?? Failures.Record(new LogDamagedException(_damage ?? "failed")),
        };
        TellParent(call, failure is null ? status.Output : null, failure);
    }

    private void TellParent(ParentCall call, string? result, FailureRecord? failure) =>
        hub.Find(call.InstanceId)?.Post(new ChildEnded(call, id, result, failure));

    private async Task SettledAsync(FinishMessage finish)
    {
        if (finish.IsDue || _held.Count > 0 || _state is not { IsTerminal: true, Started.Parent: not null })
        {
            await FinishAsync().ConfigureAwait(false);
            return;
        }

        _isSettled = true;
        _ = FinishLaterAsync(finish.Generation);
    }

    private async Task FinishLaterAsync(int generation)
    {
        await Task.Delay(hub.Options.SealChildrenAfter, hub.Time, hub.Stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!hub.Stopping.IsCancellationRequested)
            Post(new FinishMessage(generation, isDue: true));
    }

    private async Task FinishAsync()
    {
        var state = _state!;
        _isSettled = false;
        if (state.Continuation is { } next)
        {
            var now = hub.Now(state.UpdatedAt);
            Begin(state.Started with
            {
                At = now,
                CreatedAt = now,
                StartAt = null,
                Generation = _log.Generation + 1,
                Input = next.Input,
                Carried = next.Carried.Count > 0 ? next.Carried : null,
                CustomStatus = state.CustomStatus,
                Continued = true,
            });
            await ExecuteAsync(new OrchestratorBegan(now)).ConfigureAwait(false);
            await CommitAsync().ConfigureAwait(false);
        }
        else
        {
            await SealAsync(state).ConfigureAwait(false);
        }

        await hub.PersistAsync(_log.DeleteLeftoversAsync).ConfigureAwait(false);
        List<Message> held = [.. _held];
        _held.Clear();
        foreach (var message in held)
            await TakeAsync(message).ConfigureAwait(false);
    }

    private async Task SealAsync(InstanceState state)
    {
        try
        {
            var summary = SummaryText(state.ToSummary());
            await hub.PersistAsync(cancellation => _log.SealAsync(summary, cancellation)).ConfigureAwait(false);
        }
        catch (LogDamagedException damaged)
        {
            hub.Logger.LogError("{Damage} The log is left as it is.", damaged.Message);
        }

        _state = null;
    }

    /// <summary>Without its data when it would be too large to be kept beside the log; they are then read from the log.</summary>
    private static string SummaryText(InstanceSummary summary)
    {
        var text = JsonSerializer.Serialize(summary, EngineJsonContext.Ascii.InstanceSummary);
        return Encoding.ASCII.GetByteCount(text) <= MaxSummaryBytes ? text : "";
    }

    private async Task TakePurgeAsync(PurgeMessage purge)
    {
        if (IsFinishing && !_isSettled)
        {
            _held.Add(purge);
            return;
        }

        if (Status is { IsTerminal: true } status && purge.Filter(status))
        {
            await hub.PersistAsync(_log.DeleteAsync).ConfigureAwait(false);
            (_started, _state, _damage, _isSettled) = (null, null, null, false);
            Publish(null);
            purge.WasPurged = true;
            hub.Forget(this);
        }

        purge.Settle();
    }
}
