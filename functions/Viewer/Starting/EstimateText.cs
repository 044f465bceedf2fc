using ArenaBench.Core.Costs;
using ArenaBench.Functions.Api;

namespace ArenaBench.Functions.Viewer;

/// <summary>What a run would do and cost, as its dry run says.</summary>
internal static class EstimateText
{
    public static Html Write(RunPreview? preview) => preview is null
        ? Html.Of($"<p class='quiet'>An estimate is shown here before anything is called.</p>")
        : Html.Of($"""
            <dl class="facts">
            <div><dt>Questions</dt><dd>{Words.Count(preview.Questions)}</dd></div>
            <div><dt>Calls</dt><dd>{Words.Count(preview.Estimate.Calls)}</dd></div>
            <div><dt>There already</dt><dd>{Words.Count(preview.Estimate.Models.Sum(model => model.Reused))}</dd></div>
            <div><dt>Tokens</dt><dd>{Range(preview.Estimate.Tokens, tokens => Words.Count((long)tokens))}</dd></div>
            {(preview.Estimate.Usd is { } usd ? Html.Of($"<div><dt>Cost</dt><dd><strong>{Range(usd, Dollars.Of)}</strong></dd></div><div><dt>At most</dt><dd>{Dollars.Of(preview.Estimate.UsdAtMost ?? 0)}</dd></div>") : Html.Empty)}
            </dl>
            <p class="quiet">Models: {Names(preview.Models)}. Judges: {Names(preview.Judges)}. Intervals hold with nine chances of ten; “at most” is if every reply were as long as its limit allows.</p>
            {Html.If(preview.Estimate.Unpriced.Count > 0, () => Html.Of($"<p class='quiet'>Without a price, and not in the dollars: {Names(preview.Estimate.Unpriced)}.</p>"))}
            {Html.If(preview.Budget is not null, () => Html.Of($"<p>The budget is {preview.Budget!.ToString()}{(preview.Estimate.Exceeds(preview.Budget!) ? ": probably not enough for all of it" : "")}.</p>"))}
            {Html.If(preview.Estimate.Advice is not null, () => Html.Of($"<p class='quiet'>{preview.Estimate.Advice}</p>"))}
            """);

    private static string Range(CostRange range, Func<decimal, string> word) => $"{word(range.Value)} ({word(range.Lower)} – {word(range.Upper)})";

    private static Html Names(IReadOnlyList<string> names) => names.Count == 0
        ? Html.Of($"none")
        : Html.Each(names.Index(), name => Html.Of($"{(name.Index == 0 ? "" : ", ")}{Html.Name(name.Item)}"));
}
