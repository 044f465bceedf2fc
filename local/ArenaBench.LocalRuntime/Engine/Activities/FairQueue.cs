namespace ArenaBench.LocalRuntime.Engine;

/// <summary>A queue that serves its keys in turn, so that a thousand items of one do not hold up the one of another.</summary>
internal sealed class FairQueue<TKey, TItem>
    where TKey : notnull
{
    private readonly Dictionary<TKey, Queue<TItem>> _items = [];
    private readonly Queue<TKey> _turns = [];

    public int Count => _items.Values.Sum(queue => queue.Count);

    public void Enqueue(TKey key, TItem item)
    {
        if (!_items.TryGetValue(key, out var queue))
        {
            _items[key] = queue = new Queue<TItem>();
            _turns.Enqueue(key);
        }

        queue.Enqueue(item);
    }

    public bool TryDequeue(out TItem item)
    {
        if (!_turns.TryDequeue(out var key))
        {
            item = default!;
            return false;
        }

        var queue = _items[key];
        item = queue.Dequeue();
        if (queue.Count == 0)
            _items.Remove(key);
        else
            _turns.Enqueue(key);
        return true;
    }
}
