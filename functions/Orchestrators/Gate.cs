namespace ArenaBench.Functions.Orchestrators;

/// <summary>Bounds how many of an orchestrator's local functions are inside at once. Deterministic: first come, first in.
/// Safe in an orchestrator only, whose code never runs on two threads.</summary>
/// <param name="last">Once no more than these wait, they come in together: so that places are not left idle behind the slowest at the end.</param>
public sealed class Gate(int places, int last = 0)
{
    private readonly Queue<TaskCompletionSource> _waiting = new();
    private int _free = places;

    public Task EnterAsync()
    {
        if (_free > 0)
        {
            _free--;
            return Task.CompletedTask;
        }

        var turn = new TaskCompletionSource();
        _waiting.Enqueue(turn);
        return turn.Task;
    }

    public void Leave()
    {
        if (!_waiting.TryDequeue(out var next))
        {
            _free++;
            return;
        }

        next.SetResult();
        while (_waiting.Count <= last && _waiting.TryDequeue(out next))
            next.SetResult();
    }
}
