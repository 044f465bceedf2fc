using ArenaBench.Functions.Browsing;

namespace ArenaBench.Functions.Viewer;

/// <summary>The rows before and after the one shown, in the list that it was opened from.</summary>
/// <param name="Place">From 1; 0 when the row is not in the list.</param>
/// <param name="Beside">What is shown beside each of them, as the address says it.</param>
internal sealed record Neighbours(
    QuestionFilter Filter, QuestionRow? Previous, QuestionRow? Next, int Place, int Count, IReadOnlyList<(string Name, string? Value)> Beside)
{
    public static Neighbours Of(QuestionFilter filter, IReadOnlyList<QuestionRow> rows, int question, string model, params IReadOnlyList<(string Name, string? Value)> beside)
    {
        for (var place = 0; place < rows.Count; place++)
        {
            if (rows[place].Question == question && rows[place].Model == model)
                return new(filter, place > 0 ? rows[place - 1] : null, place + 1 < rows.Count ? rows[place + 1] : null, place + 1, rows.Count, beside);
        }

        return new(filter, null, null, 0, rows.Count, beside);
    }
}
