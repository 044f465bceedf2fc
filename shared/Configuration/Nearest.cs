namespace ArenaBench.Core.Configuration;

/// <summary>Guesses what a mistyped name was meant to be.</summary>
public static class Nearest
{
    /// <summary>"; did you mean x?" or, where nothing is near, an empty text.</summary>
    public static string Hint(string name, IEnumerable<string> known) => Of(name, known) is { } near ? $"; did you mean {near}?" : "";

    /// <returns>Null when nothing is near: more than a third of the letters, and more than two, would change.</returns>
    public static string? Of(string name, IEnumerable<string> known)
    {
        var best = known.Select(k => (Name: k, Distance: Distance(name, k)))
            .OrderBy(c => c.Distance).ThenBy(c => c.Name, StringComparer.Ordinal).FirstOrDefault();
        return best.Name is not null && best.Distance <= Math.Max(2, best.Name.Length / 3) ? best.Name : null;
    }

    // Levenshtein, upper and lower case alike.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var same = char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]);
                var next = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (same ? 0 : 1));
                diagonal = row[j];
                row[j] = next;
            }
        }
        return row[^1];
    }
}
