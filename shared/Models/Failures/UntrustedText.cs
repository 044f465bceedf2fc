using System.Globalization;
using System.Text;

namespace ArenaBench.Core.Models.Failures;

/// <summary>Texts that an endpoint sent, made fit for a reason: one line, short, nothing that a terminal or a page would obey.</summary>
internal static class UntrustedText
{
    public const int MaxLength = 300;

    public static string Clean(string? text, int maxLength = MaxLength)
    {
        if (string.IsNullOrWhiteSpace(text))
            return "";

        var clean = new StringBuilder(Math.Min(text.Length, maxLength + 1));
        foreach (var rune in text.EnumerateRunes())
        {
            if (clean.Length >= maxLength)
                return clean.Append('…').ToString();
            // Nothing is merely left out: that could put together what was taken apart, a key say.
            if (Rune.IsWhiteSpace(rune) || rune.Value is < 0x20 or 0x7f || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control
                or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned)
            {
                if (clean.Length > 0 && clean[^1] != ' ')
                    clean.Append(' ');
            }
            else
            {
                clean.Append(rune);
            }
        }

        return clean.ToString().TrimEnd();
    }
}
