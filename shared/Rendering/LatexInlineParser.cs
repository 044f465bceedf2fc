using Markdig.Extensions.Mathematics;
using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace ArenaBench.Core.Rendering;

/// <summary>Formulas between <c>\(</c> and <c>\)</c>, and displayed ones between <c>\[</c> and <c>\]</c>, as LaTeX itself writes them and
/// models often do: Markdown alone takes the backslashes for escapes.</summary>
internal sealed class LatexInlineParser : InlineParser
{
    public LatexInlineParser() => OpeningCharacters = ['\\'];

    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        if (slice.PeekChar() is not ('(' or '[') || slice.PeekCharExtra(-1) == '\\')
            return false;
        var display = slice.PeekChar() == '[';
        var start = slice.Start + 2;
        var end = slice.Text.IndexOf(display ? "\\]" : "\\)", start, Math.Max(0, slice.End + 1 - start), StringComparison.Ordinal);
        if (end <= start)
            return false;
        var formula = new MathInline
        {
            Span = new SourceSpan(processor.GetSourcePosition(slice.Start, out var line, out var column), processor.GetSourcePosition(end + 1)),
            Line = line,
            Column = column,
            Delimiter = '$',
            DelimiterCount = display ? 2 : 1,
            Content = new StringSlice(slice.Text, start, end - 1),
        };
        formula.GetAttributes().AddClass("math");
        if (display)
            formula.GetAttributes().AddClass("display");
        processor.Inline = formula;
        slice.Start = end + 2;
        return true;
    }
}
