using System.Runtime.InteropServices;

namespace ArenaBench.Core.Scoring;

/// <summary>Numbers names in the order they come, and knows where each stands in ordinal order.</summary>
internal sealed class NameIndex(string what, int limit)
{
    private readonly Dictionary<string, int> _index = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];

    public int Count => _names.Count;

    public int Add(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(_index, name, out var known);
        if (known)
            return place;
        if (_names.Count == limit)
        {
            _index.Remove(name);
            throw new InvalidOperationException($"More than {limit} {what} cannot be scored together.");
        }

        place = _names.Count;
        _names.Add(name);
        return place;
    }

    /// <returns>-1 when the name is unknown.</returns>
    public int Find(string name) => _index.TryGetValue(name, out var place) ? place : -1;

    /// <summary>The names in ordinal order, and for every number given out its place in that order.</summary>
    public (string[] Sorted, int[] Place) Sort()
    {
        var sorted = _names.ToArray();
        var numbers = new int[sorted.Length];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = i;
        Array.Sort(sorted, numbers, StringComparer.Ordinal);
        var place = new int[numbers.Length];
        for (var i = 0; i < numbers.Length; i++)
            place[numbers[i]] = i;
        return (sorted, place);
    }
}
