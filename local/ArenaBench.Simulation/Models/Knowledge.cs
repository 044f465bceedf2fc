using System.Text.RegularExpressions;

namespace ArenaBench.Simulation.Models;

/// <summary>One claim: the aspect of a word has a value.</summary>
internal readonly record struct Statement(string Word, string Aspect, string Value)
{
    public bool IsRight => Value == Knowledge.RightValue(Word, Aspect);
}

/// <summary>
/// What there is to know about a question. Each of its telling words has made-up aspects, and each aspect one right value, which follows from
/// the word alone. Whoever has the question can therefore check any statement, and needs to know neither who made it nor how good they are.
/// </summary>
internal static partial class Knowledge
{
    /// <summary>Points that a full answer to one question makes.</summary>
    public const int PointsPerQuestion = 12;

    /// <summary>Stands in where a question has no word at all; always relevant.</summary>
    public const string Fallback = "it";

    private const int MostWords = 6;
    private const int LongestWord = 24;

    /// <summary>The (word, aspect) pairs that an answer should state.</summary>
    public static IReadOnlyList<(string Word, string Aspect)> PointsOf(string question)
    {
        var words = TellingWords(question);
        var points = new (string, string)[PointsPerQuestion];
        for (var i = 0; i < points.Length; i++)
        {
            var word = words[i % words.Count];
            var start = (int)(StableHash.Of(3, word) % (ulong)Words.Aspects.Length);
            points[i] = (word, Words.Aspects[(start + (i / words.Count)) % Words.Aspects.Length]);
        }
        return points;
    }

    public static string RightValue(string word, string aspect) => Value(StableHash.Of(StableHash.Of(1, word), aspect));

    public static string WrongValue(string word, string aspect, ulong hash)
    {
        var right = RightValue(word, aspect);
        var wrong = Value(hash);
        while (wrong == right)
            wrong = Value(hash = StableHash.Mix(hash, 1));
        return wrong;
    }

    public static string Sentence(Statement statement) => $"The {statement.Aspect} of \"{statement.Word}\" is {statement.Value}.";

    /// <summary>The different statements in a text. Saying something twice does not make it two.</summary>
    public static HashSet<Statement> StatementsIn(ReadOnlySpan<char> text)
    {
        var found = new HashSet<Statement>();
        // Nothing that is not made of statements is worth the regular expression.
        if (!text.Contains("\" is ", StringComparison.Ordinal))
            return found;
        foreach (var match in StatementPattern().EnumerateMatches(text))
        {
            var sentence = text.Slice(match.Index, match.Length);
            var quote = sentence.IndexOf('"');
            var end = sentence[(quote + 1)..].IndexOf('"') + quote + 1;
            var value = sentence[(end + "\" is ".Length)..];
            found.Add(new Statement(
                sentence[(quote + 1)..end].ToString(), sentence["The ".Length..(quote - " of ".Length)].ToString(), value.ToString()));
        }
        return found;
    }

    /// <summary>Calls back with every word of a text, in lower case.</summary>
    public static void EachWord(ReadOnlySpan<char> text, ReadOnlySpanAction<char> word)
    {
        Span<char> lower = stackalloc char[LongestWord];
        for (var i = 0; i < text.Length;)
        {
            if (!char.IsLetterOrDigit(text[i]))
            {
                i++;
                continue;
            }
            var start = i;
            while (i < text.Length && char.IsLetterOrDigit(text[i]))
                i++;
            // Scripts without spaces make long runs: their beginning stands for them.
            var length = text[start..Math.Min(i, start + LongestWord)].ToLowerInvariant(lower);
            word(lower[..length]);
        }
    }

    internal delegate void ReadOnlySpanAction<T>(ReadOnlySpan<T> span);

    private static List<string> TellingWords(string question)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var lookup = seen.GetAlternateLookup<ReadOnlySpan<char>>();
        EachWord(question, word => lookup.Add(word));
        var telling = seen.Where(word => (word.Length >= 4 || word[0] > 127) && !Words.Common.Contains(word)).ToList();
        if (telling.Count == 0)
            telling = seen.Count > 0 ? [.. seen] : [Fallback];
        if (telling.Count > MostWords)
            telling = [.. telling.Select(word => (Hash: StableHash.Of(2, word), word)).OrderBy(pair => pair.Hash).Take(MostWords).Select(pair => pair.word)];
        return telling;
    }

    private static string Value(ulong hash) =>
        $"{Words.First[hash % (ulong)Words.First.Length]}-{Words.Second[(hash >> 32) % (ulong)Words.Second.Length]}";

    [GeneratedRegex("""The (?:cause|limit|cost|order|shape|origin|weight|range|colour|tempo|root|measure) of "[^"\r\n]{1,24}" is [a-z]+-[a-z]+""")]
    private static partial Regex StatementPattern();
}
