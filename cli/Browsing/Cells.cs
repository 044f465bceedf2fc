using System.Globalization;
using System.Text;
using Spectre.Console;

namespace ArenaBench.Cli.Browsing;

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
}
