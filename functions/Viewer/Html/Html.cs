using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using ArenaBench.Core.Rendering;

namespace ArenaBench.Functions.Viewer;

/// <summary>A piece of a page. What is put into it by interpolation is encoded unless it is <see cref="Html"/> itself, so that
/// escaping cannot be forgotten: only the literal text of this project's source becomes markup.</summary>
internal readonly struct Html
{
    private readonly string? _markup;

    private Html(string markup) => _markup = markup;

    public static Html Empty { get; }

    /// <summary><c>Html.Of($"&lt;p&gt;{name}&lt;/p&gt;")</c>: safe as text and inside double or single quotes of an attribute.</summary>
    public static Html Of(Writer writer) => new(writer.ToString());

    /// <summary>A name in running text: its direction does not change that of the text around, and hidden characters show.</summary>
    public static Html Name(string name) => Of($"<bdi>{HiddenCharacters.Show(name)}</bdi>");

    public static Html Markdown(RenderedText rendered) => new(rendered.Html);

    public static Html Each<T>(IEnumerable<T> items, Func<T, Html> write) => new(string.Concat(items.Select(item => write(item).ToString())));

    public static Html If(bool wanted, Func<Html> write) => wanted ? write() : Empty;

    public override string ToString() => _markup ?? "";

    /// <summary>Collects an interpolated string.</summary>
    [InterpolatedStringHandler]
    internal readonly struct Writer
    {
        private readonly StringBuilder _markup;

        public Writer(int literalLength, int formattedCount) => _markup = new StringBuilder(literalLength + formattedCount * 16);

        public void AppendLiteral(string markup) => _markup.Append(markup);

        public void AppendFormatted(Html html) => _markup.Append(html.ToString());

        public void AppendFormatted(string? text) => _markup.Append(WebUtility.HtmlEncode(text));

        public void AppendFormatted(int number) => _markup.Append(number.ToString(CultureInfo.InvariantCulture));

        public void AppendFormatted(long number) => _markup.Append(number.ToString(CultureInfo.InvariantCulture));

        public void AppendFormatted(double number) => _markup.Append(number.ToString("0.##", CultureInfo.InvariantCulture));

        public override string ToString() => _markup.ToString();
    }
}
