namespace ArenaBench.LocalRuntime.Engine;

/// <summary>Lets many in at once, or, closed, nobody: whoever closes it has the world to himself.</summary>
internal sealed class AsyncGate
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource? _drained;
    private int _inside;

    /// <summary>Made closed.</summary>
    public AsyncGate()
    {
    }

    public bool IsClosed
    {
        get
        {
            lock (_lock)
                return _opened is not null;
        }
    }

    public async ValueTask EnterAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task opened;
            lock (_lock)
            {
                if (_opened is null)
                {
                    _inside++;
                    return;
                }

                opened = _opened.Task;
            }

            await opened.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public void Exit()
    {
        lock (_lock)
        {
            if (--_inside == 0)
                _drained?.TrySetResult();
        }
    }

    /// <summary>Ends when nobody is inside. One closer at a time.</summary>
    public Task CloseAsync()
    {
        lock (_lock)
        {
            _opened ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_inside == 0)
                return Task.CompletedTask;
            _drained = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _drained.Task;
        }
    }

    public void Open()
    {
        TaskCompletionSource? opened;
        lock (_lock)
        {
            opened = _opened;
            _opened = null;
            _drained = null;
        }

        opened?.TrySetResult();
    }
}
