namespace ArenaBench.LocalRuntime.Engine;

/// <summary>Knows which instances hold an execution in memory, and asks the longest idle ones to let go.</summary>
internal sealed class LiveRuns(int limit)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<Instance> _order = [];
    private readonly Dictionary<Instance, LinkedListNode<Instance>> _nodes = [];

    public int Count
    {
        get
        {
            lock (_lock)
                return _nodes.Count;
        }
    }

    public void Touch(Instance instance)
    {
        Instance? idle = null;
        lock (_lock)
        {
            if (_nodes.Remove(instance, out var node))
                _order.Remove(node);
            _nodes[instance] = _order.AddLast(instance);
            if (_nodes.Count > limit)
            {
                idle = _order.First!.Value;
                _order.RemoveFirst();
                _nodes.Remove(idle);
            }
        }

        idle?.Post(new EvictMessage());
    }

    public void Remove(Instance instance)
    {
        lock (_lock)
        {
            if (_nodes.Remove(instance, out var node))
                _order.Remove(node);
        }
    }
}
