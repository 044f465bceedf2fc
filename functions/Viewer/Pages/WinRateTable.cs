using ArenaBench.Core.Scoring;

namespace ArenaBench.Functions.Viewer;

/// <summary>Every model against every other, as their strengths imply it.</summary>
internal static class WinRateTable
{
    public static Html Write(PairwiseLeaderboard? board)
    {
        var rows = board?.Rows.Where(row => row.Elo.Value is not null).ToArray() ?? [];
        if (rows.Length < 2)
            return Html.Empty;
        return Html.Of($"""
            <details><summary>Win rates of every pair</summary>
            <p class="quiet">Percent of games that the model of the row is expected to win against the model of the column, from their strengths.</p>
            <div class="wide" tabindex="0" role="region" aria-label="Win rates"><table class="matrix">
            <thead><tr><th scope="col">Row beats column</th>{Html.Each(rows, row => Html.Of($"<th scope='col'>{Html.Name(row.Model)}</th>"))}</tr></thead>
            <tbody>
            {Html.Each(rows, row => Row(row, rows))}</tbody></table></div></details>
            """);
    }

    /// <summary>400 points are a factor 10 in odds.</summary>
    internal static double Percent(double elo, double other) => 100 / (1 + Math.Pow(10, (other - elo) / 400));

    private static Html Row(PairwiseRow row, IReadOnlyList<PairwiseRow> others) => Html.Of(
        $"<tr><th scope='row'>{Html.Name(row.Model)}</th>{Html.Each(others, other => Cell(row, other))}</tr>\n");

    private static Html Cell(PairwiseRow row, PairwiseRow other)
    {
        if (row.Model == other.Model)
            return Html.Of($"<td class='number quiet'>–</td>");
        var percent = Percent(row.Elo.Value!.Value, other.Elo.Value!.Value);
        return Html.Of($"<td class='number heat{(int)Math.Clamp(percent / 20, 0, 4)}'>{Words.Number(percent, "0")}</td>");
    }
}
