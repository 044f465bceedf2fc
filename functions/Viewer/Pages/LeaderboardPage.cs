using ArenaBench.Core.Leaderboards;
using ArenaBench.Core.Runs;
using ArenaBench.Core.Scoring;

namespace ArenaBench.Functions.Viewer;

/// <summary>A leaderboard with its intervals, what it stands on, and the options that it can be asked with.</summary>
internal static class LeaderboardPage
{
    public static Page Write(ViewLinks links, FrozenRun run, Leaderboard leaderboard, bool isFinal)
    {
        var id = run.Spec.Run;
        var board = Board.Of(leaderboard);
        var api = $"runs/{id}/leaderboard";
        var query = links.Query.Select(option => (option.Name, (string?)option.Value)).ToArray();
        var body = Html.Of($"""
            <h1>{Html.Name(leaderboard.Benchmark)} <small>leaderboard</small></h1>
            {Html.If(!isFinal, () => Html.Of($"<p class='problem'>The run has not ended: this is what its records say so far.</p>"))}
            {LeaderboardForm.Write(links, run)}
            <div id="board">
            <p>{Summary(board, leaderboard)}</p>
            {Table(links, id, board)}
            {LeaderboardChart.Write(run, leaderboard, board)}
            {Failures(leaderboard)}
            {Notes(board)}
            {WinRateTable.Write(leaderboard.Pairwise)}
            {CategoryTable.Write(links, id, leaderboard)}
            <p>Download: <a href="{links.Api(api, query)}">JSON</a> · <a href="{links.Api(api, [.. query, ("format", "csv")])}">CSV</a></p>
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

    private static Html Table(ViewLinks links, string run, Board board)
    {
        var scale = IntervalScale.Of(board);
        return Html.Of($"""
            <div class="wide" tabindex="0" role="region" aria-label="Leaderboard"><table class="board">
            <thead><tr><th scope="col">Rank</th><th scope="col">Model</th><th scope="col">{board.ScoreName}</th><th scope="col">Interval</th><th scope="col">{scale.Ends()}</th><th scope="col">{board.CountName}</th><th scope="col">Not counted</th><th scope="col">Tokens</th></tr></thead>
            <tbody>
            {Html.Each(board.Rows, row => Row(links, run, board, scale, row))}</tbody></table></div>
            """);
    }

    private static Html Row(ViewLinks links, string run, Board board, IntervalScale scale, BoardRow row)
    {
        var rank = row.Rank is null ? "–" : row.RankBest == row.RankWorst || row.RankBest is null ? $"{row.Rank}" : $"{row.Rank} ({row.RankBest}–{row.RankWorst})";
        var mark = row.IsBaseline ? Html.Of($" <span class='chip'>baseline</span>") : Html.Empty;
        var interval = row.IsBaseline ? "by definition" : row.Score is { Lower: { } lower, Upper: { } upper } ? $"{Words.Number(lower, board.Format)} – {Words.Number(upper, board.Format)}" : row.Score.Absent ?? "–";
        return Html.Of($"""
            <tr><td>{rank}</td><th scope="row"><a href="{links.Questions(run, ("model", row.Model))}">{Html.Name(row.Model)}</a>{mark}</th><td class="number"><strong>{Words.Number(row.Score.Value, board.Format)}</strong></td><td class="number">{interval}</td><td>{scale.Picture(row.Score)}</td><td class="number">{Standing(row.Counts)}</td><td>{NotCounted(row.Counts)}</td><td class="number">{Words.Number(row.Tokens, "0")}</td></tr>

            """);
    }

    private static string Standing(GameCounts counts) =>
        counts.Expected == 0 ? "–" : $"{Words.Count(counts.Scored)} of {Words.Count(counts.Expected)}";

    private static Html NotCounted(GameCounts counts) => Html.Of(
        $"{Html.Each(counts.Unscored.OrderBy(entry => entry.Key, StringComparer.Ordinal), entry => Chip(Words.Of(entry.Key), entry.Value))}{Chip("missing", counts.Missing)}{Chip("dropped", counts.Dropped)}");

    private static Html Chip(string what, int count) => count == 0 ? Html.Empty : Html.Of($"<span class='chip warn'>{what} {Words.Count(count)}</span> ");

    private static Html Failures(Leaderboard leaderboard) => leaderboard.Failures.Count == 0 ? Html.Empty : Html.Of($"""
        <h2>Records that failed</h2>
        <ul>{Html.Each(leaderboard.Failures, model => Html.Of($"<li>{Html.Name(model.Key)}: {RunState.Failures(model.Value)}</li>"))}</ul>
        """);

    private static Html Notes(Board board) => board.Notes.Count == 0 ? Html.Empty : Html.Of($"""
        <h2>What to know when reading it</h2>
        <ul>{Html.Each(board.Notes, note => Html.Of($"<li>{note.Message}</li>"))}</ul>
        """);
}
