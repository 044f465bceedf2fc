using ArenaBench.Core.Rendering;
using ArenaBench.Functions.Browsing;

namespace ArenaBench.Functions.Viewer;

/// <summary>Texts of models on a page: rendered, cut where they are very long, with a link that shows all.</summary>
internal sealed class Texts(ViewLinks links, ShownQuestion shown)
{
    // A page in a folder is the only one of its texts.
    private readonly bool _all = links.IsSite || links.Asked("all") == "1";

    public Html Block(string text)
    {
        var rendered = SafeMarkdown.Render(text, _all ? null : SafeMarkdown.FirstLook);
        return Html.Of($"""
            <div class="body" dir="auto">{Html.Markdown(rendered)}</div>{Html.If(rendered.IsCut, () => Html.Of($"<p class='cut'>The first {Words.Count(rendered.Shown)} of {Words.Count(rendered.Total)} characters. <a href='{All()}'>Show all</a></p>"))}
            """);
    }

    /// <summary>Folded: kept, never judged.</summary>
    public Html Thinking(string? thought) => string.IsNullOrEmpty(thought)
        ? Html.Empty
        : Html.Of($"<details><summary>Thinking ({Words.Count(thought.Length)} characters)</summary>{Block(thought)}</details>");

    /// <summary>Several turns are numbered, so that it is seen which answer is to which message.</summary>
    public static Html Turns(IReadOnlyList<Html> turns) => turns.Count == 1
        ? turns[0]
        : Html.Each(turns.Index(), turn => Html.Of($"<h3 class='turn'>Turn {turn.Index + 1}</h3>{turn.Item}"));

    private string All() => links.Question(
        shown.Run.Spec.Run, shown.Index, [("of", shown.ModelName), ("all", "1"), .. QuestionFilter.Of(links.Asked).Query]);
}
