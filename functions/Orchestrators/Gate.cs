namespace ArenaBench.Functions.Orchestrators;

/// <summary>Bounds how many of an orchestrator's local functions are inside at once. Deterministic: first come, first in.
/// Safe in an orchestrator only, whose code never runs on two threads.</summary>
public sealed class Gate(int places)
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
        if (_waiting.TryDequeue(out var next))
            next.SetResult();
        else
            _free++;
    }
}
