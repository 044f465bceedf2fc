using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Rendering;
using ArenaBench.Functions.Api;

namespace ArenaBench.Functions.Viewer;

/// <summary>The form of a new run.</summary>
internal static class StartPage
{
    private static readonly IReadOnlyList<(string Value, string Text)> Works =
        [("both", "answer and judge"), ("answer", "answer only"), ("judge", "judge answers that are there"), ("reference", "make reference answers")];

    public static Page Write(ViewLinks links, StartChoices choices, StartForm form, RunPreview? estimate, IReadOnlyList<string> problems)
    {
        var body = choices.Benchmarks.Count == 0
            ? Html.Of($"<h1>Start a run</h1><p>There is no benchmark yet. Import one with <code>arena import FOLDER</code> or <code>PUT /api/benchmarks/NAME</code>.</p>")
            : Html.Of($"""
                <h1>Start a run</h1>
                {Problems(choices.Problems)}
                {Benchmarks(links, choices)}
                {Html.If(choices.Benchmark is not null, () => Fields(links, choices, choices.Benchmark!, form, estimate, problems))}
                """);
        return new Page("Start a run", body) { Tab = Tab.Start };
    }

    private static Html Problems(IReadOnlyList<string> problems) => Html.If(
        problems.Count > 0, () => Html.Of($"<ul class='problems' role='alert'>{Html.Each(problems, problem => Html.Of($"<li>{problem}</li>"))}</ul>"));

    private static Html Benchmarks(ViewLinks links, StartChoices choices) => Html.Of($"""
        <form class="options" method="get" action="{links.Start()}" hx-get="{links.StartForm()}" hx-trigger="change" hx-select="#main" hx-target="#main" hx-swap="outerHTML" hx-push-url="true">{links.KeyField()}
        <label>Benchmark <select name="benchmark">{Html.If(choices.Benchmark is null, () => Html.Of($"<option value=''>choose</option>"))}{Html.Each(choices.Benchmarks, name => Form.Option(name, name, name == choices.Benchmark?.Name))}</select></label>
        <button class="plain">Choose</button>
        {Html.If(choices.Benchmark is not null, () => Html.Of($"<p class='quiet'>{choices.Benchmark!.Title ?? ""} {Words.Count(choices.Benchmark.Questions.Count)} questions, {(choices.Benchmark.Judging.Mode == JudgingMode.Pairwise ? "two games against a baseline" : "ratings from 1 to 10")}.</p>"))}
        </form>
        """);

