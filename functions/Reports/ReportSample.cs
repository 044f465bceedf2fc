using ArenaBench.Functions.Browsing;
using ArenaBench.Functions.Viewer;

namespace ArenaBench.Functions.Reports;

/// <summary>One answer that a report shows, and why this one.</summary>
internal sealed record ReportSample(string Why, QuestionRow Row)
{
    private const int Models = 8;

    /// <summary>For each of the best models what it did worst, then the best answer of the last, then games that disagree. Chosen by scores
    /// and order alone: the same records give the same samples.</summary>
    public static IReadOnlyList<ReportSample> Of(Board board, IReadOnlyList<QuestionRow> rows)
    {
        var scored = rows.Where(row => Verdicts.Value(row) is not null).ToLookup(row => row.Model, StringComparer.Ordinal);
        var ranked = board.Rows.Where(row => row.Rank is not null && !row.IsBaseline).Select(row => row.Model).ToArray();
        var samples = new List<ReportSample>();
        foreach (var model in ranked.Take(Models))
        {
            if (scored[model].OrderBy(Verdicts.Value).ThenBy(row => row.Question).FirstOrDefault() is { } worst)
                samples.Add(new ReportSample("its lowest score", worst));
        }

        if (ranked.Length > 1 && scored[ranked[^1]].OrderByDescending(Verdicts.Value).ThenBy(row => row.Question).FirstOrDefault() is { } best)
            samples.Add(new ReportSample("the highest score of the last model", best));
        samples.AddRange(rows.Where(Verdicts.GamesDisagree).Take(2).Select(row => new ReportSample("the two games disagree", row)));
        return [.. samples.DistinctBy(sample => (sample.Row.Model, sample.Row.Question))];
    }
}
