using System.Collections.Concurrent;

namespace BehaviourApp;

/// <summary>Counts calls by key, in this process.</summary>
public sealed class Calls
{
    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);

    public int Add(string key) => _counts.AddOrUpdate(key, 1, (_, count) => count + 1);

    public int Of(string key) => _counts.GetValueOrDefault(key);
}
