using System.Text.Json.Nodes;
using ArenaBench.Core.Leaderboards;
using ArenaBench.Core.Rendering;
using ArenaBench.Core.Runs;

namespace ArenaBench.Functions.Viewer;

/// <summary>What the chart's script draws and saves. Without script the table's own pictures say the same.</summary>
internal static class LeaderboardChart
{
    public static Html Write(FrozenRun run, Leaderboard leaderboard, Board board)
    {
        var rows = board.Rows.Where(row => row.Score.Value is not null).ToArray();
        return Html.If(rows.Length > 0 && ViewerAssets.Has(ViewerAssets.Chart), () => Html.Of($"""
            <figure id="chart" hidden data-chart="{Data(run, leaderboard, board, rows)}">
            <div class="drawn" role="img" aria-label="The scores and intervals of the table above as a chart"></div>
            <figcaption><button type="button" class="plain" data-save="svg">Save as SVG</button> <button type="button" class="plain" data-save="png">Save as PNG</button></figcaption>
            </figure>
            """));
    }

    private static string Data(FrozenRun run, Leaderboard leaderboard, Board board, IReadOnlyList<BoardRow> rows) => new JsonObject
    {
        ["title"] = leaderboard.Benchmark,
        ["file"] = $"leaderboard-{run.Spec.Run}",
        ["score"] = board.ScoreName,
        ["axis"] = leaderboard.Pairwise?.Baseline is { } baseline ? $"{board.ScoreName} against {HiddenCharacters.Show(baseline)}" : board.ScoreName,
        ["digits"] = board.Format.Length - "0.".Length,
        ["full"] = board.Full,
        ["rows"] = new JsonArray([.. rows.Select(row => new JsonObject
        {
            ["name"] = HiddenCharacters.Show(row.Model),
            ["value"] = row.Score.Value,
            ["lower"] = row.IsBaseline ? null : row.Score.Lower,
            ["upper"] = row.IsBaseline ? null : row.Score.Upper,
        })]),
    }.ToJsonString();
}
