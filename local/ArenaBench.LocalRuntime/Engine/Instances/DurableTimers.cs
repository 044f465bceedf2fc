namespace ArenaBench.LocalRuntime.Engine;

/// <summary>Clocks that wake one instance: its open timers, and its start when that was set for later.</summary>
internal sealed class DurableTimers(TimeProvider time)
{
    /// <summary>
    /// A longer wait is cut into pieces: timers count elapsed time, but a durable timer is due by the clock, which
    /// may have been set or have gone on while the machine slept.
    /// </summary>
    private static readonly TimeSpan s_longestWait = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<int, Entry> _entries = [];

    public void Arm(int key, DateTime due, Action fire)
    {
        lock (_lock)
        {
            if (_entries.ContainsKey(key))
                return;
            var entry = new Entry(due, fire);
            entry.Timer = time.CreateTimer(
                _ => Check(key, entry), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _entries[key] = entry;
            entry.Timer.Change(Wait(due), Timeout.InfiniteTimeSpan);
        }
    }

    public void Disarm(int key)
    {
        lock (_lock)
        {
            if (_entries.Remove(key, out var entry))
                entry.Timer!.Dispose();
        }
    }

    public void DisarmAll()
    {
        lock (_lock)
        {
            foreach (var entry in _entries.Values)
                entry.Timer!.Dispose();
            _entries.Clear();
        }
    }

    private TimeSpan Wait(DateTime due)
    {
        var wait = due - time.GetUtcNow().UtcDateTime;
        return wait <= TimeSpan.Zero ? TimeSpan.Zero
            : wait > s_longestWait ? s_longestWait
            : wait + TimeSpan.FromMilliseconds(1); // timers round down
    }

    private void Check(int key, Entry entry)
    {
        lock (_lock)
        {
            if (_entries.GetValueOrDefault(key) != entry)
                return;
            if (time.GetUtcNow().UtcDateTime < entry.Due)
            {
                entry.Timer!.Change(Wait(entry.Due), Timeout.InfiniteTimeSpan);
                return;
            }

            _entries.Remove(key);
            entry.Timer!.Dispose();
        }

        entry.Fire();
    }

    private sealed class Entry(DateTime due, Action fire)
    {
        public DateTime Due => due;

        public Action Fire => fire;

        public ITimer? Timer { get; set; }
    }
}
