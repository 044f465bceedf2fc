using ArenaBench.Core.Leaderboards;

namespace ArenaBench.Functions.Viewer;

/// <summary>Each model's score in each category.</summary>
internal static class CategoryTable
{
    /// <param name="boardOf">Address of a category's own leaderboard; null: categories are no links.</param>
    public static Html Write(Leaderboard leaderboard, Board all, Func<string, string>? boardOf = null)
    {
        if (leaderboard.ByCategory.Count == 0)
            return Html.Empty;
        var categories = leaderboard.ByCategory
            .Select(one => (one.Category, Scores: Board.Of(one.Single, one.Pairwise).Rows.ToDictionary(row => row.Model, row => row.Score, StringComparer.Ordinal)))
            .ToArray();
        return Html.Of($"""
            <h2>By category</h2>
            <div class="wide" tabindex="0" role="region" aria-label="Scores by category"><table>
            <thead><tr><th scope="col">Model</th><th scope="col">All</th>{Html.Each(categories, one => Html.Of($"<th scope='col'>{Title(one.Category)}</th>"))}</tr></thead>
            <tbody>
            {Html.Each(all.Rows, row => Html.Of($"<tr><th scope='row'>{Html.Name(row.Model)}</th><td class='number'><strong>{Words.Number(row.Score.Value, all.Format)}</strong></td>{Html.Each(categories, one => Html.Of($"<td class='number'>{Words.Number(one.Scores.GetValueOrDefault(row.Model)?.Value, all.Format)}</td>"))}</tr>\n"))}</tbody></table></div>
            """);

        Html Title(string category) => boardOf is null ? Html.Name(category) : Html.Of($"<a href='{boardOf(category)}'>{Html.Name(category)}</a>");
    }
}
