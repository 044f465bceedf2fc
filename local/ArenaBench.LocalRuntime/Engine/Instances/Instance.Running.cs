namespace ArenaBench.LocalRuntime.Engine;

/// <summary>Where the orchestrator's code is run, and brought back to memory.</summary>
internal sealed partial class Instance
{
    private OrchestrationRun? _run;
    private bool _hasTurn;

    /// <summary>Lets the code answer to an event, and notes both.</summary>
    private async Task ExecuteAsync(IncomingEvent happened)
    {
        if (happened is not Terminated && !await TryWakeRunAsync().ConfigureAwait(false))
            return;

        Add(happened);
        if (_run is not null)
        {
            await AcquireTurnAsync().ConfigureAwait(false);
            var actions = _run.Apply(happened);
            if (_run.CustomStatus != _state!.CustomStatus)
                Add(new StatusSet(_run.CustomStatus));
            foreach (var action in actions)
                Add(action);
        }

        if (happened is Resumed)
            Wake();
    }

    /// <summary>Makes sure that the code is in memory, replaying the history if it is not; false when that ended the instance.</summary>
    private async Task<bool> TryWakeRunAsync()
    {
        if (_run is not null)
            return true;
        var history = await hub.PersistAsync(_log.ReadAsync).ConfigureAwait(false)
            ?? throw new LogConflictException($"{_log.Place} is gone.");
        var run = NewRun((OrchestrationStarted)history[0]);
        await AcquireTurnAsync().ConfigureAwait(false);
        try
        {
            run.Replay(history);
        }
        catch (NonDeterministicOrchestrationException changed)
        {
            await CloseAsync(changed).ConfigureAwait(false);
            return false;
        }

        _run = run;
        return true;
    }

    private async Task CloseAsync(Exception reason)
    {
        Add(new Failed(Failures.Record(reason)));
        await CommitAsync().ConfigureAwait(false);
    }

    private void Begin(OrchestrationStarted started)
    {
        _log.NextGeneration();
        _damage = null;
        _started = started;
        _state = new InstanceState(started);
        _run = NewRun(started);
        _lines.Add(started);
    }

    private void Add(HistoryEvent line)
    {
        _lines.Add(line);
        _state!.Apply(line);
    }

    private OrchestrationRun NewRun(OrchestrationStarted started)
    {
        OrchestrationRun? run = null;
        run = new OrchestrationRun(
            hub.Functions.FindOrchestrator(started.Name), started, hub.Logs,
            violation => Post(new FaultMessage(run!, violation)));
        return run;
    }

    private async Task AcquireTurnAsync()
    {
        if (_hasTurn)
            return;
        await hub.Turns.WaitAsync(hub.Stopping).ConfigureAwait(false);
        _hasTurn = true;
    }

    private void ReleaseTurn()
    {
        if (!_hasTurn)
            return;
        _hasTurn = false;
        hub.Turns.Release();
    }
}
