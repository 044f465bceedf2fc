using System.Globalization;
using System.Text;
using Spectre.Console;

namespace ArenaBench.Cli.Output;

/// <summary>Text in a place of so many cells; wide characters take two.</summary>
internal static class Cells
{
    /// <summary>Cut, and filled with blanks, to exactly this width.</summary>
    /// <param name="text">One safe line.</param>
    public static string Fit(string text, int width)
    {
        if (text.Length <= width && text.All(char.IsAscii))
            return text.PadRight(width);
        var fitted = new StringBuilder();
        var used = 0;
        // A cut text gives its last cell to the ellipsis.
        var room = text.GetCellWidth() <= width ? width : width - 1;
        for (var parts = StringInfo.GetTextElementEnumerator(text); parts.MoveNext();)
        {
            var part = parts.GetTextElement();
            var cells = Math.Max(0, part.GetCellWidth());
            if (used + cells > room)
            {
                fitted.Append('…');
                used++;
                break;
            }

            fitted.Append(part);
            used += cells;
        }

        return fitted.Append(' ', Math.Max(0, width - used)).ToString();
    }

    /// <summary>Broken into lines of at most this width, between words where there are any. Takes time as the text is long, whatever it holds.</summary>
    /// <param name="text">One safe line.</param>
    public static IEnumerable<string> Wrap(string text, int width)
    {
        var (start, used, hasWord) = (0, 0, false);
        // Where the line could end: behind the last blank that has a word before it, and the cells up to there.
        var (blank, usedAtBlank) = (-1, 0);
        for (var at = 0; at < text.Length;)
        {
            var length = StringInfo.GetNextTextElementLength(text, at);
            var cells = length == 1 && char.IsAscii(text[at]) ? 1 : Math.Max(0, text.Substring(at, length).GetCellWidth());
            if (used + cells > width && at > start)
            {
                // A blank at the end of a full line is the break itself.
                var end = text[at] == ' ' ? at : blank > 0 ? blank : at;
                yield return text[start..end];
                start = end < text.Length && text[end] == ' ' ? end + 1 : end;
                used = start > at ? -cells : end == at ? 0 : used - usedAtBlank;
                (blank, usedAtBlank, hasWord) = (-1, 0, used > 0);
            }

            used += cells;
            if (text[at] == ' ' && hasWord)
                (blank, usedAtBlank) = (at, used);
            else if (text[at] != ' ')
                hasWord = true;
            at += length;
        }

        if (start < text.Length || text.Length == 0)
            yield return text[start..];
    }
}
