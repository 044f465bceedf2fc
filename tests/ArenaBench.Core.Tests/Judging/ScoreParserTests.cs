using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Judging;

namespace ArenaBench.Core.Tests.Judging;

public sealed class ScoreParserTests
{
    private static Score Single(string reply) => ScoreParser.Parse(JudgingMode.Single, ScoreRule.SingleRating, [], reply);

    private static Score AllAgree(string reply, JudgingMode mode = JudgingMode.Pairwise, string? pattern = null) =>
        ScoreParser.Parse(mode, ScoreRule.AllMatchesAgree, pattern is null ? ScorePatterns.Published(ScoreRule.AllMatchesAgree) : [pattern], reply);

    private static Score LastMatch(string reply) =>
        ScoreParser.Parse(JudgingMode.Pairwise, ScoreRule.LastMatch, ScorePatterns.Published(ScoreRule.LastMatch), reply);

    [Theory]
    [InlineData("Rating: [[7]]", 7)]
    [InlineData("[[]] then [[10]]", 10)]
    [InlineData("[[1]] not [x]", 1)]
    [InlineData("[[007]]", 7)]
    [InlineData("[[٧]]", 7)]
    [InlineData("[[8]] or rather [[eight]]", 8)]
    public void SingleRating_OneNumber_IsTheRating(string reply, double rating) => Assert.Equal(Score.OfRating(rating), Single(reply));

    [Theory]
    [InlineData("", UnscoredReason.NoScore)]
    [InlineData("Rating: [7]", UnscoredReason.NoScore)]
    [InlineData("Rating: [[]]", UnscoredReason.NoScore)]
    [InlineData("Rating: [[7.5]]", UnscoredReason.NotANumber)]
    [InlineData("Rating: [[seven]]", UnscoredReason.NotANumber)]
    [InlineData("Rating: [[-1]]", UnscoredReason.NotANumber)]
    [InlineData("[[7]] and [[8]]", UnscoredReason.SeveralScores)]
    [InlineData("[[7]] and [[7]]", UnscoredReason.SeveralScores)]
    [InlineData("[[0]]", UnscoredReason.OutOfRange)]
    [InlineData("[[11]]", UnscoredReason.OutOfRange)]
    [InlineData("[[99999999999999999999]]", UnscoredReason.OutOfRange)]
    public void SingleRating_AnythingElse_IsUnscoredWithTheReason(string reply, UnscoredReason reason) =>
        Assert.Equal(Score.None(reason), Single(reply));

    [Theory]
    [InlineData("[[A>>B]]", Verdict.AMuchBetter)]
    [InlineData("[[A>B]]", Verdict.ABetter)]
    [InlineData("[[A=B]]", Verdict.Tie)]
    [InlineData("[[B=A]]", Verdict.Tie)]
    [InlineData("[[B>A]]", Verdict.BBetter)]
    [InlineData("[[B>>A]]", Verdict.BMuchBetter)]
    [InlineData("[[B<<A]]", Verdict.AMuchBetter)]
    [InlineData("[[B<A]]", Verdict.ABetter)]
    [InlineData("[[A<B]]", Verdict.BBetter)]
    [InlineData("[[A<<B]]", Verdict.BMuchBetter)]
    [InlineData("\n[[A>B]]\n once more: [[A>B]]", Verdict.ABetter)]
    public void AllMatchesAgree_OneLabel_IsTheVerdict(string reply, Verdict verdict) => Assert.Equal(Score.OfVerdict(verdict), AllAgree(reply));

    [Theory]
    [InlineData("no verdict", UnscoredReason.NoScore)]
    [InlineData("[[a>b]]", UnscoredReason.NoScore)]
    [InlineData("[A>B]", UnscoredReason.NoScore)]
    [InlineData("[[A>B]] but [[B<A]]", UnscoredReason.SeveralScores)]
    [InlineData("[[A>B]] but [[A>>B]]", UnscoredReason.SeveralScores)]
    [InlineData("[[A>>>B]]", UnscoredReason.UnknownLabel)]
    [InlineData("[[A]]", UnscoredReason.UnknownLabel)]
    public void AllMatchesAgree_AnythingElse_IsUnscoredWithTheReason(string reply, UnscoredReason reason) =>
        Assert.Equal(Score.None(reason), AllAgree(reply));

