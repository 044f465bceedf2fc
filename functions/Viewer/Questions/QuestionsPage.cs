using System.Globalization;
using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Rendering;
using ArenaBench.Core.Runs;
using ArenaBench.Functions.Browsing;

namespace ArenaBench.Functions.Viewer;

/// <summary>The list of questions, one row for each model's answer, filtered.</summary>
internal static class QuestionsPage
{
    private const int Size = 50;
    private const int Preview = 140;

    public static Page Write(ViewLinks links, FrozenRun run, QuestionFilter filter, IReadOnlyList<QuestionRow> rows, IReadOnlyList<QuestionRow> all)
    {
        var id = run.Spec.Run;
        (string Value, string Text)[] reasons = [.. all.SelectMany(Verdicts.Reasons).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(reason => (reason, Words.Of(reason)))];
        var number = links.IsSite ? PageNumber.Whole(rows.Count) : PageNumber.Of(links, rows.Count, Size);
        var list = filter.Search.Problem is { } problem
            ? Html.Of($"<p class='problem'>{problem}</p>")
            : rows.Count == 0
            ? Html.Of($"<p>{(all.Count == 0 ? "The run has no records yet." : "No answer fits this filter.")} <a href='{links.Questions(id)}'>Show all</a></p>")
            : Html.Of($"""
                <div class="wide" tabindex="0" role="region" aria-label="Answers"><table class="questions">
                <thead><tr><th scope="col">#</th><th scope="col">Question</th><th scope="col">Category</th><th scope="col">Model</th><th scope="col">Result</th><th scope="col">Tokens</th><th scope="col">Seconds</th></tr></thead>
                <tbody>
                {Html.Each(rows.Skip(number.First).Take(number.Size), row => Row(links, run, filter, row))}</tbody></table></div>
                """);
        var body = Html.Of($"""
            <h1>{Html.Name(run.Spec.Benchmark)} <small>questions and answers</small></h1>
            {(links.IsSite ? Html.Of($"{SiteFilter.Models(links, run, filter.Model)}{SiteFilter.Write(run)}") : Fields(links, run, reasons))}
            <div id="results">
            <p class="quiet" role="status">{Words.Count(rows.Count)} of {Words.Count(all.Count)} answers.</p>
            {list}
            {number.Links(page => links.Questions(id, [.. filter.Query, ("page", page.ToString(CultureInfo.InvariantCulture))]))}
            </div>
            """);
        return new Page("Questions of " + id, body) { Run = id, Tab = Tab.Questions };
    }

    /// <summary>In the place of a list that is too long for one page: the models, each with its own.</summary>
    public static Page WriteModels(ViewLinks links, FrozenRun run, IReadOnlyList<QuestionRow> all) => new("Questions of " + run.Spec.Run, Html.Of($"""
        <h1>{Html.Name(run.Spec.Benchmark)} <small>questions and answers</small></h1>
        <p>{Words.Count(all.Count)} answers, listed by model:</p>
        {SiteFilter.Models(links, run, null)}
        """)) { Run = run.Spec.Run, Tab = Tab.Questions };

    private static Html Fields(ViewLinks links, FrozenRun run, (string Value, string Text)[] reasons)
    {
        var categories = run.Questions.Select(frozen => frozen.Question.Category).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        var pairwise = run.Spec.Judging.Mode == JudgingMode.Pairwise;
        (string Value, string Text)[] models = [.. run.Spec.AnsweringModels.Select(model => (model.Name, HiddenCharacters.Show(model.Name)))];
        return Html.Of($"""
            <form class="options" method="get" action="{links.Questions(run.Spec.Run)}"{Form.Swapping(links.QuestionsForm(run.Spec.Run), "#results")}>{links.KeyField()}
            {Form.Search(links, "q", "Question holds")}
            {Form.Check(links, "regex", "regular expression")}
            {Form.Select(links, "model", "Model", "all", models)}
            {Html.If(categories.Length > 1, () => Form.Select(links, "category", "Category", "all", [.. categories.Select(category => (category, category))]))}
            {Html.If(pairwise, () => Form.Select(links, "verdict", "Verdict", "any", QuestionFilter.Verdicts))}
            {Html.If(!pairwise, () => Html.Of($"{Form.Number(links, "min", "Rating from", 1, 10, "any")}{Form.Number(links, "max", "to", 1, 10, "any")}"))}
            {Html.If(!pairwise && run.Spec.Judges.Count > 1, () => Form.Select(links, "verdict", "Judges", "any", [("judges_disagree", "disagree")]))}
            {Form.Select(links, "status", "Status", "any", QuestionFilter.Statuses)}
            {Html.If(reasons.Length > 0, () => Form.Select(links, "reason", "Failed with", "any", reasons))}
            {Html.If(models.Length > 1, () => Html.Of($"{Form.Select(links, "better", "Where", "any model", models)}{Form.Select(links, "than", "is better than", "–", models)}"))}
            <button>Filter</button> <a href="{links.Questions(run.Spec.Run)}">Clear</a>
            </form>
            """);
    }

    private static Html Row(ViewLinks links, FrozenRun run, QuestionFilter filter, QuestionRow row)
    {
        var question = run.Questions[row.Question].Question;
        return Html.Of($"""
            <tr><td class="number">{row.Question}</td><th scope="row"><a dir="auto" href="{links.Question(run.Spec.Run, row.Question, [("of", row.Model), .. filter.Query])}">{FirstWords(question.Turns[0])}</a></th><td>{Html.Name(question.Category)}</td><td>{Html.Name(row.Model)}</td><td>{ResultBadges.Of(row)}</td><td class="number">{(row.Answer?.Usage is { } usage ? Words.Count(usage.Output) : "–")}</td><td class="number">{Words.Number(row.Answer?.LatencyMs / 1000, "0.0")}</td></tr>

            """);
    }

    internal static string FirstWords(string text)
    {
        var line = string.Join(' ', text[..Math.Min(text.Length, 4 * Preview)].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var shown = HiddenCharacters.Show(line);
        if (shown.Length == 0)
            return "(empty)";
        var cut = Math.Min(shown.Length, Preview);
        return cut == shown.Length ? shown : shown[..(char.IsHighSurrogate(shown[cut - 1]) ? cut - 1 : cut)] + "…";
    }
}
