namespace ArenaBench.Functions.Browsing;

/// <summary>Where a row stands in a list, and what stands beside it.</summary>
/// <param name="Place">From 1; 0 when the row is not in the list.</param>
internal sealed record ListPlace(QuestionRow? Previous, QuestionRow? Next, int Place, int Count)
{
    public static ListPlace Of(IReadOnlyList<QuestionRow> rows, int question, string model)
    {
        for (var index = 0; index < rows.Count; index++)
        {
            if (rows[index].Question == question && rows[index].Model == model)
                return At(rows, index);
        }

        return Outside(rows);
    }

    /// <param name="index">From 0.</param>
    public static ListPlace At(IReadOnlyList<QuestionRow> rows, int index) =>
        new(rows.ElementAtOrDefault(index - 1), rows.ElementAtOrDefault(index + 1), index + 1, rows.Count);

    public static ListPlace Outside(IReadOnlyList<QuestionRow> rows) => new(null, null, 0, rows.Count);
}
