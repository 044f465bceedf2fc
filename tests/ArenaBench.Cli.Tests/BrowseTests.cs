using System.Text.Json;
using ArenaBench.Cli.Browsing;
using Spectre.Console;
using Spectre.Console.Testing;

namespace ArenaBench.Cli.Tests;

/// <summary><c>arena browse</c>: as a list and as one answer for pipes, and with keys on a terminal.</summary>
[Collection(BrowsedRunCollection.Name)]
public sealed class BrowseTests(BrowsedRun browsed)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task NotOnATerminal_IsATableOfEveryAnswer()
    {
        var shown = await BrowseAsync();

        Assert.Contains("12 of 12 answers", shown, StringComparison.Ordinal);
        Assert.Contains(BrowsedRun.Long, shown, StringComparison.Ordinal);
        Assert.Contains("+2 (B>>A A>>B)", shown, StringComparison.Ordinal);
        Assert.Contains("games disagree", shown, StringComparison.Ordinal);
        Assert.Contains("prose [red]", shown, StringComparison.Ordinal);
        AssertSteersNothing(shown);
    }

    [Theory]
    [InlineData(8, "--status", "scored")]
    [InlineData(4, "--model", BrowsedRun.Good)]
    [InlineData(3, "--category", "prose [red]")]
    [InlineData(1, "--verdict", "games_disagree")]
    [InlineData(3, "--search", "NOUGHT")]
    [InlineData(6, "-q", "What is [12]", "--regex")]
    [InlineData(0, "-q", "What is [12]")]
    [InlineData(0, "--status", "failed")]
    [InlineData(4, "--better", BrowsedRun.Long, "--than", BrowsedRun.Good)]
    public async Task Filters_AreTheHosts(int answers, params string[] filter)
    {
        var lines = (await BrowseAsync([.. filter, "--format", "jsonl"])).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(answers, lines.Length);
        Assert.All(lines, line => Assert.StartsWith("q", JsonDocument.Parse(line).RootElement.GetProperty("question_id").GetString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Json_HoldsTheListAndTheTextsAsTheyAre_AndSteersNothing()
    {
        var list = JsonDocument.Parse(await BrowseAsync("--format", "json")).RootElement;
        Assert.Equal((12, 1, 12), (list.GetProperty("total").GetInt32(), list.GetProperty("pages").GetInt32(), list.GetProperty("answers").GetArrayLength()));

        var shown = await BrowseAsync("--question", "0", "--of", BrowsedRun.Long, "--format", "json");
        AssertSteersNothing(shown);
        var answer = JsonDocument.Parse(shown).RootElement;
        Assert.EndsWith(BrowsedRun.Hostile, answer.GetProperty("answer").GetProperty("turns")[0].GetProperty("content").GetString(), StringComparison.Ordinal);
        Assert.EndsWith(BrowsedRun.Hostile, answer.GetProperty("games")[1].GetProperty("judgment").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OneAnswer_ShowsAllThatBelongsToIt_AndModelsTextsStandIndented()
    {
        var shown = await BrowseAsync("--question", "0", "--of", BrowsedRun.Long);

        AssertSteersNothing(shown);
        var lines = shown.Split('\n', StringSplitOptions.TrimEntries);
        Assert.Equal($"question 0 (q0), mathematics, answered by {BrowsedRun.Long}, run browsed", lines[0]);
        Assert.Contains(lines, line => line.StartsWith("answer of base, the baseline", StringComparison.Ordinal));
        Assert.Contains($"judge sim-judge, game 2 (A is {BrowsedRun.Long}, B is base): A>>B, {BrowsedRun.Long} is much better", lines);
        Assert.Contains("  Answer 0 of orga.\n\n      indented\n  clear \uFFFD[2J\uFFFD[1;1H title \uFFFD]0;owned\uFFFD c1 \uFFFD31m over ⟨U+202E⟩written⟨U+2066⟩", shown.ReplaceLineEndings("\n").Replace("  \n", "\n", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("[red]no markup[/] 漢字漢字 ⟨U+200B⟩hidden", shown, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("verdict is \"wni\" where one of win, loss, tie, games_disagree, judges_disagree is wanted; did you mean win?", "--verdict", "wni")]
    [InlineData("min is \"x\" where a number is wanted", "--min", "x")]
    [InlineData("better and than go together", "--better", BrowsedRun.Good)]
    [InlineData("did you mean good?", "--model", "god")]
    [InlineData("is no regular expression", "-q", "(", "--regex")]
    [InlineData("no question \"x1\"", "--question", "x1")]
    [InlineData("it goes with --question N", "--of", BrowsedRun.Good)]
    public async Task WhatTheHostRefuses_IsSaidInItsWords(string words, params string[] options)
    {
        var refused = await Arena.RunAsync(["browse", BrowsedRun.Run, .. options, "--host", (await browsed.OpenAsync()).Host.ToString()]);

        Assert.Equal(ExitCodes.BadInput, refused.Code);
        Assert.Contains(words, refused.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("of 12 answers", refused.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task UnknownRun_IsBadInput()
    {
        var refused = await Arena.RunAsync("browse", "no-such-run", "--host", (await browsed.OpenAsync()).Host.ToString());

        Assert.Equal(ExitCodes.BadInput, refused.Code);
        Assert.Contains("no-such-run", refused.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_GoThroughTheListIntoAnAnswerOnAndBack()
    {
        var frames = await PressAsync([], null, "j\nnpu?xGq");

        Assert.Contains("browsed: 12 of 12 answers", frames[0], StringComparison.Ordinal);
        Assert.Contains("> ", Row(frames[1], 2), StringComparison.Ordinal);
        // Question 0 has three answers; the second is in front, then the third, then the second again.
        Assert.StartsWith("question 0 (q0), mathematics, answered by", frames[2], StringComparison.Ordinal);
        Assert.StartsWith("question 0 (q0), mathematics, answered by", frames[3], StringComparison.Ordinal);
        Assert.NotEqual(Row(frames[2], 0) + Row(frames[2], 1), Row(frames[3], 0) + Row(frames[3], 1));
        Assert.Equal(frames[2], frames[4]);
        Assert.Equal(frames[1], frames[5]);
        Assert.Contains("Enter, o       opens the answer", frames[6], StringComparison.Ordinal);
        Assert.Equal(frames[1], frames[7]);
        Assert.StartsWith("> ", Row(frames[8], 12), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_InAnAnswer_ScrollAndEndAtTheEnds()
    {
        var frames = await PressAsync([("model", BrowsedRun.Good)], "3", "jkGjnuq", BrowsedRun.Good);

        Assert.StartsWith("question 3 (q3), prose [red], answered by good", frames[0], StringComparison.Ordinal);
        Assert.Equal(frames[0].Split('\n')[1], frames[1].Split('\n')[0]);
        Assert.Equal(frames[0], frames[2]);
        Assert.Equal(frames[3], frames[4]);
        Assert.Contains("This is the last answer of the list.", frames[5], StringComparison.Ordinal);
        Assert.StartsWith("> ", Row(frames[6], 4), StringComparison.Ordinal);
    }

    /// <returns>Each screen, from the first to the one before the end.</returns>
    private async Task<IReadOnlyList<string>> PressAsync(IReadOnlyList<(string Name, string Value)> filter, string? question, string keys, string? of = null)
    {
        using var console = new TestConsole().Size(new Size(80, 24));
        foreach (var key in keys)
            console.Input.PushKey(key == '\n' ? new ConsoleKeyInfo(key, ConsoleKey.Enter, false, false, false) : new ConsoleKeyInfo(key, ConsoleKey.None, false, false, false));

        await new AnswerBrowser(console, await browsed.OpenAsync(), BrowsedRun.Run, filter).RunAsync(question, of, Cancelled);

        AssertSteersNothing(console.Output);
        // A screen is 23 lines and what stands at the bottom, without a line break.
        var lines = console.Output.ReplaceLineEndings("\n");
        var frames = new List<string>();
        for (var at = 0; at < lines.Length;)
        {
            var end = at;
            for (var line = 0; line < 23; line++)
                end = lines.IndexOf('\n', end) + 1;
            frames.Add(lines[at..(end + 79)]);
            at = end + 79;
        }

        Assert.Equal(keys.Length, frames.Count);
        Assert.All(frames.SelectMany(frame => frame.Split('\n')), line => Assert.True(line.GetCellWidth() <= 80, line));
        return frames;
    }

    private static string Row(string frame, int row) => frame.Split('\n')[row];

    private async Task<string> BrowseAsync(params string[] options)
    {
        var shown = await Arena.RunAsync(["browse", BrowsedRun.Run, .. options, "--host", (await browsed.OpenAsync()).Host.ToString()]);
        Assert.True(shown.Code == ExitCodes.Ok, shown.Error);
        return shown.Out;
    }

    private static void AssertSteersNothing(string shown) =>
        Assert.DoesNotContain(shown.ReplaceLineEndings("\n"), c => (char.IsControl(c) && c != '\n') || c is >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069');
}
