using System.Security.Cryptography;
using System.Text;
using ArenaBench.Core.Leaderboards;
using ArenaBench.Core.Runs;
using ArenaBench.Functions.Browsing;
using ArenaBench.Functions.Viewer;

namespace ArenaBench.Functions.Reports;

/// <summary>A run's report as one HTML file: nothing is loaded, no script runs, every text of a model is rendered as in the viewer.</summary>
internal static class ReportPage
{
    private static readonly string s_style = Encoding.UTF8.GetString(ViewerAssets.ContentOf(ViewerAssets.StyleSheet));

    /// <summary>Of the page itself and of the answer that brings it: the one style sheet inside it, and nothing else.</summary>
    public static string Policy { get; } =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(s_style)))}'; base-uri 'none'; form-action 'none'";

    public static string Write(
        FrozenRun run, Leaderboard leaderboard, RunManifest manifest, IReadOnlyList<(ReportSample Sample, ShownQuestion Shown)> samples)
    {
        var board = Board.Of(leaderboard);
        // The style sheet is this project's own; everything else is encoded.
        return $"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="{Policy}"><meta name="referrer" content="no-referrer">
            <title>{Html.Of($"{leaderboard.Benchmark} · {run.Spec.Run}")}</title>
            <style>{s_style}</style></head><body><main>
            {Html.Of($"""
            <h1>{Html.Name(leaderboard.Benchmark)} <small>report of run {run.Spec.Run}{Attempt(run)}</small></h1>
            <h2>Leaderboard</h2>
            {BoardTable.Write(board)}
            {ReportTables.Notes(board)}
            {DifferenceTable.Write(leaderboard)}
            {CategoryTable.Write(leaderboard, board)}
            <h2>Method</h2>
            {ReportTables.Method(run, board, manifest)}
            <h2>Failures</h2>
            {ReportTables.Failures(leaderboard)}
            <h2>Calls and cost</h2>
            {ReportTables.Costs(manifest)}
            <h2>Samples</h2>
            {Html.Each(samples, sample => ReportTexts.Sample(sample.Sample, sample.Shown))}
            """)}</main></body></html>

            """;
    }

    private static string Attempt(FrozenRun run) => run.Spec.Attempt == 1 ? "" : $", attempt {run.Spec.Attempt}";
}
