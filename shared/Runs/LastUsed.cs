namespace ArenaBench.Core.Runs;

/// <summary>The few values that were used last, for what is dear to read and does not change.</summary>
public sealed class LastUsed<TKey, TValue>(int kept)
    where TKey : notnull
    where TValue : class
{
    private readonly Lock _gate = new();
    private readonly LinkedList<(TKey Key, TValue Value)> _values = new();

    public TValue? Find(TKey key)
    {
        lock (_gate)
        {
            if (NodeOf(key) is not { } node)
                return null;
            _values.Remove(node);
            _values.AddFirst(node);
            return node.Value.Value;
        }
    }

    public void Keep(TKey key, TValue value)
    {
        lock (_gate)
        {
            Remove(key);
            _values.AddFirst((key, value));
            if (_values.Count > kept)
                _values.RemoveLast();
        }
    }

    public void Drop(TKey key)
    {
        lock (_gate)
            Remove(key);
    }

    private void Remove(TKey key)
    {
        if (NodeOf(key) is { } node)
            _values.Remove(node);
    }

    private LinkedListNode<(TKey Key, TValue Value)>? NodeOf(TKey key)
    {
        for (var node = _values.First; node is not null; node = node.Next)
        {
            if (node.Value.Key.Equals(key))
                return node;
        }

        return null;
    }
}
