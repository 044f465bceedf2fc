using ArenaBench.Cli.Output;

namespace ArenaBench.Cli.Tests;

public class SafeTextTests
{
    [Theory]
    [InlineData("plain text, ünïcode, 漢字", "plain text, ünïcode, 漢字")]
    [InlineData("two\nlines\tand a tab", "two\nlines\tand a tab")]
    [InlineData("\u001b[2Jcleared", "\uFFFD[2Jcleared")]
    [InlineData("title\u001b]0;owned\u0007", "title\uFFFD]0;owned\uFFFD")]
    [InlineData("c1 \u009b31m", "c1 \uFFFD31m")]
    [InlineData("over\u202Ewritten\u2066", "over\uFFFDwritten\uFFFD")]
    [InlineData("back\rspace\b", "back\uFFFDspace\uFFFD")]
    public void Clean_ShowsWhatCouldSteerATerminal(string text, string clean) => Assert.Equal(clean, SafeText.Clean(text));
}
