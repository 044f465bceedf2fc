using System.Text;
using System.Text.RegularExpressions;

namespace ArenaBench.Core.Judging;

/// <summary>
/// Keeps an answer from closing its own section of a judge prompt. The markers are the template's own: lines such as
/// <c>[The End of Assistant's Answer]</c> and tokens such as <c>&lt;|User Prompt|&gt;</c>. Where one occurs inside an answer,
/// in any case and spacing, a word joiner (U+2060) goes in after its first character: a reader sees no difference, the judge
/// no marker. In a template that uses <c>&lt;|…|&gt;</c>, every token of that shape is broken, known or not.
/// </summary>
internal sealed partial class DelimiterGuard
{
    public const char Breaker = '\u2060';
    private const int LongestToken = 100;

    private readonly Regex? markers;

    private DelimiterGuard(Regex? markers) => this.markers = markers;

    public static DelimiterGuard For(IEnumerable<PromptTemplate> templates)
    {
        var lines = templates.SelectMany(t => t.Literals).SelectMany(l => l.Split('\n')).Select(l => l.Trim());
        var found = lines.SelectMany(MarkersOf).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (found.Count == 0) return new DelimiterGuard(null);

        var alternatives = found.Order(StringComparer.Ordinal).Select(Loosely).ToList();
        if (found.Any(m => m.StartsWith("<|", StringComparison.Ordinal)))
            alternatives.Add($@"<\s*\|[^|<>\n]{{1,{LongestToken}}}\|\s*>");
        return new DelimiterGuard(new Regex(
            string.Join('|', alternatives), RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant));
    }

    public string Clean(string answer) =>
        markers is null ? answer : markers.Replace(answer, static m => $"{m.Value[0]}{Breaker}{m.Value[1..]}");

    // A whole line in brackets, or a token anywhere in a line.
    private static IEnumerable<string> MarkersOf(string line)
    {
        if (line.Length > 2 && (line[0], line[^1]) is ('[', ']') or ('<', '>')) return [line];
        return Tokens().Matches(line).Select(m => m.Value);
    }

    private static string Loosely(string marker)
    {
        var pattern = new StringBuilder();
        foreach (var word in Words().Split(marker).Where(w => w.Length > 0))
            pattern.Append(pattern.Length == 0 ? "" : @"\s*").Append(Regex.Escape(word));
        return pattern.ToString();
    }

    [GeneratedRegex(@"<\|[^|\n]+\|>")]
    private static partial Regex Tokens();

    // Between words and punctuation, so that spaces may be added or left out anywhere.
    [GeneratedRegex(@"\s+|(?<=\w)(?=\W)|(?<=\W)(?=\w)|(?<=\W)(?=\W)")]
    private static partial Regex Words();
}
