using ArenaBench.Functions.Api;

namespace ArenaBench.Functions.Viewer;

/// <summary>What a run would do, as its dry run says.</summary>
internal static class EstimateText
{
    public static Html Write(RunPreview? preview) => preview is null
        ? Html.Of($"<p class='quiet'>An estimate is shown here before anything is called.</p>")
        : Html.Of($"""
            <dl class="facts">
            <div><dt>Questions</dt><dd>{Words.Count(preview.Questions)}</dd></div>
            <div><dt>Models</dt><dd>{preview.Models.Count}</dd></div>
            <div><dt>Judges</dt><dd>{preview.Judges.Count}</dd></div>
            </dl>
            <p class="quiet">Models: {Names(preview.Models)}. Judges: {Names(preview.Judges)}.</p>
            """);

    private static Html Names(IReadOnlyList<string> names) => names.Count == 0
        ? Html.Of($"none")
        : Html.Each(names.Index(), name => Html.Of($"{(name.Index == 0 ? "" : ", ")}{Html.Name(name.Item)}"));
}
