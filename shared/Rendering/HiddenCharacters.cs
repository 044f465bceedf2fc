using System.Buffers;
using System.Globalization;
using System.Text;

namespace ArenaBench.Core.Rendering;

/// <summary>Characters that reorder or hide text, made visible: with them a text can read otherwise than it is.</summary>
public static class HiddenCharacters
{
    // Embeddings, overrides and isolates of direction; zero width space, word joiner, byte order mark, tag characters' lead is left
    // to the font. Marks that right-to-left scripts need, and the joiners of emoji and Indic scripts, stay.
    private static readonly SearchValues<char> Hidden =
        SearchValues.Create("\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069\u200B\u2060\uFEFF\0");

    /// <summary>Each as its code, such as ⟨U+202E⟩.</summary>
    public static string Show(string text)
    {
        if (!text.AsSpan().ContainsAny(Hidden))
            return text;
        var shown = new StringBuilder(text.Length + 64);
        foreach (var character in text)
        {
            if (Hidden.Contains(character))
                shown.Append(CultureInfo.InvariantCulture, $"\u27E8U+{(int)character:X4}\u27E9");
            else
                shown.Append(character);
        }

        return shown.ToString();
    }
}
