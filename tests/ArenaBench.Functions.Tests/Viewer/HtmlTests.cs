using ArenaBench.Core.Rendering;
using ArenaBench.Functions.Viewer;

namespace ArenaBench.Functions.Tests.Viewer;

public class HtmlTests
{
    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("' onmouseover='alert(1)")]
    [InlineData("&lt;b&gt;")]
    public void Of_TextInMarkup_IsEncodedForTextAndBothQuotes(string hostile)
    {
        var html = Html.Of($"<a title='{hostile}' rel=\"{hostile}\">{hostile}</a>").ToString();

        var inside = html["<a title='".Length..^"</a>".Length];
        Assert.Equal(1, inside.Count(character => character == '>'));
        Assert.Equal(1, inside.Count(character => character == '\''));
        Assert.Equal(2, inside.Count(character => character == '"'));
        Assert.DoesNotContain("<", inside);
        Assert.Equal(3, inside.Split(System.Net.WebUtility.HtmlEncode(hostile)).Length - 1);
    }

    [Fact]
    public void Of_HtmlInMarkup_StaysMarkup() => Assert.Equal("<p><b>x</b></p>", Html.Of($"<p>{Html.Of($"<b>{"x"}</b>")}</p>").ToString());

    [Fact]
    public void Of_Numbers_UseNoCulture() => Assert.Equal("1234.5 12345", Html.Of($"{1234.5} {12345}").ToString());

    [Fact]
    public void Name_WithOverrideOfDirection_ShowsIt()
    {
        var html = Html.Name("model\u202Egnp.exe").ToString();

        Assert.StartsWith("<bdi>", html);
        Assert.DoesNotContain('\u202E', html);
        Assert.Contains("U+202E", System.Net.WebUtility.HtmlDecode(html));
    }

    [Fact]
    public void Markdown_OfRenderedText_IsTakenAsItIs() =>
        Assert.Equal("<p><strong>x</strong></p>\n", Html.Markdown(SafeMarkdown.Render("**x**")).ToString());
}
