using ArenaBench.Core.Answers;
using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Configuration;
using ArenaBench.Core.Judging;
using ArenaBench.Core.Leaderboards;
using ArenaBench.Core.Questions;
using ArenaBench.Core.Scoring;

namespace ArenaBench.Core.Tests.Leaderboards;

public class LeaderboardFormatTests
{
    [Fact]
    public void Battles_SwapTheSecondGame_AndRepeatStrongVerdicts()
    {
        var lines = BattlesFile.Write(
        [
            Game("q2", 1, Verdict.Tie), Game("q1", 2, Verdict.AMuchBetter), Game("q1", 1, Verdict.ABetter),
            new("q2", "m", "judge", "base", 2, null, "no_score"),
        ]).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(5, lines.Length);
        Assert.Contains("\"winner\":\"model_a\"", lines[0]);
        Assert.All(lines[1..4], line => Assert.Contains("\"winner\":\"model_b\"", line));
        Assert.Equal("""{"question_id":"q2","model_a":"base","model_b":"m","winner":"tie","judge":"judge","game":1}""", lines[4]);
    }

    [Fact]
    public void PublishedCsv_HasThePublishedColumns()
    {
        var csv = PublishedCsv.Write(Board(), "2024-07-31").Split('\n');

        Assert.Equal("model,score,rating_q025,rating_q975,CI,avg_tokens,date", csv[0]);
        Assert.Matches("^m,75,[0-9.]+,[0-9.]+,\"\\([+-][0-9.]+, [+-][0-9.]+\\)\",10.0,2024-07-31$", csv[1]);
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

    private static Leaderboard Board(string model = "m")
    {
        var builder = new LeaderboardBuilder("b", JudgingMode.Pairwise, [Question("q1"), Question("q2")]);
        foreach (var question in new[] { "q1", "q2" })
        {
            builder.Add(Game(question, 1, Verdict.BBetter, model));
            builder.Add(Game(question, 2, question == "q1" ? Verdict.ABetter : Verdict.BBetter, model));
            builder.Add(new ScoredAnswer(question, model, new StyleCounts(10, 0, 0, 0)));
        }

        return builder.Build(LeaderboardOptions.Default);
    }

    private static ScoredGame Game(string question, int game, Verdict verdict, string model = "m") =>
        new(question, model, "judge", "base", game, Score.OfVerdict(verdict), null);

    private static Question Question(string id) => new(id, "c", ["?"], null, null, default);
}
