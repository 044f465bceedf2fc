using System.Text.RegularExpressions;

namespace ArenaBench.Core.Answers;

/// <summary>Counts the style metadata of an answer as the published scripts do, so that recorded and recomputed counts agree.</summary>
public static partial class StyleCounter
{
    /// <summary>Of an answer of one or several turns: their sum, since a judge reads them all.</summary>
    public static StyleMetadata Count(IReadOnlyList<AnswerTurn> turns, TokenCounter tokens) =>
        turns.Select(turn => Count(turn.Content, tokens)).Aggregate(static (all, turn) => new(
            all.TokenLen + turn.TokenLen, Sum(all.HeaderCount, turn.HeaderCount), Sum(all.ListCount, turn.ListCount), Sum(all.BoldCount, turn.BoldCount)));

    /// <summary>Tokens of the whole text; headers, lists and bold of the text without its code blocks.</summary>
    /// <param name="tokens">v2.0: <see cref="TokenCounter.O200k"/>; v0.1: <see cref="TokenCounter.Cl100k"/>.</param>
    public static StyleMetadata Count(string text, TokenCounter tokens)
    {
        var prose = WithoutCodeBlocks(text);
        var headers = new int[6];
        foreach (var match in Header().EnumerateMatches(prose))
            headers[match.Length - 2]++;
        return new(
            tokens.Count(text),
            headers.Select((count, i) => (Name: $"h{i + 1}", Count: count)).ToDictionary(h => h.Name, h => h.Count),
            new Dictionary<string, int> { ["ordered"] = Ordered().Count(prose), ["unordered"] = Unordered().Count(prose) },
            new Dictionary<string, int> { ["**"] = Stars().Count(prose), ["__"] = Underscores().Count(prose) });
    }

    private static Dictionary<string, int> Sum(IReadOnlyDictionary<string, int> one, IReadOnlyDictionary<string, int> two) =>
        one.ToDictionary(count => count.Key, count => count.Value + two[count.Key]);

    /// <summary>As published: what stands between two fences is removed wherever it occurs in the text; the fences stay.</summary>
    private static string WithoutCodeBlocks(string text)
    {
        var result = text;
        foreach (Match block in CodeBlock().Matches(text))
        {
            if (block.Groups[1].Length > 0)
                result = result.Replace(block.Groups[1].Value, "", StringComparison.Ordinal);
        }

        return RuneText.HasAstral(result) ? RuneText.Of(result, out _) : result;
    }

    // White space here is Python's: .NET's and the four separators U+001C to U+001F.

    [GeneratedRegex(@"^#{1,6}[\s\x1c-\x1f]", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Header();

    [GeneratedRegex(@"^[\s\x1c-\x1f]*\d+\.[\s\x1c-\x1f]", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Ordered();

    [GeneratedRegex(@"^[\s\x1c-\x1f]*[-*+][\s\x1c-\x1f]", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Unordered();

    [GeneratedRegex(@"\*\*[^*\n]+\*\*", RegexOptions.CultureInvariant)]
    private static partial Regex Stars();

    [GeneratedRegex(@"__[^_\n]+__", RegexOptions.CultureInvariant)]
    private static partial Regex Underscores();

    [GeneratedRegex("```([^`]*)```", RegexOptions.CultureInvariant)]
    private static partial Regex CodeBlock();
}
