using System.Globalization;
using System.Text;

namespace ArenaBench.Core.Answers;

/// <summary>A text with one char per Unicode character. .NET's regular expressions see UTF-16 units, in which a letter or an emoji
/// beyond U+FFFF is two characters of no letter's class; Python's and Rust's see characters. So each such character is replaced by
/// one below U+FFFF of the same class, and what matches is found at the place the published tools find it.</summary>
internal static class RuneText
{
    public static bool HasAstral(ReadOnlySpan<char> text) => text.ContainsAnyInRange('\uD800', '\uDFFF');

    /// <param name="offsets">Where each char of the result begins in <paramref name="text"/>, and at last its length.</param>
    public static string Of(string text, out int[] offsets)
    {
        var result = new StringBuilder(text.Length);
        var begins = new List<int>(text.Length + 1);
        for (var i = 0; i < text.Length;)
        {
            begins.Add(i);
            if (Rune.TryGetRuneAt(text, i, out var rune))
            {
                result.Append(rune.IsBmp ? text[i] : StandIn(Rune.GetUnicodeCategory(rune)));
                i += rune.Utf16SequenceLength;
            }
            else
            {
                result.Append(StandIn(UnicodeCategory.Surrogate));
                i++;
            }
        }

        begins.Add(text.Length);
        offsets = [.. begins];
        return result.ToString();
    }

    /// <summary>No letter here occurs in a contraction ('s, 't, 're, …), which splitting treats apart.</summary>
    private static char StandIn(UnicodeCategory category) => category switch
    {
        UnicodeCategory.UppercaseLetter => 'É',
        UnicodeCategory.LowercaseLetter => 'é',
        UnicodeCategory.TitlecaseLetter => '\u01C5',
        UnicodeCategory.ModifierLetter => '\u02B0',
        UnicodeCategory.OtherLetter => '\u05D0',
        UnicodeCategory.NonSpacingMark => '\u0301',
        UnicodeCategory.SpacingCombiningMark => '\u0903',
        UnicodeCategory.EnclosingMark => '\u20DD',
        UnicodeCategory.DecimalDigitNumber => '\u0660',
        UnicodeCategory.LetterNumber => '\u2160',
        UnicodeCategory.OtherNumber => '\u00B2',
        _ => '\u2603',
    };
}
