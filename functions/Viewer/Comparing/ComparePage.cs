using System.Globalization;
using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Rendering;
using ArenaBench.Core.Runs;
using ArenaBench.Functions.Browsing;

namespace ArenaBench.Functions.Viewer;

/// <summary>Two models, or one in two runs: what changed, question by question.</summary>
internal static class ComparePage
{
    private const int Size = 100;

    private static readonly IReadOnlyList<(string Value, string Text)> Sorts = [("better", "better first"), ("worse", "worse first"), ("question", "number")];

    public static Page Write(ViewLinks links, FrozenRun run, string first, string second, string? otherRun, Comparison? comparison, string? problem)
    {
        var id = run.Spec.Run;
        var body = Html.Of($"""
            <h1>{Html.Name(run.Spec.Benchmark)} <small>compared</small></h1>
            {Fields(links, run, first, second)}
            <div id="compared">
            {Html.If(problem is not null, () => Html.Of($"<p class='problem'>{problem}</p><p><a href='{links.Compare(id)}'>Compare this run's own models</a></p>"))}
            {(comparison is null ? Html.Empty : Compared(links, id, otherRun, comparison))}
            </div>
            """);
        return new Page("Comparison in " + id, body) { Run = id, Tab = Tab.Compare };
    }

    private static Html Fields(ViewLinks links, FrozenRun run, string first, string second)
    {
        string[] models = [.. run.Spec.AnsweringModels.Select(model => model.Name)];
        return Html.Of($"""
            <form class="options" method="get" action="{links.Compare(run.Spec.Run)}"{Form.Swapping(links.CompareForm(run.Spec.Run), "#compared")}>{links.KeyField()}
            {Models("of", "From", first)}
            {Models(ComparedWith.Model, "to", second)}
            <label>in another run <input type="search" name="{ComparedWith.Run}" maxlength="64" placeholder="this run" value="{links.Asked(ComparedWith.Run)}"></label>
            {Form.Select(links, "sort", "Sorted by", "change", Sorts)}
            <button class="plain">Show</button>
            </form>
            """);

        Html Models(string name, string label, string chosen) => Html.Of($"""
            <label>{label} <select name="{name}">{Html.Each(models.Contains(chosen) ? models : [.. models, chosen], model => Form.Option(model, HiddenCharacters.Show(model), model == chosen))}</select></label>
            """);
    }

    private static Html Compared(ViewLinks links, string run, string? otherRun, Comparison comparison)
    {
        var sorted = comparison.Sorted(links.Asked("sort")).ToArray();
        var number = PageNumber.Of(links, sorted.Length, Size);
        var (first, second) = (Title(comparison.First, otherRun), Title(comparison.Second, otherRun));
        return Html.Of($"""
            {Summary(comparison)}
            <div class="wide" tabindex="0" role="region" aria-label="Questions by change"><table class="questions">
            <thead><tr><th scope="col">#</th><th scope="col">Question</th><th scope="col">Category</th><th scope="col">{first}</th><th scope="col">{second}</th><th scope="col">Change</th></tr></thead>
            <tbody>
            {Html.Each(sorted.Skip(number.First).Take(Size), question => Row(links, run, otherRun, comparison, question))}</tbody></table></div>
            {number.Links(page => links.Compare(run, [.. links.Query.Where(option => option.Name != "page").Select(option => (option.Name, (string?)option.Value)), ("page", page.ToString(CultureInfo.InvariantCulture))]))}
            """);
    }

    private static Html Title(Side side, string? otherRun) =>
        otherRun is null ? Html.Name(side.Model) : Html.Of($"{Html.Name(side.Model)} <small>{side.Run.Spec.Run}</small>");

    private static Html Summary(Comparison comparison)
    {
        var scored = comparison.Scored.ToArray();
        if (scored.Length == 0)
            return Html.Of($"<p>No question has a score of both.</p>");
        var (better, worse) = (scored.Count(question => question.Change > 0), scored.Count(question => question.Change < 0));
        var unit = comparison.First.Run.Spec.Judging.Mode == JudgingMode.Pairwise ? "mean verdict, from −2 to 2" : "mean rating";
        return Html.Of($"""
            <dl class="facts">
            <div><dt>Questions with both</dt><dd>{Words.Count(scored.Length)} of {Words.Count(comparison.Questions.Count)}</dd></div>
            <div><dt>Better</dt><dd>{Words.Count(better)}</dd></div><div><dt>Worse</dt><dd>{Words.Count(worse)}</dd></div><div><dt>The same</dt><dd>{Words.Count(scored.Length - better - worse)}</dd></div>
            <div><dt>{unit}</dt><dd>{Words.Number(scored.Average(question => question.FirstValue), "0.00")} → {Words.Number(scored.Average(question => question.SecondValue), "0.00")}</dd></div>
            <div><dt>Mean change</dt><dd>{Signed(scored.Average(question => question.Change))}</dd></div>
            </dl>
            """);
    }

    private static Html Row(ViewLinks links, string run, string? otherRun, Comparison comparison, ComparedQuestion compared)
    {
        var question = comparison.First.Run.Questions[compared.Question].Question;
        var address = links.Question(
            run, compared.Question,
            ("of", comparison.First.Model), (ComparedWith.Model, comparison.Second.Model), (ComparedWith.Run, otherRun), ("model", comparison.First.Model));
        var change = compared.Change switch { > 0 => "good", < 0 => "bad", _ => "" };
        return Html.Of($"""
            <tr><td class="number">{compared.Question}</td><th scope="row"><a dir="auto" href="{address}">{QuestionsPage.FirstWords(question.Turns[0])}</a></th><td>{Html.Name(question.Category)}</td><td>{Result(compared.First)}</td><td>{Result(compared.Second)}</td><td class="number"><span class="chip {change}">{Signed(compared.Change)}</span></td></tr>

            """);
    }

    private static Html Result(QuestionRow? row) => row is null ? Html.Of($"–") : ResultBadges.Of(row);

    private static string Signed(double? change) => change is { } value ? value.ToString("+0.##;−0.##;0", CultureInfo.InvariantCulture) : "–";
}
