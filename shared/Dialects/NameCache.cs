using System.Text;
using System.Text.Json;

namespace ArenaBench.Core.Dialects;

/// <summary>Makes one string of the many equal ids and names of a file.</summary>
internal sealed class NameCache
{
    private const int Longest = 256;

    private readonly HashSet<string> names = new(StringComparer.Ordinal);

    /// <summary>The string, or the number as it is written, on which the reader stands; null for anything unusual.</summary>
    public string? Get(ref Utf8JsonReader reader)
    {
        if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Number)) return null;
        var utf8 = reader.ValueSpan;
        if (reader.ValueIsEscaped || utf8.Length is 0 or > Longest) return null;
        Span<char> name = stackalloc char[Longest];
        name = name[..Encoding.UTF8.GetChars(utf8, name)];
        var known = names.GetAlternateLookup<ReadOnlySpan<char>>();
        if (known.TryGetValue(name, out var kept)) return kept;
        names.Add(kept = name.ToString());
        return kept;
    }
}
