using System.Globalization;
using ArenaBench.Cli.Output;
using ArenaBench.Functions.Api;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ArenaBench.Cli.Browsing;

/// <summary>The list on the screen: a line each, cut to the width, the selected one marked.</summary>
internal static class AnswerRows
{
    private const int Number = 6;
    private const int Id = 12;
    private const int Category = 12;
    private static readonly Style Selected = new(decoration: Decoration.Invert);

    public static IReadOnlyList<SegmentLine> Lines(int width, string title, IReadOnlyList<ListedAnswer> rows, int selected)
    {
        // What is left is for the model and what came of its answer.
        var free = Math.Max(0, width - Number - Id - Category - 6);
        var model = Math.Min(40, free / 2);
        return
        [
            [new Segment(Cells.Fit(SafeText.Line(title), width), new Style(Color.Green))],
            .. rows.Select((row, index) => new SegmentLine([new Segment(Cells.Fit(Line(row, index == selected), width), index == selected ? Selected : Style.Plain)])),
        ];

        // The mark says it too, where colours are off.
        string Line(ListedAnswer row, bool isSelected) => string.Join(' ',
        [
            isSelected ? ">" : " ", row.Question.ToString(CultureInfo.InvariantCulture).PadLeft(Number),
            Cells.Fit(SafeText.Line(row.QuestionId), Id), Cells.Fit(SafeText.Line(row.Category), Category), Cells.Fit(SafeText.Line(row.Model), model),
            SafeText.Line(AnswerResult.Of(row)),
        ]);
    }
}
