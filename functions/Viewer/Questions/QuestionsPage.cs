using System.Globalization;
using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Rendering;
using ArenaBench.Core.Runs;

namespace ArenaBench.Functions.Viewer;

/// <summary>The list of questions, one row for each model's answer, filtered.</summary>
internal static class QuestionsPage
{
    private const int Size = 50;
    private const int Preview = 140;

    public static Page Write(ViewLinks links, FrozenRun run, QuestionFilter filter, IReadOnlyList<QuestionRow> rows, int all)
    {
        var id = run.Spec.Run;
        var number = PageNumber.Of(links, rows.Count, Size);
        var list = rows.Count == 0
            ? Html.Of($"<p>{(all == 0 ? "The run has no records yet." : "No answer fits this filter.")} <a href='{links.Questions(id)}'>Show all</a></p>")
            : Html.Of($"""
                <div class="wide"><table class="questions">
                <thead><tr><th scope="col">#</th><th scope="col">Question</th><th scope="col">Category</th><th scope="col">Model</th><th scope="col">Result</th></tr></thead>
                <tbody>
                {Html.Each(rows.Skip(number.First).Take(Size), row => Row(links, run, filter, row))}</tbody></table></div>
                """);
        var body = Html.Of($"""
            <h1>{Html.Name(run.Spec.Benchmark)} <small>questions and answers</small></h1>
            {Fields(links, run)}
            <p class="quiet" role="status">{Words.Count(rows.Count)} of {Words.Count(all)} answers.</p>
            {list}
            {number.Links(page => links.Questions(id, [.. filter.Query, ("page", page.ToString(CultureInfo.InvariantCulture))]))}
            """);
        return new Page("Questions of " + id, body) { Run = id, Tab = Tab.Questions };
    }

    private static Html Fields(ViewLinks links, FrozenRun run)
    {
        var categories = run.Questions.Select(frozen => frozen.Question.Category).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        var pairwise = run.Spec.Judging.Mode == JudgingMode.Pairwise;
        return Html.Of($"""
            <form class="options" method="get" action="{links.Questions(run.Spec.Run)}">{links.KeyField()}
            {Form.Search(links, "q", "Question holds")}
            {Form.Select(links, "model", "Model", "all", [.. run.Spec.AnsweringModels.Select(model => (model.Name, model.Name))])}
            {Html.If(categories.Length > 1, () => Form.Select(links, "category", "Category", "all", [.. categories.Select(category => (category, category))]))}
            {Html.If(pairwise, () => Form.Select(links, "verdict", "Verdict", "any", QuestionFilter.Verdicts))}
            {Html.If(!pairwise, () => Html.Of($"{Form.Number(links, "min", "Rating from", 1, 10, "any")}{Form.Number(links, "max", "to", 1, 10, "any")}"))}
            {Html.If(!pairwise && run.Spec.Judges.Count > 1, () => Form.Select(links, "verdict", "Judges", "any", [("judges_disagree", "disagree")]))}
            {Form.Select(links, "status", "Status", "any", QuestionFilter.Statuses)}
            <button>Filter</button> <a href="{links.Questions(run.Spec.Run)}">Clear</a>
            </form>
            """);
    }

    private static Html Row(ViewLinks links, FrozenRun run, QuestionFilter filter, QuestionRow row)
    {
        var question = run.Questions[row.Question].Question;
        return Html.Of($"""
            <tr><td class="number">{row.Question}</td><th scope="row"><a dir="auto" href="{links.Question(run.Spec.Run, row.Question, [("of", row.Model), .. filter.Query])}">{FirstWords(question.Turns[0])}</a></th><td>{Html.Name(question.Category)}</td><td>{Html.Name(row.Model)}</td><td>{ResultBadges.Of(row)}</td></tr>

            """);
    }

    private static string FirstWords(string text)
    {
        var line = string.Join(' ', text[..Math.Min(text.Length, 4 * Preview)].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var shown = HiddenCharacters.Show(line);
        if (shown.Length == 0)
            return "(empty)";
        var cut = Math.Min(shown.Length, Preview);
        return cut == shown.Length ? shown : shown[..(char.IsHighSurrogate(shown[cut - 1]) ? cut - 1 : cut)] + "…";
    }
}
