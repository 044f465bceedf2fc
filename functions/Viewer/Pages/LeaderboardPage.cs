using ArenaBench.Core.Leaderboards;
using ArenaBench.Core.Runs;

namespace ArenaBench.Functions.Viewer;

/// <summary>A leaderboard with its intervals, what it stands on, and the options that it can be asked with.</summary>
internal static class LeaderboardPage
{
    public static Page Write(ViewLinks links, FrozenRun run, Leaderboard leaderboard, bool isFinal)
    {
        var id = run.Spec.Run;
        var board = Board.Of(leaderboard);
        var body = Html.Of($"""
            <h1>{Html.Name(leaderboard.Benchmark)} <small>leaderboard</small></h1>
            {Html.If(!isFinal, () => Html.Of($"<p class='problem'>The run has not ended: this is what its records say so far.</p>"))}
            {Html.If(!links.IsSite, () => LeaderboardForm.Write(links, run))}
            <div id="board">
            <p>{Summary(board, leaderboard)}</p>
            {BoardTable.Write(board, model => links.Questions(id, ("model", model)))}
            {LeaderboardChart.Write(run, leaderboard, board)}
            {DifferenceTable.Write(leaderboard)}
            {Failures(leaderboard)}
            {Notes(board)}
            {WinRateTable.Write(leaderboard.Pairwise)}
            {CategoryTable.Write(leaderboard, board, links.IsSite ? null : category => links.Leaderboard(id, ("category", category)))}
            <p>Download: <a href="{links.LeaderboardData(id, "json")}">JSON</a> · <a href="{links.LeaderboardData(id, "csv")}">CSV</a></p>
            </div>
            """);
        return new Page("Leaderboard of " + id, body) { Run = id, Tab = Tab.Leaderboard, Assets = [ViewerAssets.Chart] };
    }

    private static Html Summary(Board board, Leaderboard leaderboard)
    {
        var bootstrap = board.Bootstrap;
        var interval = bootstrap.Rounds == 0
            ? "no intervals"
            : $"{Words.Number(100 * bootstrap.Confidence, "0.##")}% intervals from {Words.Count(bootstrap.Rounds)} bootstrap rounds by {Words.Of(bootstrap.Unit.ToString())}, seed {bootstrap.Seed}";
        var against = leaderboard.Pairwise?.Baseline is { } baseline ? Html.Of($" Win rates are against {Html.Name(baseline)}.") : Html.Empty;
        var judges = Html.Each(board.Judges.Index(), judge => Html.Of($"{(judge.Index == 0 ? "" : ", ")}{Html.Name(judge.Item)}"));
        return Html.Of($"{board.ScoreName}: {interval}.{against} Judged by {judges}.");
    }

    private static Html Failures(Leaderboard leaderboard) => leaderboard.Failures.Count == 0 ? Html.Empty : Html.Of($"""
        <h2>Records that failed</h2>
        <ul>{Html.Each(leaderboard.Failures, model => Html.Of($"<li>{Html.Name(model.Key)}: {RunState.Failures(model.Value)}</li>"))}</ul>
        """);

    private static Html Notes(Board board) => board.Notes.Count == 0 ? Html.Empty : Html.Of($"""
        <h2>What to know when reading it</h2>
        <ul>{Html.Each(board.Notes, note => Html.Of($"<li>{note.Message}</li>"))}</ul>
        """);
}
