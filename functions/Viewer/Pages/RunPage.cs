using ArenaBench.Functions.Api;

namespace ArenaBench.Functions.Viewer;

/// <summary>One run: how far each model is, and what failed.</summary>
internal static class RunPage
{
    public static Page Write(ViewLinks links, RunDetail run, bool hasEnded, DateTimeOffset now)
    {
        var going = RunState.IsGoing(run.Status);
        var took = (hasEnded ? run.Updated : now) - run.Created;
        var body = Html.Of($"""
            <h1>{Html.Name(run.Benchmark)} <small>{run.Id}</small></h1>
            <p>{RunState.Badge(run.Status)} {Phase(links, run)}</p>
            {Html.If(run.Failure is not null, () => Html.Of($"<p class='problem'>{run.Failure}</p>"))}
            {RunState.Refreshing(going)}
            <dl class="facts">
            <div><dt>Answers</dt><dd>{Words.Count(run.Totals.AnswersDone)} of {Words.Count(run.Totals.Answers)}</dd></div>
            <div><dt>Games</dt><dd>{Words.Count(run.Totals.GamesDone)} of {Words.Count(run.Totals.Games)}</dd></div>
            <div><dt>Failed records</dt><dd>{Words.Count(run.Totals.Failures.Values.Sum())}</dd></div>
            <div><dt>Attempt</dt><dd>{run.Attempt}</dd></div>
            <div><dt>Started (UTC)</dt><dd>{Words.Time(run.Created)}</dd></div>
            <div><dt>{(hasEnded ? "Took" : "Has taken")}</dt><dd>{Words.Span(took)}</dd></div>
            </dl>
            <h2>Models</h2>
            <div class="wide"><table>
            <thead><tr><th scope="col">Model</th><th scope="col">Answers</th><th scope="col">Games</th><th scope="col">There before</th><th scope="col">Failures</th></tr></thead>
            <tbody>
            {Html.Each(run.Models, model => Row(links, run.Id, model))}</tbody></table></div>
            <p class="quiet">Answers and games are those that this run had to make; questions of which everything was there before count under “there before”.</p>
            <p><a class="button" href="{links.Leaderboard(run.Id)}">Leaderboard</a> <a class="button" href="{links.Questions(run.Id)}">Questions</a> <a href="{links.Api($"runs/{run.Id}")}">This page as JSON</a></p>
            """);
        return new Page(run.Id, body) { Run = run.Id, Tab = Tab.Run, RefreshSeconds = going ? RunState.RefreshSeconds : null };
    }

    private static Html Phase(ViewLinks links, RunDetail run) => run switch
    {
        { WaitFor: { } other } => Html.Of($"waiting for <a href='{links.Run(other)}'>{other}</a>, which is doing part of the same work"),
        { Phase: { } phase } when !string.Equals(phase, run.Status, StringComparison.OrdinalIgnoreCase) => Html.Of($"{phase}"),
        _ => Html.Empty,
    };

    private static Html Row(ViewLinks links, string run, ModelDetail model)
    {
        var totals = model.Totals;
        return Html.Of($"""
            <tr><th scope="row"><a href="{links.Questions(run, ("model", model.Model))}">{Html.Name(model.Model)}</a></th><td>{Bar(totals.AnswersDone, totals.Answers)}</td><td>{Bar(totals.GamesDone, totals.Games)}</td><td>{Words.Count(model.Settled)}</td><td>{RunState.Failures(totals.Failures)}</td></tr>

            """);
    }

    private static Html Bar(int done, int all) => all == 0
        ? Html.Of($"<span class='quiet'>none to make</span>")
        : Html.Of($"<progress value='{done}' max='{all}'></progress> <span class='number'>{Words.Count(done)} / {Words.Count(all)}</span>");
}
