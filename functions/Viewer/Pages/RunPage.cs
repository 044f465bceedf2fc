using ArenaBench.Functions.Api;

namespace ArenaBench.Functions.Viewer;

/// <summary>One run: how far each model is and how fast, what failed, and what can be done with it.</summary>
internal static class RunPage
{
    /// <param name="now">Of the page: what a run that goes has taken is counted to it.</param>
    public static Page Write(ViewLinks links, RunDetail run, Pace pace, bool hasEnded, DateTimeOffset now)
    {
        var going = RunState.IsGoing(run.Status);
        var body = Html.Of($"""
            <h1>{Html.Name(run.Benchmark)} <small>{run.Id}</small></h1>
            <div id="live"{RunState.Following(links.Run(run.Id), going, "#live")}>
            <p>{RunState.Badge(run.Status)} {Phase(links, run)}</p>
            {Html.If(run.Failure is not null, () => Html.Of($"<p class='problem'>{run.Failure}</p>"))}
            {Html.If(!links.IsReadOnly, () => RunActs.Write(links, run, hasEnded))}
            {Facts(run, pace, hasEnded, now)}
            <h2>Models</h2>
            <div class="wide" tabindex="0" role="region" aria-label="Models"><table>
            <thead><tr><th scope="col">Model</th><th scope="col">Answers</th><th scope="col">Games</th><th scope="col">Per minute</th><th scope="col">Time left</th><th scope="col">There before</th><th scope="col">Cost</th><th scope="col">Failures</th></tr></thead>
            <tbody>
            {Html.Each(run.Models.Zip(pace.ModelsPerMinute), model => Row(links, run.Id, model.First, model.Second))}</tbody></table></div>
            <p class="quiet">Answers and games are those that this run had to make; questions of which everything was there before count under “there before”.</p>
            {Failures(links, run)}
            {RunState.Refreshing(going)}
            </div>
            <p><a class="button" href="{links.Leaderboard(run.Id)}">Leaderboard</a> <a class="button" href="{links.Questions(run.Id)}">Questions</a> <a href="{links.Api($"runs/{run.Id}")}">This page as JSON</a></p>
            """);
        return new Page(run.Id, body) { Run = run.Id, Tab = Tab.Run, RefreshSeconds = going ? RunState.RefreshSeconds : null };
    }

    private static Html Facts(RunDetail run, Pace pace, bool hasEnded, DateTimeOffset now)
    {
        var took = (hasEnded ? run.Updated : now) - run.Created;
        return Html.Of($"""
            <dl class="facts">
            <div><dt>Answers</dt><dd>{Words.Count(run.Totals.AnswersDone)} of {Words.Count(run.Totals.Answers)}</dd></div>
            <div><dt>Games</dt><dd>{Words.Count(run.Totals.GamesDone)} of {Words.Count(run.Totals.Games)}</dd></div>
            {Html.If(pace.PerMinute is not null, () => Html.Of($"<div><dt>Per minute</dt><dd>{Words.Number(pace.PerMinute, "#,0")}</dd></div>"))}
            {Html.If(pace.UntilEnd is not null, () => Html.Of($"<div><dt>Time left</dt><dd>about {Words.Span(pace.UntilEnd!.Value)}</dd></div>"))}
            <div><dt>Failed records</dt><dd>{Words.Count(run.Totals.Failures.Values.Sum())}</dd></div>
            {CostFacts.Write(run.Cost)}
            <div><dt>Attempt</dt><dd>{run.Attempt}</dd></div>
            <div><dt>Started (UTC)</dt><dd>{Words.Time(run.Created)}</dd></div>
            <div><dt>{(hasEnded ? "Took" : "Has taken")}</dt><dd>{Words.Span(took)}</dd></div>
            </dl>
            """);
    }

    private static Html Phase(ViewLinks links, RunDetail run) => run switch
    {
        { WaitFor: { } other } => Html.Of($"waiting for <a href='{links.Run(other)}'>{other}</a>, which is doing part of the same work"),
        { Phase: { } phase } when !string.Equals(phase, run.Status, StringComparison.OrdinalIgnoreCase) => Html.Of($"{phase}"),
        _ => Html.Empty,
    };

    private static Html Row(ViewLinks links, string run, ModelDetail model, double? perMinute)
    {
        var totals = model.Totals;
        var left = Pace.Left(totals) > 0 ? Pace.TimeLeft(totals, perMinute) : null;
        return Html.Of($"""
            <tr><th scope="row"><a href="{links.Questions(run, ("model", model.Model))}">{Html.Name(model.Model)}</a></th><td>{Bar("answers of " + model.Model, totals.AnswersDone, totals.Answers)}</td><td>{Bar("games of " + model.Model, totals.GamesDone, totals.Games)}</td><td class="number">{Words.Number(perMinute, "#,0")}</td><td class="number">{(left is { } time ? Words.Span(time) : "–")}</td><td class="number">{Words.Count(model.Settled)}</td><td class="number">{CostFacts.Of(model.Cost)}</td><td>{RunState.Failures(totals.Failures)}</td></tr>

            """);
    }

    private static Html Bar(string what, int done, int all) => all == 0
        ? Html.Of($"<span class='quiet'>none to make</span>")
        : Html.Of($"<progress aria-label='{what}' value='{done}' max='{all}'></progress> <span class='number'>{Words.Count(done)} / {Words.Count(all)}</span>");

    private static Html Failures(ViewLinks links, RunDetail run)
    {
        var failures = run.Totals.Failures.Where(failure => failure.Value > 0).OrderByDescending(failure => failure.Value).ThenBy(failure => failure.Key, StringComparer.Ordinal).ToArray();
        return failures.Length == 0 ? Html.Empty : Html.Of($"""
            <h2>Failures by reason</h2>
            <ul>{Html.Each(failures, failure => Html.Of($"<li><a href='{links.Questions(run.Id, ("status", "failed"), ("reason", Words.Snake(failure.Key)))}'>{Words.Of(failure.Key)}</a>: {Words.Count(failure.Value)}</li>"))}</ul>
            """);
    }
}
