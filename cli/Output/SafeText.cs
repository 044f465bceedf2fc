using System.Text;

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

    // C0 and C1 controls but for tab and newline; bidirectional overrides and isolates.
    private static bool IsUnsafe(char c) =>
        (char.IsControl(c) && c is not '\n' and not '\t') || c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
