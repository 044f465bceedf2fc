using System.Globalization;
using System.Text.RegularExpressions;
using ArenaBench.Core.Answers;
using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Configuration;
using ArenaBench.Core.Judging;
using ArenaBench.Core.Leaderboards;
using ArenaBench.Core.Questions;
using ArenaBench.Core.Scoring;
using ArenaBench.Testing;

namespace ArenaBench.Core.Tests.Leaderboards;

public class LeaderboardFormatTests
{
    [Fact]
    public void Battles_SwapTheSecondGame_AndRepeatStrongVerdicts()
    {
        var lines = Battles(
            PairwiseOptions.Default with { IncompletePairs = IncompletePairs.Keep },
            Game("q2", 1, Verdict.Tie), Game("q1", 2, Verdict.AMuchBetter), Game("q1", 1, Verdict.ABetter),
            new("q2", "m", "judge", "base", 2, null, "no_score"));

        Assert.Equal(5, lines.Length);
        Assert.Contains("\"winner\":\"model_a\"", lines[0]);
        Assert.All(lines[1..4], line => Assert.Contains("\"winner\":\"model_b\"", line));
        Assert.Equal("""{"question_id":"q2","model_a":"base","model_b":"m","winner":"tie","judge":"judge","game":1}""", lines[4]);
    }

