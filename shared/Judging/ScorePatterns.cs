using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using ArenaBench.Core.Benchmarks;

namespace ArenaBench.Core.Judging;

/// <summary>The regular expressions of scores. They run on untrusted text, so only those are allowed that take linear time.</summary>
public static class ScorePatterns
{
    /// <summary>v1, fixed by its pipeline: digits, or nothing, in double brackets.</summary>
    public const string Rating = @"\[\[(\d*?)\]\]";

    private const string DoubleBrackets = @"\[\[([AB<>=]+)\]\]";
    private const string SingleBrackets = @"\[([AB<>=]+)\]";

    private static readonly ConcurrentDictionary<string, Regex> Compiled = new(StringComparer.Ordinal);

    /// <summary>The published patterns of a rule, for configurations that name none.</summary>
    public static IReadOnlyList<string> Published(ScoreRule rule) => rule switch
    {
        ScoreRule.SingleRating => [Rating],
        ScoreRule.AllMatchesAgree => [DoubleBrackets],
        ScoreRule.LastMatch => [DoubleBrackets, SingleBrackets],
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "Not a rule."),
    };

    /// <summary>What is wrong with a pattern, in a sentence; null when it can be used.</summary>
    public static string? Problem(string pattern)
    {
        try
        {
            Get(pattern);
            return null;
        }
        catch (NotSupportedException)
        {
            return "looks around, refers back or is too large, which can take unlimited time on a judge's reply; use a plain pattern with one group";
        }
        catch (ArgumentException e)
        {
            return $"is not a regular expression: {e.Message}";
        }
    }

    internal static Regex Get(string pattern) =>
        Compiled.GetOrAdd(pattern, static p => new Regex(p, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant));

    /// <summary>What the pattern's group holds in each match (the whole match where there is no group), empty ones left out.</summary>
    internal static List<string> Matches(string pattern, string text)
    {
        var found = new List<string>();
        for (var match = Get(pattern).Match(text); match.Success; match = match.NextMatch())
        {
            var value = (match.Groups.Count > 1 ? match.Groups[1] : match).Value;
            if (value.Length > 0) found.Add(value);
        }
        return found;
    }
}
