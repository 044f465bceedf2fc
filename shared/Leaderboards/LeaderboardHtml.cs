using System.Globalization;
using System.Net;
using ArenaBench.Core.Scoring;

namespace ArenaBench.Core.Leaderboards;

/// <summary>A leaderboard as one self-contained HTML page: nothing is loaded, nothing runs, every name is escaped.</summary>
public static class LeaderboardHtml
{
    public static string Write(Leaderboard leaderboard, bool compared = false)
    {
        var single = leaderboard.Single;
        var rows = LeaderboardRow.Of(single, leaderboard.Pairwise);
        var (format, full) = single is null ? ("0.0", 100) : ("0.00", 10);
        var remarks = LeaderboardRemarks.Of(leaderboard, compared).Select(remark => $"<li>{Text(remark)}</li>");
        return $$"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>{{Text(leaderboard.Benchmark)}} leaderboard</title>
            <style>
            body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; color-scheme: light dark }
            table { border-collapse: collapse; width: 100% } th, td { padding: .35rem .6rem; text-align: right; border-bottom: 1px solid #8884 }
            th:nth-child(2), td:nth-child(2) { text-align: left } svg { display: block }
            .track { stroke: #8886 } .interval { stroke: #2f6fde; stroke-width: 3 } .point { fill: #2f6fde }
            </style></head><body>
            <h1>{{Text(leaderboard.Benchmark)}}</h1>
            <table><thead><tr><th>#</th><th>model</th><th>{{(single is not null ? "rating" : "win rate, %")}}</th><th>{{LeaderboardRemarks.IntervalTitle(leaderboard)}}</th><th></th><th>{{(single is not null ? "rated" : "games")}}</th><th>unscored</th><th>missing</th><th>tokens</th></tr></thead>
            <tbody>
            {{string.Concat(rows.Select(row => Row(row, format, full)))}}</tbody></table>
            {{string.Concat(LeaderboardRow.PartsOf(leaderboard).Where(part => part.Parts.Count > 1).Select(part => Parts(part.Title, part.Parts, rows, format)))}}<ul>{{string.Concat(remarks)}}</ul>
            </body></html>

            """;
    }

    private static string Row(LeaderboardRow row, string format, double full)
    {
        var interval = row.Score is { Lower: { } lower, Upper: { } upper } ? $"{Number(lower, format)} – {Number(upper, format)}" : "";
        return Cells(
        [
            Number(row.Rank), Text(row.Model) + (row.IsBaseline ? " (baseline)" : ""), Number(row.Score.Value, format), interval, Picture(row.Score, full),
            Number(row.Counted), Number(row.Unscored), Number(row.Missing), Number(row.Tokens, "0"),
        ]);
    }

    private static string Parts(
        string title, IReadOnlyList<(string Name, IReadOnlyDictionary<string, Estimate> Scores)> parts, IReadOnlyList<LeaderboardRow> rows, string format) => $"""
        <h2>{title}</h2>
        <table><thead><tr><th></th><th>model</th>{string.Concat(parts.Select(part => $"<th>{Text(part.Name)}</th>"))}</tr></thead>
        <tbody>
        {string.Concat(rows.Select(row => Cells(["", Text(row.Model), .. parts.Select(part => Number(part.Scores.GetValueOrDefault(row.Model)?.Value, format))])))}</tbody></table>

        """;

    private static string Cells(IEnumerable<string> cells) => "<tr>" + string.Concat(cells.Select(cell => $"<td>{cell}</td>")) + "</tr>\n";

    private static string Picture(Estimate estimate, double full)
    {
        if (estimate.Value is not { } value)
            return "";
        double X(double? at) => Math.Round(160 * Math.Clamp((at ?? value) / full, 0, 1), 1);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"<svg width=\"164\" height=\"12\" role=\"img\" aria-label=\"interval\"><path class=\"track\" d=\"M2 6H162\"/><path class=\"interval\" d=\"M{2 + X(estimate.Lower)} 6H{2 + X(estimate.Upper)}\"/><circle class=\"point\" cx=\"{2 + X(value)}\" cy=\"6\" r=\"4\"/></svg>");
    }

    private static string Number(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "";

    private static string Number(int? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
