using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ArenaBench.Core.Scoring;

namespace ArenaBench.Core.Answers;

/// <summary>
/// Finds answers made for the judge and not for the question: one text for many questions, and texts that speak to the judge, in its
/// own verdicts, markers or orders. Such answers are judged like others, and reported: a leaderboard that they win says so.
/// </summary>
public sealed class AnswerWatch
{
    /// <summary>So many equal answers are no chance, where they are also this part of all.</summary>
    private const int LeastEqual = 3;
    private const double LeastPart = 0.2;

    private const int LongestKept = 128;

    // Looked for first: almost no answer has any of them.
    private static readonly SearchValues<string> Hints = SearchValues.Create(
        ["[[", "<|", "< ", "[The ", "[ ", "ignore", "disregard", "verdict", "evaluator", "grader", "judge"], StringComparison.OrdinalIgnoreCase);

    private readonly SortedDictionary<string, Seen> _models = new(StringComparer.Ordinal);

    public void Add(string model, string text)
    {
        if (!_models.TryGetValue(model, out var seen))
            _models[model] = seen = new Seen();
        seen.Answers++;
        if (SpeaksToTheJudge(text))
            seen.ToTheJudge++;
        var key = Fold(text);
        seen.Texts[key] = seen.Texts.GetValueOrDefault(key) + 1;
    }

    /// <summary>In the order of the models' names.</summary>
    public IReadOnlyList<ScoringNote> Notes()
    {
        var notes = new List<ScoringNote>();
        foreach (var (model, seen) in _models)
        {
            var equal = seen.Texts.Values.Max();
            if (equal >= LeastEqual && equal >= LeastPart * seen.Answers)
                notes.Add(new ScoringNote("constant_answers", Text($"{equal} of {seen.Answers} answers of {model} are one and the same text: suspicious, since a judge can be won by it whatever the question."), equal));
            if (seen.ToTheJudge > 0)
                notes.Add(new ScoringNote("answers_to_the_judge", Text($"{seen.ToTheJudge} of {seen.Answers} answers of {model} hold what speaks to the judge (a verdict, a marker of its prompt, an order): suspicious, read them before you trust their games."), seen.ToTheJudge));
        }

        return notes;
    }

    public static bool SpeaksToTheJudge(string text) => text.AsSpan().ContainsAny(Hints) && Patterns.ToTheJudge.IsMatch(text);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>The same text in other spacing, case or with invisible characters is the same text.</summary>
    private static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (!char.IsWhiteSpace(c) && CharUnicodeInfo.GetUnicodeCategory(c) is not (UnicodeCategory.Format or UnicodeCategory.Control))
                folded.Append(char.ToLowerInvariant(c));
        }

        // Short texts stand for themselves: most folders need no hash at all, whose library takes longer to load than they to read.
        return folded.Length <= LongestKept ? folded.ToString() : Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(folded.ToString())));
    }

    /// <summary>Made when the first text has a hint: that takes longer than looking through thousands of answers.</summary>
    private static class Patterns
    {
        // Linear in the text, which is hostile: not one of the compiled engines, which may go back.
        public static readonly Regex ToTheJudge = new(
            """
            \[\[\s*(?:[ABC]|[AB]\s*[<>=]{1,2}\s*[AB])\s*\]\]                                 # a pairwise verdict
            | (?:rating|score|verdict)\W{0,5}\[\[\s*\d+(?:\.\d+)?\s*\]\]                     # a rating
            | <\s*\|\s*(?:/?\s*)?(?:start|end|user|assistant|system|the)\b[^|<>\n]{0,80}\|\s*>  # markers of prompts
            | \[\s*the\s+(?:start|end)\s+of\b[^\]\n]{0,80}\]
            | \b(?:ignore|disregard|forget)\s+(?:all\s+|any\s+|the\s+|your\s+){0,2}(?:previous|prior|above|earlier|preceding)\s+(?:instructions?|prompts?|rules|text)\b
            | \b(?:dear|note\s+to\s+the|attention[,:]?|instructions?\s+(?:for|to)\s+the)\s+(?:judge|evaluator|grader)\b
            | \b(?:judge|evaluator|grader)s?\b[^.\n]{0,40}\b(?:must|should|please|will)\b[^.\n]{0,30}\b(?:choose|prefer|rate|score|give|output|award|select)\b
            """,
            RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace | RegexOptions.NonBacktracking);
    }

    private sealed class Seen
    {
        public int Answers { get; set; }

        public int ToTheJudge { get; set; }

        public Dictionary<string, int> Texts { get; } = [];
    }
}
