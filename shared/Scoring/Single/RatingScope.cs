namespace ArenaBench.Core.Scoring;

/// <summary>The ratings of one scope: counted, and summed per model and question.</summary>
internal sealed class RatingScope
{
    private RatingScope(RatingTable table, SingleOptions options)
    {
        Selection = GameSelection.Of(table.Categories, table.Judges, options.Categories, options.Judges, Notes);
        Unscored = [.. table.Models.Select(_ => new SortedDictionary<string, int>(StringComparer.Ordinal))];
        Cells = [.. table.Models.Select(_ => new List<Cell>())];
        var drawn = new bool[table.Questions.Count];
        foreach (var r in table.Ratings)
        {
            if (!Selection.Category[table.CategoryOf[r.Question]] || !Selection.Judge[r.Judge])
                continue;
            if (r.Reason >= 0)
            {
                var reason = table.Reasons[r.Reason];
                Unscored[r.Model][reason] = Unscored[r.Model].GetValueOrDefault(reason) + 1;
                continue;
            }

            drawn[r.Question] = true;
            var cells = Cells[r.Model];
            if (cells.Count > 0 && cells[^1].Question == r.Question)
                cells[^1] = new(r.Question, cells[^1].Sum + r.Rating, cells[^1].Count + 1);
            else
                cells.Add(new(r.Question, r.Rating, 1));
        }

        Drawn = [.. Enumerable.Range(0, drawn.Length).Where(q => drawn[q])];
        Expected = table.CategoryOf.Count(c => Selection.Category[c]) * Selection.Judges.Count;
        if (table.Duplicates > 0)
            Notes.Add(new("duplicates", "Ratings recorded twice count once: the first record.", table.Duplicates));
        if (Drawn.Length == 0)
            Notes.Add(new("no_ratings", "There is no valid rating in this scope."));
    }

    /// <summary>Valid ratings of one question, over judges.</summary>
    public readonly record struct Cell(int Question, double Sum, int Count);

    public GameSelection Selection { get; }

    public List<ScoringNote> Notes { get; } = [];

    /// <summary>By model.</summary>
    public SortedDictionary<string, int>[] Unscored { get; }

    /// <summary>By model, in the order of questions.</summary>
    public List<Cell>[] Cells { get; }

    /// <summary>Questions with a valid rating.</summary>
    public int[] Drawn { get; }

    public int Expected { get; }

    public static RatingScope Of(RatingTable table, SingleOptions options) => new(table, options);

    /// <summary>Mean rating, each question counted as often as it was drawn; NaN without ratings.</summary>
    /// <param name="times">By question; empty: once each.</param>
    public double Mean(int model, ReadOnlySpan<double> times)
    {
        double sum = 0, count = 0;
        foreach (var cell in Cells[model])
        {
            var t = times.IsEmpty ? 1 : times[cell.Question];
            sum += t * cell.Sum;
            count += t * cell.Count;
        }

        return count > 0 ? sum / count : double.NaN;
    }

    public GameCounts Counts(int model)
    {
        var unscored = Unscored[model].Values.Sum();
        var scored = Cells[model].Sum(c => c.Count);
        return new(Math.Max(Expected, scored + unscored), scored, Unscored[model], Math.Max(0, Expected - scored - unscored), 0, Cells[model].Count);
    }
}
