using ArenaBench.Core.Rendering;
using ArenaBench.Core.Runs;

namespace ArenaBench.Functions.Viewer;

/// <summary>Fields that hide rows of a list in a folder's page. Their script shows them; without it the whole list is there.</summary>
internal static class SiteFilter
{
    private const int CategoryColumn = 2;

    public static Html Write(FrozenRun run)
    {
        var categories = run.Questions.Select(frozen => frozen.Question.Category).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        return Html.Of($"""
            <div class="options" id="filter" role="search" hidden>
            <label>Row holds <input type="search" name="q" maxlength="200" data-key="/"></label>
            {Html.If(categories.Length > 1, () => Select("category", "Category", CategoryColumn, categories))}
            <button type="button" class="plain">Clear</button>
            </div>
            """);
    }

    /// <summary>One for each model, so that a reader without script gets to one model's answers too.</summary>
    public static Html Models(ViewLinks links, FrozenRun run, string? chosen) => Html.Of($"""
        <nav class="models" aria-label="Models">{Link(links.Questions(run.Spec.Run), Html.Of($"All"), chosen is null)}{Html.Each(run.Spec.AnsweringModels, model => Link(links.Questions(run.Spec.Run, ("model", model.Name)), Html.Name(model.Name), model.Name == chosen))}</nav>
        """);

    private static Html Link(string address, Html text, bool isChosen) => isChosen
        ? Html.Of($"<a aria-current='page' href='{address}'>{text}</a>")
        : Html.Of($"<a href='{address}'>{text}</a>");

    private static Html Select(string name, string label, int column, IEnumerable<string> values) => Html.Of($"""
        <label>{label} <select name="{name}" data-column="{column}"><option value="">all</option>{Html.Each(values, value => Form.Option(HiddenCharacters.Show(value), HiddenCharacters.Show(value), false))}</select></label>
        """);
}
