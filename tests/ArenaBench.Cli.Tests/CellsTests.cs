using ArenaBench.Cli.Output;
using Spectre.Console;

namespace ArenaBench.Cli.Tests;

public sealed class CellsTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("short", "short")]
    [InlineData("exactly 10", "exactly 10")]
    [InlineData("exactly 10 and more", "exactly 10|and more")]
    [InlineData("between words it breaks", "between|words it|breaks")]
    [InlineData("unbreakableword", "unbreakabl|eword")]
    [InlineData("a unbreakableword", "a|unbreakabl|eword")]
    [InlineData("    indented text", "    indent|ed text")]
    [InlineData("漢字漢字漢字漢字", "漢字漢字漢|字漢字")]
    [InlineData("x漢字漢字漢字", "x漢字漢字|漢字")]
    [InlineData("e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301", "e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301|e\u0301")]
    public void Wrap_BreaksBetweenWordsAndCharactersOfTwoCells(string text, string lines) => Assert.Equal(lines.Split('|'), Cells.Wrap(text, 10));

    [Theory]
    [InlineData("word word ")]
    [InlineData("漢字")]
    [InlineData("éx")]
    [InlineData("   ")]
    [InlineData("👩‍👩‍👧 ")]
    [InlineData("a\u0301\u0302\u0303")]
    public void Wrap_OfAHugeLine_LosesNothingButBlanks_AndFits(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 200_000 / piece.Length));

        var lines = Cells.Wrap(text, 78).ToList();

        Assert.Equal(text.Replace(" ", "", StringComparison.Ordinal), string.Concat(lines).Replace(" ", "", StringComparison.Ordinal));
        Assert.All(lines, line => Assert.InRange(line.GetCellWidth(), 0, 78));
    }

    [Theory]
    [InlineData("abc", "abc  ")]
    [InlineData("abcdef", "abcd…")]
    [InlineData("漢字漢", "漢字…")]
    [InlineData("a漢字漢", "a漢… ")]
    [InlineData("漢字", "漢字 ")]
    public void Fit_IsExactlyAsWide(string text, string fitted)
    {
        Assert.Equal(fitted, Cells.Fit(text, 5));
        Assert.Equal(5, fitted.GetCellWidth());
    }
}
