using ArenaBench.Core.Dialects;

namespace ArenaBench.Core.Runs;

/// <summary>Records that are not what they should be, because somebody or something changed them: each is left out, and named.</summary>
internal sealed class DamagedRecords
{
    private readonly SortedSet<string> _named = new(StringComparer.Ordinal);

    /// <summary>In ordinal order.</summary>
    public IReadOnlyList<string> Named => [.. _named];

    public void Add(string place) => _named.Add(place);

    /// <returns>Null when it cannot be read.</returns>
    public T? Read<T>(string place, Func<T> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (RecordFormatException damaged)
        {
            _named.Add($"{place}: {damaged.Message}");
            return null;
        }
    }
}
