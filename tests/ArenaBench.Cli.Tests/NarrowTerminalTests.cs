using System.Globalization;
using System.Text.RegularExpressions;
using ArenaBench.Cli.Browsing;
using ArenaBench.Cli.Client;
using ArenaBench.Cli.Output;
using Spectre.Console;

namespace ArenaBench.Cli.Tests;

/// <summary>What people read stays within 80 columns whatever models are called, and is plain text where colours are off.</summary>
[Collection(BrowsedRunCollection.Name)]
public sealed partial class NarrowTerminalTests(BrowsedRun browsed)
{
    private const int Columns = 80;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static TheoryData<string> Commands => ["show", "status", "status RUN", "estimate", "explain", "benchmarks", "browse", "browse --question"];

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task WithoutColour_NoLineIsWiderAndNothingSteersTheTerminal(string command)
    {
        foreach (var (name, value) in new[] { ("NO_COLOR", "1"), ("TERM", "dumb") })
        {
            using var writer = new StringWriter(CultureInfo.InvariantCulture);
            var console = Terminal.Create(writer, redirected: true, variable => variable == name ? value : variable == "COLUMNS" ? $"{Columns}" : null);

            await WriteAsync(console, command);

            var shown = writer.ToString();
            Assert.DoesNotContain('\u001b', shown);
            AssertFits(shown);
        }
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task WithColour_NoLineIsWider(string command)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.Yes, ColorSystem = ColorSystemSupport.Standard, Out = new AnsiConsoleOutput(writer) });
        console.Profile.Width = Columns;

        await WriteAsync(console, command);

        // Colours are the only sequences; what is left of the text has none.
        AssertFits(Colour().Replace(writer.ToString(), ""));
    }

    [Theory]
    [InlineData(80)]
    [InlineData(100)]
    [InlineData(140)]
    public void FittedTable_NumbersAreNeverBroken_AndEveryRowKeepsItsName(int width)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        var console = Terminal.Create(writer, redirected: true, variable => variable == "COLUMNS" ? $"{width}" : null);
        FittedColumn[] columns = [FittedColumn.Key("model"), .. Enumerable.Range(0, 8).Select(n => new FittedColumn($"some number {n}"))];

        FittedTable.Write(console, columns, [["a name 漢字漢字漢字漢字漢字漢字漢字", .. Enumerable.Range(0, 8).Select(n => $"123456789.{n}")], ["b", .. Enumerable.Repeat("0", 8)]]);

        var shown = writer.ToString();
        Assert.All(Enumerable.Range(0, 8), n => Assert.Contains($"123456789.{n}", shown, StringComparison.Ordinal));
        Assert.All(shown.Split('\n', StringSplitOptions.TrimEntries), line => Assert.True(line.GetCellWidth() <= width, line));
        // Divided where it has to be: each part begins with the names.
        Assert.Equal(shown.Split("model").Length, shown.Split("a name").Length);
    }

    private async Task WriteAsync(IAnsiConsole console, string command)
    {
        var client = await browsed.OpenAsync();
        switch (command)
        {
            case "show":
                var board = await client.GetLeaderboardAsync(BrowsedRun.Run, Cancelled, [("style", "both"), ("compare", BrowsedRun.Long), ("compare", BrowsedRun.Good)]);
                LeaderboardTable.Write(console, board, compared: true);
                LeaderboardDetails.Write(console, board);
                break;
            case "status":
                RunTable.Write(console, await client.ListRunsAsync(Cancelled));
                break;
            case "status RUN":
                var run = await client.GetRunAsync(BrowsedRun.Run, Cancelled);
                var paid = new CostView(12.5m, 99m, 120_000, 12_000_000, 9_000_000, 0, 0, 3);
                RunTable.Write(console, run with
                {
                    Models = [.. run.Models.Select(model => model with
                    {
                        Totals = model.Totals with { Failures = new Dictionary<string, int> { ["content_filter"] = 12, ["timeout"] = 3 } },
                        Cost = new ModelCostView(paid, paid),
                    })],
                    Cost = run.Cost with { Total = paid, Judges = [new JudgeCostView(BrowsedRun.Long, paid)], Unpriced = [BrowsedRun.Long] },
                });
                break;
            case "estimate":
                EstimateTable.Write(console, await client.PreviewRunAsync(BrowsedRun.Spec + "dry_run: true\n", Cancelled));
                break;
            case "explain":
                ReuseTable.Write(console, await client.ExplainRunAsync(BrowsedRun.Spec, Cancelled));
                break;
            case "benchmarks":
                BenchmarkTable.Write(console, [.. await client.ListBenchmarksAsync(Cancelled), new BenchmarkItem("broken", null, null, null, null, null, "question.jsonl:3: " + new string('x', 100))]);
                break;
            case "browse":
                AnswerTable.Write(console, await (await AnswerPages.OpenAsync(client, BrowsedRun.Run, [], Cancelled)).AllAsync(Cancelled));
                break;
            default:
                console.Write(new LinesOfText(AnswerText.Lines(console.Profile.Width, await client.GetAnswerAsync(BrowsedRun.Run, "0", [("of", BrowsedRun.Long)], Cancelled), thoughts: true)));
                break;
        }
    }

    private static void AssertFits(string shown)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(shown);
        Assert.DoesNotContain(shown.ReplaceLineEndings("\n"), c => char.IsControl(c) && c != '\n');
        Assert.All(shown.Split('\n', StringSplitOptions.TrimEntries), line => Assert.True(line.GetCellWidth() <= Columns, $"{line.GetCellWidth()}: {line}"));
        Assert.Contains(shown, char.IsLetter);
    }

    [GeneratedRegex("\u001b\\[[0-9;]*m")]
    private static partial Regex Colour();
}
