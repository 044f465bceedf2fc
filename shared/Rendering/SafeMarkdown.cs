using System.Net;
using Ganss.Xss;
using Markdig;
using Markdig.Parsers.Inlines;

namespace ArenaBench.Core.Rendering;

/// <summary>Makes HTML of texts that models wrote. They are hostile until shown otherwise: raw HTML is shown as text, what Markdown
/// makes passes a second, independent list of what is allowed, nothing is loaded, and every link says where it leads.</summary>
public static class SafeMarkdown
{
    /// <summary>Characters shown unless all are asked for.</summary>
    public const int FirstLook = 30_000;

    /// <summary>Characters that are rendered as Markdown at most; longer texts are shown as they are.</summary>
    public const int Formatted = 200_000;

    private static readonly MarkdownPipeline Pipeline = MakePipeline();

    private static readonly HtmlSanitizer Allowed = new(new HtmlSanitizerOptions
    {
        AllowedTags = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
        {
            "p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "strong", "em", "del", "code", "pre", "blockquote", "ul", "ol", "li",
            "table", "thead", "tbody", "tr", "th", "td", "a", "span", "div",
        },
        AllowedAttributes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "href", "rel", "class", "start" },
        AllowedClasses = new HashSet<string>(CodeLanguages.Classes, StringComparer.Ordinal) { "math", "display" },
        AllowedSchemes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "http", "https", "mailto" },
        UriAttributes = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "href" },
    });

    private static MarkdownPipeline MakePipeline()
    {
        var builder = new MarkdownPipelineBuilder()
            .DisableHtml().UsePipeTables().UseEmphasisExtras(Markdig.Extensions.EmphasisExtras.EmphasisExtraOptions.Strikethrough).UseMathematics();
        builder.InlineParsers.InsertBefore<EscapeInlineParser>(new LatexInlineParser());
        return builder.Build();
    }

    /// <param name="limit">Characters shown; null: all.</param>
    public static RenderedText Render(string text, int? limit = FirstLook)
    {
        var shown = Cut(text, limit);
        return new RenderedText(ToHtml(HiddenCharacters.Show(shown)), shown.Length, text.Length);
    }

    private static string ToHtml(string text)
    {
        if (text.Length > Formatted)
            return Plain(text);
        try
        {
            var document = Markdown.Parse(text, Pipeline);
            SafeLinks.Rewrite(document);
            return Allowed.Sanitize(document.ToHtml(Pipeline));
        }
        catch (ArgumentException)
        {
            // Nested deeper than Markdig follows.
            return Plain(text);
        }
    }

    private static string Plain(string text) => $"<pre>{WebUtility.HtmlEncode(text)}</pre>";

    private static string Cut(string text, int? limit)
    {
        if (limit is not { } most || text.Length <= most)
            return text;
        return text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];
    }
}

/// <param name="Html">Safe to put into a page as it is.</param>
/// <param name="Shown">Characters of the text that are in it.</param>
/// <param name="Total">Characters of the text.</param>
public sealed record RenderedText(string Html, int Shown, int Total)
{
    public bool IsCut => Shown < Total;
}
