using ArenaBench.Core.Leaderboards;
using ArenaBench.Core.Scoring;

namespace ArenaBench.Functions.Viewer;

/// <summary>Whether one model is better than another, or the difference may be chance.</summary>
internal static class DifferenceTable
{
    public static Html Write(Leaderboard leaderboard)
    {
        if (leaderboard.Comparisons is not { Count: > 0 } comparisons)
            return Html.Empty;
        var (unit, format) = leaderboard.Pairwise is null ? ("rating points", "+0.00;−0.00;0.00") : ("points of win rate", "+0.0;−0.0;0.0");
        return Html.Of($"""
            <h2>Differences <small>paired by question, {unit}</small></h2>
            <div class="wide" tabindex="0" role="region" aria-label="Differences between models"><table>
            <thead><tr><th scope="col">Model</th><th scope="col">less</th><th scope="col">Difference</th><th scope="col">Interval</th><th scope="col">p</th><th scope="col">Questions</th><th scope="col"></th></tr></thead>
            <tbody>
            {Html.Each(comparisons, comparison => Row(comparison, format))}</tbody></table></div>
            """);
    }

    private static Html Row(ModelComparison comparison, string format)
    {
        var difference = comparison.Difference;
        var interval = difference is { Lower: { } lower, Upper: { } upper } ? $"{Words.Number(lower, format)} to {Words.Number(upper, format)}" : difference.Absent ?? "–";
        var verdict = comparison.Significant switch
        {
            true => Html.Of($"<span class='chip good'>more than chance</span>"),
            false => Html.Of($"<span class='chip'>may be chance</span>"),
            null => Html.Empty,
        };
        return Html.Of($"""
            <tr><th scope="row">{Html.Name(comparison.First)}</th><td>{Html.Name(comparison.Second)}</td><td class="number"><strong>{Words.Number(difference.Value, format)}</strong></td><td class="number">{interval}</td><td class="number">{Words.Number(comparison.PValue, "0.####")}</td><td class="number">{(comparison.Questions is { } questions ? Words.Count(questions) : "–")}</td><td>{verdict}</td></tr>

            """);
    }
}
