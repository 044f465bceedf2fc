using ArenaBench.Core.Scoring;

namespace ArenaBench.Functions.Viewer;

/// <summary>The rows of a leaderboard with their intervals as a picture, and what each stands on.</summary>
internal static class BoardTable
{
    /// <param name="answersOf">Address of a model's answers; null: models are no links.</param>
    public static Html Write(Board board, Func<string, string>? answersOf = null)
    {
        var scale = IntervalScale.Of(board);
        return Html.Of($"""
            <div class="wide" tabindex="0" role="region" aria-label="Leaderboard"><table class="board">
            <thead><tr><th scope="col">Rank</th><th scope="col">Model</th><th scope="col">{board.ScoreName}</th><th scope="col">Interval</th><th scope="col">{scale.Ends()}</th><th scope="col">{board.CountName}</th><th scope="col">Not counted</th><th scope="col">Tokens</th></tr></thead>
            <tbody>
            {Html.Each(board.Rows, row => Row(board, scale, row, answersOf))}</tbody></table></div>
            """);
    }

    private static Html Row(Board board, IntervalScale scale, BoardRow row, Func<string, string>? answersOf)
    {
        var rank = row.Rank is null ? "–" : row.RankBest == row.RankWorst || row.RankBest is null ? $"{row.Rank}" : $"{row.Rank} ({row.RankBest}–{row.RankWorst})";
        var mark = row.IsBaseline ? Html.Of($" <span class='chip'>baseline</span>") : Html.Empty;
        var model = answersOf is null ? Html.Name(row.Model) : Html.Of($"<a href='{answersOf(row.Model)}'>{Html.Name(row.Model)}</a>");
        var interval = row.IsBaseline ? "by definition" : row.Score is { Lower: { } lower, Upper: { } upper } ? $"{Words.Number(lower, board.Format)} – {Words.Number(upper, board.Format)}" : row.Score.Absent ?? "–";
        return Html.Of($"""
            <tr><td>{rank}</td><th scope="row">{model}{mark}</th><td class="number"><strong>{Words.Number(row.Score.Value, board.Format)}</strong></td><td class="number">{interval}</td><td>{scale.Picture(row.Score)}</td><td class="number">{Standing(row.Counts)}</td><td>{NotCounted(row.Counts)}</td><td class="number">{Words.Number(row.Tokens, "0")}</td></tr>

            """);
    }

    private static string Standing(GameCounts counts) =>
        counts.Expected == 0 ? "–" : $"{Words.Count(counts.Scored)} of {Words.Count(counts.Expected)}";

    private static Html NotCounted(GameCounts counts) => Html.Of(
        $"{Html.Each(counts.Unscored.OrderBy(entry => entry.Key, StringComparer.Ordinal), entry => Chip(Words.Of(entry.Key), entry.Value))}{Chip("missing", counts.Missing)}{Chip("dropped", counts.Dropped)}");

    private static Html Chip(string what, int count) => count == 0 ? Html.Empty : Html.Of($"<span class='chip warn'>{what} {Words.Count(count)}</span> ");
}
