namespace ArenaBench.Core.Storage;

/// <summary>Lines lately written or read, up to a number of bytes; the one used longest ago goes first.</summary>
internal sealed class TextCache(long capacity)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Blob, long Offset), LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _used = new();
    private long _size;

    public byte[]? Find(string blob, long offset)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue((blob, offset), out var node))
                return null;
            _used.Remove(node);
            _used.AddLast(node);
            return node.Value.Line;
        }
    }

    public void Add(string blob, long offset, byte[] line)
    {
        lock (_gate)
        {
            Drop((blob, offset));
            _entries[(blob, offset)] = _used.AddLast(new Entry((blob, offset), line));
            _size += line.Length;
            while (_size > capacity)
                Drop(_used.First!.Value.Key);
        }
    }

    public void Remove(string blob, long offset)
    {
        lock (_gate)
            Drop((blob, offset));
    }

    /// <summary>Removes the lines of every blob below a path.</summary>
    public void RemoveBelow(string prefix)
    {
        lock (_gate)
        {
            foreach (var key in _entries.Keys.Where(key => key.Blob.StartsWith(prefix, StringComparison.Ordinal)).ToArray())
                Drop(key);
        }
    }

    private void Drop((string, long) key)
    {
        if (!_entries.Remove(key, out var node))
            return;
        _used.Remove(node);
        _size -= node.Value.Line.Length;
    }

    private sealed record Entry((string Blob, long Offset) Key, byte[] Line);
}
