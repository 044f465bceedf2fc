using System.Text.RegularExpressions;

namespace ArenaBench.Functions.Browsing;

/// <summary>A text to look for, or a regular expression; case is ignored.</summary>
/// <param name="Problem">What is wrong with the expression; nothing is found then.</param>
internal sealed record TextSearch(string? Text, bool IsPattern, Regex? Pattern, string? Problem)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);

    public static TextSearch Of(string? text, bool isPattern)
    {
        if (text is null || !isPattern)
            return new TextSearch(text, isPattern, null, null);
        try
        {
            // Time that grows with the text alone, whatever the expression: it comes from an address.
            var pattern = new Regex(text, RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, Longest);
            return new TextSearch(text, true, pattern, null);
        }
        catch (ArgumentException wrong)
        {
            return new TextSearch(text, true, null, $"\u201C{text}\u201D is no regular expression: {wrong.Message}");
        }
        catch (NotSupportedException)
        {
            return new TextSearch(text, true, null, $"\u201C{text}\u201D uses lookaround, a back reference or too many repeats, which are not taken here.");
        }
    }

    public bool Admits(string place) => Pattern?.IsMatch(place) ?? (Text is null || place.Contains(Text, StringComparison.OrdinalIgnoreCase));
}
