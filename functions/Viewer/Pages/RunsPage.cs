using ArenaBench.Core.Runs;
using ArenaBench.Functions.Api;
using ArenaBench.Functions.Orchestrators;

namespace ArenaBench.Functions.Viewer;

internal sealed record ListedRun(RunSummary Run, RunSpec? Spec);

/// <summary>All runs, newest first.</summary>
internal static class RunsPage
{
    public const int Size = 50;

    public static Page Write(ViewLinks links, IReadOnlyList<ListedRun> runs, PageNumber number)
    {
        var going = runs.Any(listed => RunState.IsGoing(listed.Run.Status));
        var body = runs.Count == 0
            ? Html.Of($"<h1>Runs</h1><p>There is no run yet. <a href='{links.Start()}'>Start one</a>, here or with <code>arena run SPEC.yaml</code>, or try <code>arena demo</code>.</p>")
            : Html.Of($"""
                <h1>Runs</h1>
                {Html.If(!links.IsReadOnly, () => Html.Of($"<p><a class='button' href='{links.Start()}'>Start a run</a></p>"))}
                <div id="list"{RunState.Following(links.RunsPage(number.Current), going, "#list")}>
                <div class="wide" tabindex="0" role="region" aria-label="Runs"><table>
                <thead><tr><th scope="col">Run</th><th scope="col">Benchmark</th><th scope="col">Status</th><th scope="col">Progress</th><th scope="col">Started (UTC)</th><th scope="col">Changed</th><th scope="col">Leaderboard</th></tr></thead>
                <tbody>
                {Html.Each(runs, run => Row(links, run))}</tbody></table></div>
                {RunState.Refreshing(going)}
                {number.Links(links.RunsPage)}
                </div>
                """);
        return new Page("Runs", body) { Tab = Tab.Runs, RefreshSeconds = going ? RunState.RefreshSeconds : null };
    }

    private static Html Row(ViewLinks links, ListedRun listed)
    {
        var run = listed.Run;
        var models = listed.Spec is { } spec ? Html.Of($"<small>{spec.Models.Count} models · {spec.QuestionCount} questions</small>") : Html.Empty;
        return Html.Of($"""
            <tr><th scope="row"><a href="{links.Run(run.Id)}">{run.Id}</a></th><td>{Html.Name(listed.Spec?.Benchmark ?? "–")} {models}</td><td>{RunState.Badge(run.Status)}</td><td>{Progress(run)}</td><td>{Words.Time(run.Created)}</td><td>{Words.Time(run.Updated)}</td><td><a href="{links.Leaderboard(run.Id)}">open</a></td></tr>

            """);
    }

    private static Html Progress(RunSummary run)
    {
        if (run.Progress is not { } progress)
            return Html.Of($"{run.Failure ?? "–"}");
        var failed = progress.Totals.Failures.Values.Sum();
        var phase = progress.Phase == RunPhase.Completed ? "" : progress.Phase + " · ";
        return Html.Of($"{phase}{progress.ModelsEnded} of {progress.Models} models worked through{(failed > 0 ? $" · {Words.Count(failed)} records failed" : "")}");
    }
}
