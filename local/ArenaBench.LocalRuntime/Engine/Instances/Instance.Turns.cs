using DurableTask.Core.Exceptions;

namespace ArenaBench.LocalRuntime.Engine;

/// <summary>How messages become lines of the log.</summary>
internal sealed partial class Instance
{
    private readonly InstanceLog _log = new(hub.Storage, id, hub.Options.MaxBlocksPerSegment);
    private readonly List<HistoryEvent> _lines = [];
    private readonly List<Message> _accepted = [];
    private readonly List<Message> _held = [];
    private OrchestrationStarted? _started;
    private InstanceState? _state;

    /// <summary>Ended, but something is still owed before the log can be closed for good.</summary>
    private bool IsFinishing => _state is { IsClosed: true };

    /// <summary>Nothing is owed any more, and the log waits to be sealed or purged.</summary>
    private bool _isSettled;

    private async Task ProcessAsync(List<Message> batch)
    {
        foreach (var message in batch)
            await TakeAsync(message).ConfigureAwait(false);
        await CommitAsync().ConfigureAwait(false);
        if (_run is { IsClosed: false })
            hub.Live.Touch(this);
    }

    private async Task TakeAsync(Message message)
    {
        switch (message)
        {
            case StartMessage start:
                await TakeStartAsync(start).ConfigureAwait(false);
                break;
            case EventMessage happened:
                await TakeEventAsync(happened).ConfigureAwait(false);
                break;
            case FaultMessage fault when fault.Run == _run && _state is { IsClosed: false }:
                await CloseAsync(fault.Fault).ConfigureAwait(false);
                break;
            case FinishMessage finish when finish.Generation == _log.Generation && IsFinishing:
                await SettledAsync(finish).ConfigureAwait(false);
                break;
            case EvictMessage:
                await CommitAsync().ConfigureAwait(false);
                _run = null;
                break;
            case PurgeMessage purge:
                await TakePurgeAsync(purge).ConfigureAwait(false);
                break;
            case ReadMessage read:
                await TakeReadAsync(read).ConfigureAwait(false);
                break;
            case CleanMessage:
                await hub.PersistAsync(_log.DeleteLeftoversAsync).ConfigureAwait(false);
                break;
        }
    }

    private async Task TakeStartAsync(StartMessage start)
    {
        var call = start.Started.Parent;
        if (_state is { IsClosed: false })
        {
            if (call is null)
                start.Refuse(AlreadyExists());
            else if (_started!.Parent is { } mine && (mine.InstanceId, mine.Generation) == (call.InstanceId, call.Generation))
                start.Settle(); // already being answered
            else
                RefuseCall(start, call);
            return;
        }

        if (call is not null && Status is { IsTerminal: true } && (call == _started?.Parent || (_damage is not null && start.IsRepeat)))
        {
            TellParent(call, Status);
            start.Settle();
            return;
        }

        if (IsFinishing && !_isSettled)
        {
            _held.Add(start);
            return;
        }

        if (_isSettled)
            await FinishAsync().ConfigureAwait(false);

        await CommitAsync().ConfigureAwait(false);
        var now = hub.Now(Status?.UpdatedAt ?? default);
        var createdAt = start.Started.CreatedAt == default ? now : start.Started.CreatedAt;
        Begin(start.Started with { At = now, CreatedAt = createdAt, Generation = _log.Generation + 1 });
        _accepted.Add(start);
        if (call is not null)
            await ExecuteAsync(new OrchestratorBegan(now)).ConfigureAwait(false);
        else
            await CommitAsync().ConfigureAwait(false);
        Wake();
    }

    private async Task TakeEventAsync(EventMessage message)
    {
        if (message is ActivityEnded ended)
            _inFlight.Remove((ended.Generation, ended.Task));
        if (_state is null || _state.IsTerminal)
        {
            await CommitAsync().ConfigureAwait(false);
            RefuseLate(message);
            return;
        }

        if (IsFinishing)
        {
            if (message.Survives)
                _held.Add(message);
            return;
        }

        if (message is ActivityEnded old && old.Epoch != hub.Epoch)
        {
            if (old.Generation == _log.Generation && _state.Open.GetValueOrDefault(old.Task) is TaskScheduled again)
                Dispatch(again);
            return;
        }

        if (message.ToEvent(_state, hub.Now(_state.UpdatedAt)) is { } happened)
            await ExecuteAsync(happened).ConfigureAwait(false);
        _accepted.Add(message);
        if (IsFinishing)
            await CommitAsync().ConfigureAwait(false);
    }

    private async Task TakeReadAsync(ReadMessage read)
    {
        await CommitAsync().ConfigureAwait(false);
        try
        {
            read.History = await hub.PersistAsync(_log.ReadAsync).ConfigureAwait(false);
            read.Settle();
        }
        catch (LogDamagedException damaged) when (_state is null || _isSettled)
        {
            // How it ended is known all the same.
            read.Refuse(new InvalidOperationException(damaged.Message));
        }
    }

    private void RefuseCall(StartMessage start, ParentCall call)
    {
        TellParent(call, null, Failures.Record(AlreadyExists()));
        start.Settle();
    }

    private OrchestrationAlreadyExistsException AlreadyExists() =>
        new($"An orchestration with id '{id}' already exists and has not ended.");

    private void RefuseLate(EventMessage message)
    {
        if (message is RaiseMessage { IsSent: true } or TerminateMessage { IsPassedOn: true } || !message.Survives)
            message.Settle();
        else if (Status is null)
            message.Refuse(new ArgumentException($"No instance with id '{id}' was found."));
        else
            message.Refuse(new InvalidOperationException($"Instance '{id}' has already ended ({Status.RuntimeStatus})."));
    }
}
