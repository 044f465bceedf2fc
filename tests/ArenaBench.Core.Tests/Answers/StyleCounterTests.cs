using ArenaBench.Core.Answers;
using Microsoft.ML.Tokenizers;

namespace ArenaBench.Core.Tests.Answers;

public class StyleCounterTests
{
    [Theory]
    [InlineData("# one\n## two\n### three\n###### six\n####### seven", 1, 1, 1, 1)]
    [InlineData("#no space\n # indented\ntext # inside", 0, 0, 0, 0)]
    [InlineData("#\ttab\n#\n", 2, 0, 0, 0)]
    public void Headers_AreCountedByLevel(string text, int h1, int h2, int h3, int h6)
    {
        var counts = StyleCounter.Count(text, TokenCounter.O200k).HeaderCount;
        Assert.Equal(["h1", "h2", "h3", "h4", "h5", "h6"], counts.Keys.Order());
        Assert.Equal((h1, h2, h3, h6), (counts["h1"], counts["h2"], counts["h3"], counts["h6"]));
    }

    [Theory]
    [InlineData("1. a\n  2. b\n10.c\n", 2, 0)]
    [InlineData("- a\n* b\n+ c\n  - d\n-e\n*\n", 0, 5)]
    [InlineData("\n\n- after blank lines\n", 0, 1)]
    [InlineData("٣. a digit of another script\n𝟏. and one beyond U+FFFF\n", 2, 0)]
    [InlineData("\u001c- Python takes U+001C for white space", 0, 1)]
    public void Lists_AreCountedAtLineStarts(string text, int ordered, int unordered)
    {
        var counts = StyleCounter.Count(text, TokenCounter.O200k).ListCount;
        Assert.Equal((ordered, unordered), (counts["ordered"], counts["unordered"]));
    }

    [Theory]
    [InlineData("**a** __b__ **c d**", 2, 1)]
    [InlineData("**a\nb** ** ** ***x***", 2, 0)]
    [InlineData("____ __a_b__ _c_", 0, 1)]
    public void Bold_IsCountedWithinALine(string text, int stars, int underscores)
    {
        var counts = StyleCounter.Count(text, TokenCounter.O200k).BoldCount;
        Assert.Equal((stars, underscores), (counts["**"], counts["__"]));
    }

    [Fact]
    public void CodeBlocks_AreLeftOut_AsPublished()
    {
        var style = StyleCounter.Count("# a\n```\n# b\n- c\n```\n# d\n", TokenCounter.O200k);
        Assert.Equal((2, 0), (style.HeaderCount["h1"], style.ListCount["unordered"]));

        // The published script removes the block's text wherever it occurs, and nothing for an empty block.
        Assert.Equal(0, StyleCounter.Count("- c\n```- c```", TokenCounter.O200k).ListCount["unordered"]);
        Assert.Equal(1, StyleCounter.Count("``````\n# a", TokenCounter.O200k).HeaderCount["h1"]);

        // A back-tick inside keeps a block from being one.
        Assert.Equal(1, StyleCounter.Count("```\n# a `b`\n```", TokenCounter.O200k).HeaderCount["h1"]);
    }

    [Fact]
    public void Tokens_CountCodeBlocksToo() =>
        Assert.Equal(TokenCounter.O200k.Count("a\n```\nb\n```"), StyleCounter.Count("a\n```\nb\n```", TokenCounter.O200k).TokenLen);

    [Fact]
    public void Tokens_OfSpecialTokens_AreThoseOfOrdinaryText()
    {
        // cl100k: < | endo ft ext | >
        Assert.Equal(7, TokenCounter.Cl100k.Count("<|endoftext|>"));
        Assert.Equal(1, TiktokenTokenizer.CreateForEncoding("cl100k_base").CountTokens("<|endoftext|>"));
    }

    [Theory]
    [InlineData("plain words, don't they? 12345 \r\n\r\n  x", 0)]
    [InlineData("naïve café — 東京 🙂 end\n", 0)]
    [InlineData("🙂joined", 0)]
    [InlineData("𝑥's value", -1)] // to the library the letter is a symbol, which takes the apostrophe along
    public void Tokens_OfText_AreTheLibrarys_ButForLettersBeyondUFFFF(string text, int more)
    {
        foreach (var (counter, encoding) in new[] { (TokenCounter.O200k, "o200k_base"), (TokenCounter.Cl100k, "cl100k_base") })
        {
            var library = TiktokenTokenizer.CreateForEncoding(encoding).CountTokens(text);
            Assert.Equal(library + more, counter.Count(text));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("\ud800 half a pair \udc00")]
    public void Tokens_OfOddText_AreDefined(string text) => Assert.InRange(TokenCounter.O200k.Count(text), 0, 20);

    [Fact]
    public void StyleCounts_SumTheLevels() =>
        Assert.Equal(new StyleCounts(StyleCounter.Count("# a\n## b\n- c\n1. d\n**e**\n", TokenCounter.O200k).TokenLen, 2, 2, 1),
            StyleCounts.Of(StyleCounter.Count("# a\n## b\n- c\n1. d\n**e**\n", TokenCounter.O200k)));
}