    private static Html Fields(
        ViewLinks links, StartChoices choices, Benchmark benchmark, StartForm form, RunPreview? estimate, IReadOnlyList<string> problems)
    {
        var models = choices.Models.Union(benchmark.Generation.ModelList).Union(choices.Answered).ToArray();
        var judges = choices.Models.Union(benchmark.Judging.JudgeModels).ToArray();
        return Html.Of($"""
            <form id="start" class="start" method="post" action="{links.Start()}" hx-post="{links.Start()}" hx-trigger="{(form.Text("models") is null ? "" : "load, ")}change delay:300ms" hx-select="#estimate" hx-target="#estimate" hx-swap="outerHTML" hx-sync="this:replace">
            <input type="hidden" name="benchmark" value="{benchmark.Name}">
            {Checks(form, "models", "Models", models, None(benchmark.Generation.ModelList))}
            {Checks(form, "judges", "Judges", judges, None(benchmark.Judging.JudgeModels))}
            <fieldset><legend>Work</legend>
            {Select(form, "what", "What to do", Works)}
            {Html.If(benchmark.Judging.Mode == JudgingMode.Pairwise, () => Select(form, "baseline", "Baseline", [("", benchmark.Judging.Baseline is { } own ? $"{own} (as configured)" : "as configured"), .. models.Select(model => (model, model))]))}
            {Text(form, "id", "Name of the run", "made up", @"[a-z0-9\-]{1,64}")}
            {Html.If(choices.EndpointFiles.Count > 1, () => Select(form, "endpoints", "Endpoints file", [("", "endpoints.yaml"), .. choices.EndpointFiles.Where(file => file != "endpoints.yaml").Select(file => (file, file))]))}
            </fieldset>
            <fieldset><legend>Questions</legend>
            {Number(form, "begin", "From number", "0", "0", "1")}{Number(form, "end", "To (left out)", Words.Count(benchmark.Questions.Count), "1", "1")}
            {Html.If(benchmark.Categories.Count > 1, () => Html.Of($"<div class='checks'>{Html.Each(benchmark.Categories, category => Check(form, "categories", category))}</div><p class='quiet'>No category chosen: all.</p>"))}
            </fieldset>
            <details class="more"{Html.If(HasLimits(form), () => Html.Of($" open"))}><summary>Limits and settings</summary><fieldset><legend>Limits and settings</legend>
            {Number(form, "budget_usd", "Budget, US dollars", "none", "0", "any")}{Number(form, "budget_tokens", "Budget, tokens", "none", "1", "1")}{Number(form, "parallel", "Calls at once, per model", "as configured", "1", "1")}{Number(form, "max_tokens", "Tokens of an answer", "as configured", "1", "1")}{Number(form, "temperature", "Temperature", "as configured", "0", "0.05")}{Number(form, "choices", "Answers per question", "as configured", "1", "1")}{Number(form, "rounds", "Bootstrap rounds", "1000", "0", "1")}{Number(form, "seed", "Seed", "42", "0", "1")}
            <label class="check"><input type="checkbox" name="strict" value="1"{Html.If(form.Has("strict", "1"), () => Html.Of($" checked"))}> Make imported records again</label>
            </fieldset></details>
            <section class="estimate" aria-labelledby="would"><h2 id="would">What it would do</h2>
            <div id="estimate" aria-live="polite">{Problems(problems)}{EstimateText.Write(estimate)}</div>
            <p><button name="do" value="estimate" class="plain">Estimate</button> <button name="do" value="start">Start the run</button></p></section>
            </form>
            """);
    }

    private static string None(IReadOnlyList<string> named) => named.Count == 0
        ? "The benchmark names none: choose some. Only judging takes all that have answers."
        : $"None chosen: those that the benchmark names, {string.Join(", ", named.Select(HiddenCharacters.Show))}.";

    private static bool HasLimits(StartForm form) =>
        ((string[])["budget_usd", "budget_tokens", "parallel", "max_tokens", "temperature", "choices", "rounds", "seed", "strict"]).Any(name => form.Text(name) is not null);

    private static Html Checks(StartForm form, string name, string legend, IReadOnlyList<string> values, string none) => Html.Of($"""
        <fieldset><legend>{legend}</legend><div class="checks">{Html.Each(values, value => Check(form, name, value))}</div><p class="quiet">{none}</p></fieldset>
        """);

    private static Html Check(StartForm form, string name, string value) => Html.Of(
        $"<label class='check'><input type='checkbox' name='{name}' value='{value}'{Html.If(form.Has(name, value), () => Html.Of($" checked"))}> {Html.Name(value)}</label>");

    private static Html Select(StartForm form, string name, string label, IReadOnlyList<(string Value, string Text)> values) => Html.Of(
        $"<label>{label} <select name='{name}'>{Html.Each(values, value => Form.Option(value.Value, value.Text, form.Text(name) == value.Value))}</select></label>");

    private static Html Text(StartForm form, string name, string label, string none, string pattern) => Html.Of(
        $"<label>{label} <input name='{name}' value='{form.Text(name)}' placeholder='{none}' pattern='{pattern}' autocomplete='off'></label>");

    private static Html Number(StartForm form, string name, string label, string none, string lowest, string step) => Html.Of(
        $"<label>{label} <input type='number' name='{name}' value='{form.Text(name)}' placeholder='{none}' min='{lowest}' step='{step}'></label>");
}
