using ArenaBench.Simulation.Models;

namespace ArenaBench.Simulation.Judging;

/// <summary>What a judge finds in one text, before mood and taste.</summary>
/// <param name="Merit">0 to 1.</param>
internal sealed record AnswerAssessment(int Right, int Wrong, int Expected, double Merit)
{
    public bool IsSimulated => Right + Wrong > 0;

    /// <param name="judgeHash">Of the judge alone: the same text gets the same slips in both games.</param>
    public static AnswerAssessment Of(string text, JudgePrompt prompt, double discernment, ulong judgeHash)
    {
        var statements = Knowledge.StatementsIn(text);
        // A turn is made of one notice; an answer to two turns has twice as much to say.
        var expected = Knowledge.PointsPerQuestion * Math.Max(1, CountOf(AnswerWriter.Notice, text));
        if (statements.Count == 0)
            return text.Contains(AnswerWriter.Notice, StringComparison.Ordinal)
                ? new AnswerAssessment(0, 0, expected, 0)
                : new AnswerAssessment(0, 0, expected, Impression(text, prompt, judgeHash));

        var asked = WordsOf(prompt.Surroundings, statements.Select(s => s.Word));
        var (right, wrong) = (0, 0);
        foreach (var statement in statements)
        {
            // Off the question, be it right or wrong, earns nothing: constant answers get nowhere.
            if (!asked.Contains(statement.Word) && statement.Word != Knowledge.Fallback)
                continue;
            var slips = StableHash.Unit(StableHash.Of(StableHash.Of(judgeHash, statement.Word), statement.Value)) >= discernment;
            if (statement.IsRight != slips)
                right++;
            else
                wrong++;
        }
        return new AnswerAssessment(right, wrong, expected, Math.Clamp((right - (0.5 * wrong)) / expected, 0, 1));
    }

    /// <summary>For a text that nobody simulated: length up to a point, the question's words, the reference's words, and chance.</summary>
    private static double Impression(string text, JudgePrompt prompt, ulong judgeHash)
    {
        if (string.IsNullOrWhiteSpace(text))
            return 0;
        var length = Math.Min(1, Math.Log(1 + text.Length) / Math.Log(2000));
        var onTopic = Overlap(prompt.Surroundings, text);
        var likeReference = prompt.Reference is { } reference ? Overlap(reference, text) : onTopic;
        var chance = StableHash.Unit(StableHash.Of(judgeHash, text));
        return (0.25 * length) + (0.2 * onTopic) + (0.3 * likeReference) + (0.25 * chance);
    }

    /// <summary>The share of the first text's words that the second has too.</summary>
    private static double Overlap(string of, string with)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        var lookup = words.GetAlternateLookup<ReadOnlySpan<char>>();
        Knowledge.EachWord(of, word =>
        {
            if (word.Length >= 4)
                lookup.Add(word);
        });
        return words.Count == 0 ? 0 : (double)WordsOf(with, words).Count / words.Count;
    }

    private static HashSet<string> WordsOf(string text, IEnumerable<string> wanted)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var lookup = wanted.ToHashSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        Knowledge.EachWord(text, word =>
        {
            if (lookup.TryGetValue(word, out var known))
                found.Add(known);
        });
        return found;
    }

    private static int CountOf(string part, string text)
    {
        var count = 0;
        for (var at = text.IndexOf(part, StringComparison.Ordinal); at >= 0; at = text.IndexOf(part, at + part.Length, StringComparison.Ordinal))
            count++;
        return count;
    }
}
