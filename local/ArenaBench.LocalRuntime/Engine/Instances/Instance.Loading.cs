using System.Text.Json;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace ArenaBench.LocalRuntime.Engine;

/// <summary>Coming back from storage. Called only while the gate is closed, when nothing else happens here.</summary>
internal sealed partial class Instance
{
    private string? _damage;
    private bool _isStale;

    public bool Matches(IReadOnlyList<LogInfo> pieces) => !_isStale && (_damage is not null || _log.Matches(pieces));

    /// <summary>Forgets what memory holds and takes over what storage has.</summary>
    public async Task LoadAsync(IReadOnlyList<LogInfo> pieces, CancellationToken cancellationToken)
    {
        var before = _started;
        var generation = _log.Generation;
        DropRun();
        (_started, _state, _damage, _isStale, _isSettled) = (null, null, null, true, false);
        _log.Take(pieces);
        try
        {
            if (_log.Generation > 0)
                await ReadAsync(pieces, cancellationToken).ConfigureAwait(false);
            else
                Publish(null);
        }
        catch (LogDamagedException damaged)
        {
            MarkDamaged(damaged);
        }

        _isStale = false;

        // A client was told that this was started: storage forgot it, we have not.
        if (before is { Parent: null, Continued: false } && generation > _log.Generation)
            Post(new StartMessage(before));
    }

    /// <summary>Sees to it that everything the instance waits for is under way.</summary>
    public void Drive()
    {
        if (_log.Leftovers.Any())
            Post(new CleanMessage());
        if (_state is not { } state)
            return;
        if (state.IsClosed)
        {
            _ = SettleDebtsAsync(state);
            return;
        }

        Wake();
        foreach (var sent in state.Sent)
            hub.Send(state.Started, sent);
        foreach (var action in state.Open.Values)
        {
            switch (action)
            {
                case TaskScheduled task: Dispatch(task); break;
                case TimerScheduled timer: Arm(timer); break;
                case ChildScheduled child: hub.StartChild(state.Started, child, isRepeat: true); break;
            }
        }
    }

    /// <summary>No more timers: the process goes on without this hub.</summary>
    public void Silence() => _timers.DisarmAll();

    private async Task ReadAsync(IReadOnlyList<LogInfo> pieces, CancellationToken cancellationToken)
    {
        var summaryText = pieces.FirstOrDefault(piece => piece.Sealed && piece.Key.Generation == _log.Generation)?.Summary;
        if (TryReadSummary(summaryText) is { } summary)
        {
            _started = new OrchestrationStarted(
                summary.UpdatedAt, id, _log.Generation, summary.Name, summary.Input, summary.CreatedAt,
                Parent: summary.Parent, Tags: summary.Tags);
            Publish(new InstanceStatus(
                id, _log.Generation, summary.Name, Enum.Parse<OrchestrationRuntimeStatus>(summary.RuntimeStatus),
                summary.CreatedAt, summary.UpdatedAt, summary.Input, summary.Output, summary.CustomStatus, summary.Failure,
                summary.Tags, summary.Parent?.InstanceId));
            return;
        }

        var history = await _log.ReadAsync(cancellationToken).ConfigureAwait(false);
        var state = InstanceState.Fold(history!);
        _started = state.Started;
        _state = _log.IsSealed ? null : state;
        Publish(state.ToStatus());
    }

    private static InstanceSummary? TryReadSummary(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        try
        {
            return JsonSerializer.Deserialize(text, EngineJsonContext.Ascii.InstanceSummary);
        }
        catch (JsonException)
        {
            return null; // the log itself says the same
        }
    }

    /// <summary>The log cannot be trusted: the instance has failed, with the place; its log stays for whoever looks into it.</summary>
    private void MarkDamaged(LogDamagedException damage)
    {
        hub.Logger.LogError("Instance {Instance} has failed: {Damage}", id, damage.Message);
        DropRun();
        _state = null;
        _damage = damage.Message;
        _started ??= damage.Started;
        var failure = Failures.Record(damage);
        var now = hub.Time.GetUtcNow().UtcDateTime;
        Publish(new InstanceStatus(
            id, _log.Generation, _started?.Name ?? "", OrchestrationRuntimeStatus.Failed, _started?.CreatedAt ?? now, now,
            _started?.Input, Failures.Output(failure), null, failure, _started?.Tags, _started?.Parent?.InstanceId));
        if (_started?.Parent is { } call)
            TellParent(call, Status!);
    }
}
