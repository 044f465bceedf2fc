namespace ArenaBench.Core.Scoring;

/// <summary>The standard error of a mean over ratings that come in clusters, one per question.</summary>
internal static class ClusterError
{
    /// <summary>√(n / (n - 1) Σ (sum - count × mean)²) / ratings, over the n questions: with one rating per question the textbook s / √n.</summary>
    /// <returns>Null for fewer than two questions.</returns>
    public static double? Of(IReadOnlyList<RatingScope.Cell> cells)
    {
        if (cells.Count < 2)
            return null;
        double sum = 0, count = 0, squares = 0;
        foreach (var cell in cells)
        {
            sum += cell.Sum;
            count += cell.Count;
        }

        foreach (var cell in cells)
        {
            var residual = cell.Sum - (cell.Count * (sum / count));
            squares += residual * residual;
        }

        return Math.Sqrt(squares * cells.Count / (cells.Count - 1.0)) / count;
    }
}