    [Fact]
    public void AllMatchesAgree_SingleMode_ReadsNumbers()
    {
        Assert.Equal(Score.OfRating(7), AllAgree("Score: 7. Yes, Score: 7.", JudgingMode.Single, @"Score: (\d+)"));
        Assert.Equal(Score.OfRating(7.5), AllAgree("Score: 7.5", JudgingMode.Single, @"Score: ([\d.]+)"));
        Assert.Equal(Score.None(UnscoredReason.SeveralScores), AllAgree("Score: 7 Score: 8", JudgingMode.Single, @"Score: (\d+)"));
        Assert.Equal(Score.None(UnscoredReason.NotANumber), AllAgree("Score: ...", JudgingMode.Single, @"Score: ([\d.]+)"));
    }

    [Theory]
    [InlineData("[[A>B]] no: [[B>A]]", Verdict.BBetter)]
    [InlineData("[[a>>b]]", Verdict.AMuchBetter)]
    [InlineData("[A>B] and [[B>A]]", Verdict.BBetter)]
    [InlineData("only [b>>a]", Verdict.BMuchBetter)]
    [InlineData("[A>B] or [A=B]", Verdict.Tie)]
    public void LastMatch_TakesTheLastOfTheFirstPatternThatMatches(string reply, Verdict verdict) =>
        Assert.Equal(Score.OfVerdict(verdict), LastMatch(reply));

    [Theory]
    [InlineData("nothing", UnscoredReason.NoScore)]
    [InlineData("array[a] is fine", UnscoredReason.UnknownLabel)]
    [InlineData("[[A>B]] [[AB]]", UnscoredReason.UnknownLabel)]
    public void LastMatch_AnythingElse_IsUnscoredWithTheReason(string reply, UnscoredReason reason) =>
        Assert.Equal(Score.None(reason), LastMatch(reply));

    [Theory]
    [InlineData(UnscoredReason.NoScore, true)]
    [InlineData(UnscoredReason.NotANumber, true)]
    [InlineData(UnscoredReason.SeveralScores, false)]
    [InlineData(UnscoredReason.UnknownLabel, false)]
    [InlineData(UnscoredReason.OutOfRange, false)]
    public void MayAskAgain_OnlyWhereTheJudgeDidNotCommitItself(UnscoredReason reason, bool expected) =>
        Assert.Equal(expected, ScoreParser.MayAskAgain(Score.None(reason)));

    [Fact]
    public void MayAskAgain_WithAScore_IsFalse() => Assert.False(ScoreParser.MayAskAgain(Score.OfRating(3)));

    [Fact]
    public void Parse_HostileReply_TakesLinearTime()
    {
        // A backtracking engine needs time quadratic in this: hours.
        var reply = string.Concat(Enumerable.Repeat("[[A", 2_000_000));
        Assert.Equal(Score.None(UnscoredReason.NoScore), AllAgree(reply));
        Assert.Equal(Score.None(UnscoredReason.NoScore), Single(string.Concat(Enumerable.Repeat("[[1", 2_000_000))));
    }

    [Theory]
    [InlineData(@"\[\[([AB]+)\]\]", null)]
    [InlineData(@"(?=x)y", "looks around")]
    [InlineData(@"(a)\1", "looks around")]
    [InlineData(@"(a", "not a regular expression")]
    public void Problem_NamesWhatIsWrongWithAPattern(string pattern, string? expected)
    {
        var problem = ScorePatterns.Problem(pattern);
        if (expected is null) Assert.Null(problem);
        else Assert.Contains(expected, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void VerdictLabel_EveryVerdict_ComesBackFromItsLabel()
    {
        foreach (var verdict in Enum.GetValues<Verdict>()) Assert.Equal(verdict, VerdictLabel.Parse(VerdictLabel.Of(verdict)));
        Assert.Null(VerdictLabel.Parse("A"));
    }
}