    [Fact]
    public void Battles_AreThoseThatTheLeaderboardCounts()
    {
        ScoredGame[] games =
        [
            Game("q1", 1, Verdict.BMuchBetter), Game("q1", 2, Verdict.ABetter), Game("q1", 2, Verdict.Tie), Game("q2", 1, Verdict.Tie),
            Game("q3", 1, Verdict.Tie, "base"), Game("q3", 2, Verdict.Tie, "base"),
            Game("q3", 1, Verdict.Tie) with { Judge = "other" }, Game("q3", 2, Verdict.Tie) with { Judge = "other" },
        ];
        // A pair, three votes and one, and that of the other judge. q2 is half a pair; the second record of a game does not count.
        Assert.Equal(6, Battles(PairwiseOptions.Default, games).Length);
        Assert.Equal(4, Battles(PairwiseOptions.Default with { StrongWeight = 1 }, games).Length);
        Assert.Equal(7, Battles(PairwiseOptions.Default with { IncompletePairs = IncompletePairs.Keep }, games).Length);
        Assert.Equal(5, Battles(PairwiseOptions.Default with { FirstGameOnly = true }, games).Length);
        Assert.Equal(2, Battles(PairwiseOptions.Default with { Judges = ["other"] }, games).Length);
        Assert.Equal(4, Battles(PairwiseOptions.Default with { Categories = ["of q1"] }, games).Length);
        var refused = Assert.Throws<ProblemException>(() => Battles(PairwiseOptions.Default with { StrongWeight = 2.5 }, games));
        Assert.Contains("name a whole number", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PublishedCsv_HasThePublishedColumns()
    {
        var csv = PublishedCsv.Write(Board(), "2024-07-31").Split('\n');

        Assert.Equal("model,score,rating_q025,rating_q975,CI,avg_tokens,date", csv[0]);
        Assert.Matches("^m,75.0,[0-9.]+,[0-9.]+,\"\\(-[0-9.]+, \\+[0-9.]+\\)\",10.0,2024-07-31$", csv[1]);
        Assert.Equal("base,50.0,50.0,50.0,\"(-0.00, +0.00)\",,2024-07-31", csv[2]);
        Assert.EndsWith(",2024-12-24", PublishedCsv.Write(Board() with { Date = "2024-12-24" }).Split('\n')[1], StringComparison.Ordinal);
    }

    [Fact]
    public void PublishedCsv_OfThePublishedFigures_IsThePublishedFile()
    {
        var lines = File.ReadAllLines(Path.Combine(PublishedData.V01OrSkip(), "arena_hard_leaderboard_20240731.csv"));
        var board = Board().Pairwise!;
        var rows = lines.Skip(1).Select(line => line.Split(',')).Select(cells => board.Rows[0] with
        {
            Model = cells[0],
            WinRate = new(Number(cells[1]), Number(cells[2]), Number(cells[3]), null),
            AverageTokens = Number(cells[6]),
        });

        var written = PublishedCsv.Write(Board() with { Pairwise = board with { Rows = [.. rows] } }, "2024-07-31").TrimEnd('\n').Split('\n');

        Assert.True(lines.Length > 50);
        // The file's CI was made from figures with more digits: it may differ by one in the last.
        for (var i = 0; i < lines.Length; i++)
            Assert.Equal(Regex.Replace(lines[i], "[0-9](, |\\))", "#$1"), Regex.Replace(written[i], "[0-9](, |\\))", "#$1"));

        static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);
    }

    [Fact]
    public void Html_EscapesNames_AndLoadsNothing()
    {
        var html = LeaderboardHtml.Write(Board("<script>alert(1)</script>"));

        Assert.DoesNotContain("<script", html);
        Assert.Contains("&lt;script&gt;", html);
        Assert.DoesNotContain("http", html.Replace("http-equiv", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("@x", "'@x")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a\"b", "\"a\"\"b\"")]
    [InlineData("plain", "plain")]
    public void Csv_IsNoFormula_AndIsQuoted(string model, string cell) =>
        Assert.StartsWith(cell + ",", LeaderboardCsv.Write(Board(model)).Split('\n')[1]);

    [Fact]
    public void Query_UnknownNamesAndValues_AreAllReported()
    {
        var refused = Assert.Throws<ProblemException>(() => LeaderboardQuery.Parse(
            [("styl", "both"), ("bootstrap", "votes"), ("rounds", "-1")], LeaderboardOptions.Default));

        Assert.Equal(3, refused.Problems.Count);
        Assert.Contains("did you mean style?", refused.Problems[0].Message);
    }

    [Fact]
    public void Query_Preset_IsThePublishedComputation_UnlessOverridden()
    {
        var options = LeaderboardQuery.Parse([("preset", "v2.0"), ("rounds", "50"), ("style", "both")], LeaderboardOptions.Default).Pairwise;

        Assert.Equal((BootstrapUnit.Vote, 50, 0.90), (options.Bootstrap.Unit, options.Bootstrap.Rounds, options.Bootstrap.Confidence));
        Assert.Equal(StyleControl.LengthAndMarkdown, options.Style);
    }

    [Fact]
    public void Query_EveryOption_ReachesTheComputation()
    {
        var asked = LeaderboardQuery.Parse(
        [
            ("method", "bradley_terry"), ("style", "markdown"), ("style_features", "v0.1"), ("style_reference", "equal_style"), ("incomplete_pairs", "keep"),
            ("bootstrap", "vote"), ("rounds", "7"), ("confidence", "0.8"), ("seed", "9"), ("strong_weight", "2"), ("first_game", "true"),
            ("category", "a"), ("category", "b"), ("judge", "j"), ("baseline", "base"), ("compare", "m"), ("compare", "n"),
        ], LeaderboardOptions.Default);

        var pairwise = asked.Pairwise;
        Assert.Equal((PairwiseMethod.BradleyTerry, StyleControl.Markdown, StyleFeatures.V01), (pairwise.Method, pairwise.Style, pairwise.StyleFeatures));
        Assert.Equal((StyleReference.EqualStyle, IncompletePairs.Keep, 2.0, true), (pairwise.StyleReference, pairwise.IncompletePairs, pairwise.StrongWeight, pairwise.FirstGameOnly));
        Assert.Equal(new BootstrapOptions { Unit = BootstrapUnit.Vote, Rounds = 7, Confidence = 0.8, Seed = 9 }, pairwise.Bootstrap);
        Assert.Equal(["a", "b"], pairwise.Categories);
        Assert.Equal(["j"], pairwise.Judges);
        Assert.Equal("base", pairwise.Baseline);
        Assert.Equal(["m", "n"], asked.Compare);
        Assert.Equal(BootstrapUnit.Question, asked.Single.Bootstrap.Unit);
    }

    [Fact]
    public void Query_AFractionOfAVote_IsRefused()
    {
        var refused = Assert.Throws<ProblemException>(() => LeaderboardQuery.Parse([("strong_weight", "2.5"), ("bootstrap", "vote")], LeaderboardOptions.Default));
        Assert.Contains("name a whole number", refused.Message, StringComparison.Ordinal);
    }

    private static string[] Battles(PairwiseOptions options, params ScoredGame[] games) =>
        BattlesFile.Write(games, options, question => "of " + question).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static Leaderboard Board(string model = "m")
    {
        var builder = new LeaderboardBuilder("b", JudgingMode.Pairwise, [Question("q1"), Question("q2")]);
        foreach (var question in new[] { "q1", "q2" })
        {
            builder.Add(Game(question, 1, Verdict.BBetter, model));
            builder.Add(Game(question, 2, question == "q1" ? Verdict.ABetter : Verdict.BBetter, model));
            builder.Add(new ScoredAnswer(question, model, 10, new StyleCounts(10, 0, 0, 0)));
        }

        return builder.Build(LeaderboardOptions.Default);
    }

    private static ScoredGame Game(string question, int game, Verdict verdict, string model = "m") =>
        new(question, model, "judge", "base", game, Score.OfVerdict(verdict), null);

    private static Question Question(string id) => new(id, "c", ["?"], null, null, default);
}
