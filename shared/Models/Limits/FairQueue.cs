namespace ArenaBench.Core.Models.Limits;

/// <summary>First come, first served within a run; in turns between runs. Not thread-safe.</summary>
internal sealed class FairQueue<T>
{
    private readonly Dictionary<string, LinkedListNode<(string Run, Queue<T> Items)>> _byRun = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Run, Queue<T> Items)> _turns = new();

    public int Count { get; private set; }

    public int CountOf(string run) => _byRun.TryGetValue(run, out var node) ? node.Value.Items.Count : 0;

    public void Enqueue(string run, T item)
    {
        if (!_byRun.TryGetValue(run, out var node))
            _byRun[run] = node = _turns.AddLast((run, new Queue<T>()));
        node.Value.Items.Enqueue(item);
        Count++;
    }

    public bool TryPeek(out T? item)
    {
        item = _turns.First is { } first ? first.Value.Items.Peek() : default;
        return _turns.First is not null;
    }

    /// <summary>Takes what <see cref="TryPeek"/> showed, and passes the turn on.</summary>
    public void Dequeue()
    {
        var node = _turns.First!;
        node.Value.Items.Dequeue();
        Count--;
        _turns.RemoveFirst();
        if (node.Value.Items.Count > 0)
            _turns.AddLast(node);
        else
            _byRun.Remove(node.Value.Run);
    }
}
