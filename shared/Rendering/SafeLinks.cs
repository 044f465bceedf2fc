using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace ArenaBench.Core.Rendering;

/// <summary>Links in models' texts: pictures become links, since loading one tells its server who reads; each link is followed by the
/// host that it leads to; one that leads into this site or runs something is left as text.</summary>
internal static class SafeLinks
{
    private const int ShownTarget = 80;

    public static void Rewrite(MarkdownDocument document)
    {
        foreach (var link in document.Descendants<LinkInline>().ToArray())
            Rewrite(link);
        foreach (var link in document.Descendants<AutolinkInline>().ToArray())
        {
            if (TargetOf(link.IsEmail ? "mailto:" + link.Url : link.Url) is null)
                link.ReplaceBy(new LiteralInline(link.Url));
            else
                Mark(link);
        }
    }

    private static void Rewrite(LinkInline link)
    {
        var picture = link.IsImage;
        link.IsImage = false;
        link.Title = null;
        if (picture)
            (link.FirstChild ?? link).InsertBefore(new LiteralInline(link.FirstChild is null ? "picture" : "picture: "));
        if (TargetOf(link.Url) is not { } target)
        {
            link.InsertAfter(new LiteralInline($" (link left out: {Shorten(link.Url ?? "")})"));
            link.ReplaceBy(new ContainerInline(), copyChildren: true);
            return;
        }

        Mark(link);
        link.InsertAfter(new LiteralInline($" ({Shorten(target)})"));
    }

    /// <returns>Null for what no page of ours links to.</returns>
    private static string? TargetOf(string? url) =>
        !Uri.TryCreate(url, UriKind.Absolute, out var target) ? null
        : target.Scheme is "http" or "https" ? target.IdnHost
        : target.Scheme is "mailto" ? target.UserInfo + "@" + target.IdnHost
        : null;

    private static void Mark(MarkdownObject link) => link.GetAttributes().AddPropertyIfNotExist("rel", "nofollow noopener noreferrer");

    private static string Shorten(string text) => text.Length <= ShownTarget ? text : text[..ShownTarget] + "…";
}
