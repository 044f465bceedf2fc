using System.Globalization;
using System.Text;
using ArenaBench.Core.Rendering;

namespace ArenaBench.Cli.Output;

/// <summary>Model and judge texts are untrusted: what could steer a terminal is shown, not obeyed.</summary>
public static class SafeText
{
    public static string Clean(string text)
    {
        StringBuilder? clean = null;
        for (var i = 0; i < text.Length; i++)
        {
            var unsafeChar = IsUnsafe(text[i]);
            if (unsafeChar && clean is null)
                clean = new StringBuilder(text, 0, i, text.Length + 8);
            if (unsafeChar)
                clean!.Append('\uFFFD');
            else
                clean?.Append(text[i]);
        }

        return clean?.ToString() ?? text;
    }

    /// <summary>On one line, for names and cells of a table: what hides or reorders text shows its code.</summary>
    public static string Line(string text) => Clean(HiddenCharacters.Show(text)).Replace('\n', ' ').Replace('\t', ' ');

    /// <summary>On as many lines as it has, for reading. Tabs are blanks, whose width is known.</summary>
    public static string Block(string text) =>
        Clean(HiddenCharacters.Show(text.ReplaceLineEndings("\n"))).Replace("\t", "    ", StringComparison.Ordinal);

    /// <summary>JSON that says the same and steers nothing: such characters stand in its strings alone, where a code may stand for each.</summary>
    public static string Json(string json)
    {
        var safe = new StringBuilder(json.Length);
        foreach (var c in json)
        {
            if (IsUnsafe(c))
                safe.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else
                safe.Append(c);
        }

        return safe.ToString();
    }

    // C0 and C1 controls but for tab and newline; separators that end a line where none is seen; bidirectional overrides and isolates.
    private static bool IsUnsafe(char c) =>
        (char.IsControl(c) && c is not '\n' and not '\t') || c is (>= '\u2028' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
