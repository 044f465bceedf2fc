using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Leaderboards;
using ArenaBench.Core.Runs;
using ArenaBench.Functions.Viewer;

namespace ArenaBench.Functions.Reports;

/// <summary>The tables of a report: what the leaderboard and the manifest say, without links.</summary>
internal static class ReportTables
{
    public static Html Notes(Board board) => Html.If(board.Notes.Count > 0, () => Html.Of($"<ul>{Html.Each(board.Notes, note => Html.Of($"<li>{note.Message}</li>"))}</ul>"));

    public static Html Method(FrozenRun run, Board board, RunManifest manifest)
    {
        var spec = run.Spec;
        var how = spec.Judging.Mode == JudgingMode.Pairwise ? "Two games against a baseline for each question, positions swapped" : "One rating from 1 to 10 for each answer";
        var bootstrap = board.Bootstrap;
        return Html.Of($"""
            <dl class="facts">
            <div><dt>Judging</dt><dd>{how}</dd></div>
            <div><dt>Judges</dt><dd>{Names(spec.Judges.Select(judge => judge.Name))}</dd></div>
            {Html.If(spec.BaselineModels.Count > 0, () => Html.Of($"<div><dt>Baseline</dt><dd>{Names(spec.BaselineModels.Select(model => model.Name))}</dd></div>"))}
            <div><dt>Questions</dt><dd>{Words.Count(spec.QuestionCount)}</dd></div>
            <div><dt>Intervals</dt><dd>{Words.Number(100 * bootstrap.Confidence, "0.##")}%, {Words.Count(bootstrap.Rounds)} rounds by {Words.Of(bootstrap.Unit.ToString())}, seed {bootstrap.Seed}</dd></div>
            <div><dt>ArenaBench</dt><dd>{spec.Version}</dd></div>
            </dl>
            <p class="quiet">Questions <code>{spec.QuestionsHash}</code>{Html.Each(manifest.PromptHashes.OrderBy(entry => entry.Key, StringComparer.Ordinal), entry => Html.Of($" · prompt for {Html.Name(entry.Key)} <code>{entry.Value}</code>"))}</p>
            """);
    }

    public static Html Failures(Leaderboard leaderboard) => leaderboard.Failures.Count == 0
        ? Html.Of($"<p>None.</p>")
        : Html.Of($"""
            <div class="wide"><table><thead><tr><th scope="col">Model</th><th scope="col">Records that failed</th></tr></thead>
            <tbody>{Html.Each(leaderboard.Failures.OrderBy(entry => entry.Key, StringComparer.Ordinal), entry => Html.Of(
                $"<tr><th scope='row'>{Html.Name(entry.Key)}</th><td>{Html.Each(entry.Value.OrderBy(reason => reason.Key, StringComparer.Ordinal), reason => Html.Of($"<span class='chip warn'>{Words.Of(reason.Key)}: {Words.Count(reason.Value)}</span> "))}</td></tr>"))}</tbody></table></div>
            """);

    public static Html Costs(RunManifest manifest) => Html.Of($"""
        <div class="wide"><table>
        <thead><tr><th scope="col">Model</th><th scope="col">As</th><th scope="col">Answered as</th><th scope="col">Made</th><th scope="col">Reused</th><th scope="col">Imported</th><th scope="col">Calls</th><th scope="col">Tokens in</th><th scope="col">Tokens out</th><th scope="col">US dollars</th></tr></thead>
        <tbody>{Html.Each(manifest.Models, model => Html.Of($"""
            <tr><th scope="row">{Html.Name(model.Model)}</th><td>{(model.IsJudge ? "judge" : "model")}</td><td>{Names(model.Versions)}</td><td class="number">{Words.Count(model.Made)}</td><td class="number">{Words.Count(model.Reused)}</td><td class="number">{Words.Count(model.Imported)}</td><td class="number">{Words.Count(model.Calls)}</td><td class="number">{Words.Count(model.Tokens.Input)}</td><td class="number">{Words.Count(model.Tokens.Output)}</td><td class="number">{Words.Number((double?)model.Cost, "0.0000")}</td></tr>
            """))}</tbody></table></div>
        <p class="quiet">Dollars by the prices in the endpoints file; – where it has none.</p>
        """);

    private static Html Names(IEnumerable<string> names) => Html.Each(names.Index(), name => Html.Of($"{(name.Index == 0 ? "" : ", ")}{Html.Name(name.Item)}"));
}
