namespace ArenaBench.LocalRuntime.Engine;

/// <summary>
/// External events and who waits for them, by name without regard to case. The latest to wait is served first;
/// what nobody waits for is kept.
/// </summary>
internal sealed class EventWaits
{
    private readonly Dictionary<string, List<Wait>> _waits = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<BufferedEvent> _buffer = [];

    public bool Any => _waits.Count > 0;

    public IReadOnlyList<BufferedEvent> Buffered => _buffer;

    public void Keep(IEnumerable<BufferedEvent> events) => _buffer.AddRange(events);

    /// <exception cref="ArgumentException">The name is already awaited as another type.</exception>
    public Task<T> WaitFor<T>(string name, OrchestratorTurn turn, CancellationToken cancellation)
    {
        var waits = _waits.GetValueOrDefault(name) ?? [];
        if (waits.Find(other => other.Type != typeof(T)) is { } conflict)
            throw new ArgumentException($"Event '{name}' is already awaited as {conflict.Type}; it cannot be awaited as {typeof(T)}.");
        if (cancellation.IsCancellationRequested)
            return Task.FromCanceled<T>(cancellation);

        var source = new TaskCompletionSource<T>();
        var kept = _buffer.FindIndex(kept => kept.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (kept >= 0)
        {
            var payload = _buffer[kept].Payload;
            _buffer.RemoveAt(kept);
            source.SetResult(Read<T>(payload, name));
            return source.Task;
        }

        var wait = new Wait(typeof(T), payload => source.TrySetResult(Read<T>(payload, name)));
        waits.Add(wait);
        _waits[name] = waits;
        cancellation.Register(() =>
        {
            if (!turn.IsRunningHere)
                turn.Violate();
            else if (Remove(name, wait))
                source.TrySetCanceled(cancellation);
        });
        return source.Task;
    }

    /// <summary>Hands the event to a waiting task, or keeps it.</summary>
    public void Raise(string name, string? payload)
    {
        if (!_waits.TryGetValue(name, out var waits))
        {
            _buffer.Add(new BufferedEvent(name, payload));
            return;
        }

        var latest = waits[^1];
        Remove(name, latest);
        latest.Complete(payload);
    }

    private bool Remove(string name, Wait wait)
    {
        if (!_waits.TryGetValue(name, out var waits) || !waits.Remove(wait))
            return false;
        if (waits.Count == 0)
            _waits.Remove(name);
        return true;
    }

    private static T Read<T>(string? payload, string name)
    {
        if (payload is null && default(T) is not null)
            throw new InvalidOperationException($"Event '{name}' came without data, but {typeof(T)} was awaited.");
        return EngineJson.Converter.Deserialize<T>(payload)!;
    }

    private sealed record Wait(Type Type, Action<string?> Complete);
}
