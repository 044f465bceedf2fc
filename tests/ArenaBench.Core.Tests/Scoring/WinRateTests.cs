using ArenaBench.Core.Judging;
using ArenaBench.Core.Scoring;
using static ArenaBench.Core.Judging.Verdict;

namespace ArenaBench.Core.Tests.Scoring;

public class WinRateTests
{
    private static readonly PairwiseOptions NoRounds = new() { Bootstrap = new() { Rounds = 0 } };

    // In game 1 the baseline is A, in game 2 the model is.
    [Theory]
    [InlineData(BMuchBetter, AMuchBetter, 6, 0, 0)]
    [InlineData(BBetter, ABetter, 2, 0, 0)]
    [InlineData(AMuchBetter, BMuchBetter, 0, 0, 6)]
    [InlineData(ABetter, BBetter, 0, 0, 2)]
    [InlineData(Tie, Tie, 0, 2, 0)]
    [InlineData(AMuchBetter, AMuchBetter, 3, 0, 3)]
    [InlineData(BBetter, BMuchBetter, 1, 0, 3)]
    public void WinRate_OfOnePair_CountsVotesFromTheModelsSide(Verdict first, Verdict second, double won, double tied, double lost)
    {
        var row = Row(Score(NoRounds, (first, second)), "m");
        Assert.Equal(100 * (won + (tied / 2)) / (won + tied + lost), row.WinRate.Value!.Value, 1e-12);
    }

    [Fact]
    public void WinRate_OfSeveralQuestions_IsTheWeightedShare()
    {
        // Votes: 3 + 1 won, 1 tied, 1 lost.
        var board = Score(NoRounds, (BMuchBetter, Tie), (BBetter, BBetter));
        var row = Row(board, "m");
        Assert.Equal(100 * 4.5 / 6, row.WinRate.Value);
        Assert.Equal(1000 + (400 * Math.Log10(4.5 / 1.5)), row.Elo.Value!.Value, 1e-9);
        Assert.Equal(new OutcomeCounts(1, 1, 1, 1, 0, 0.25), row.Outcomes);
        Assert.Equal((50.0, 1000.0), (Row(board, "base").WinRate.Value, Row(board, "base").Elo.Value));
        Assert.True(Row(board, "base").IsBaseline);
        Assert.Equal("base", board.Baseline);
    }

    [Fact]
    public void WinRate_StrongWeight_IsConfigurable()
    {
        var board = Score(NoRounds with { StrongWeight = 1.5 }, (BMuchBetter, BBetter));
        Assert.Equal(100 * 1.5 / 2.5, Row(board, "m").WinRate.Value);
    }

    [Fact]
    public void WinRate_FirstGameOnly_LeavesTheSecondOut()
    {
        var board = Score(NoRounds with { FirstGameOnly = true }, (BBetter, BMuchBetter), (Tie, null));
        Assert.Equal(75, Row(board, "m").WinRate.Value);
        Assert.Equal(2, Row(board, "m").Games.Scored);
        Assert.Equal(2, Row(board, "m").Games.Expected);
    }

    [Fact]
    public void WinRate_AnIncompletePair_IsDroppedOrKept()
    {
        (Verdict?, Verdict?)[] pairs = [(BBetter, BBetter), (BBetter, null), (null, null)];
        var dropped = Row(Score(NoRounds, pairs), "m");
        Assert.Equal(50, dropped.WinRate.Value);
        Assert.Equal((6, 2, 3, 0, 1), (dropped.Games.Expected, dropped.Games.Scored, dropped.Games.Unscored["no_score"], dropped.Games.Missing, dropped.Games.Dropped));

        var kept = Row(Score(NoRounds with { IncompletePairs = IncompletePairs.Keep }, pairs), "m");
        Assert.Equal(100 * 2.0 / 3, kept.WinRate.Value!.Value, 1e-12);
        Assert.Equal((3, 0), (kept.Games.Scored, kept.Games.Dropped));
    }

    [Fact]
    public void Consistency_CountsPairsThatAgreeAndContradict()
    {
        var board = Score(NoRounds, (BBetter, AMuchBetter), (Tie, Tie), (ABetter, ABetter), (ABetter, Tie), (BBetter, null));
        Assert.Equal((4, 2, 1), (board.Consistency.Pairs, board.Consistency.Agree, board.Consistency.Contradict));

        // First position: 0 1, ½ ½, 1 1, 1 ½, 0.
        Assert.Equal(100 * 5.5 / 9, board.Consistency.FirstPosition!.Value, 1e-12);
    }

    [Fact]
    public void Judges_OfAnEnsemble_ArePooled()
    {
        var builder = new BattleTableBuilder();
        builder.AddQuestion("q", "all");
        builder.AddGame("q", "m", "base", "one", 1, BBetter);
        builder.AddGame("q", "m", "base", "one", 2, ABetter);
        builder.AddGame("q", "m", "base", "two", 1, AMuchBetter);
        builder.AddGame("q", "m", "base", "two", 2, BMuchBetter);
        var scores = PairwiseScoring.ScoreByJudge(builder.Build(), NoRounds);
        Assert.Equal([100.0, 0.0, 25.0], scores.Select(s => Row(s.Leaderboard, "m").WinRate.Value!.Value));
        Assert.Equal(["one", "two"], scores[2].Leaderboard.Judges);
        Assert.Equal(4, Row(scores[2].Leaderboard, "m").Games.Expected);
    }

    [Fact]
    public void Categories_AreScoredEachAndPooled()
    {
        var builder = new BattleTableBuilder();
        builder.AddQuestion("q1", "maths");
        builder.AddQuestion("q2", "prose");
        builder.AddQuestion("q3", "prose");
        foreach (var (question, verdict) in new[] { ("q1", BBetter), ("q2", ABetter) })
        {
            builder.AddGame(question, "m", "base", "judge", 1, verdict);
            builder.AddGame(question, "m", "base", "judge", 2, Tie);
        }

        var scores = PairwiseScoring.ScoreByCategory(builder.Build(), NoRounds);
        Assert.Equal([75.0, 25.0, 50.0], scores.Select(s => Row(s.Leaderboard, "m").WinRate.Value!.Value));
        Assert.Equal([0, 2, 2], scores.Select(s => Row(s.Leaderboard, "m").Games.Missing));
        Assert.Equal(["maths", "prose"], scores[2].Leaderboard.Categories);
    }

    [Fact]
    public void Expected_AreGamesAgainstEveryBaselineOfACategory_ButNotOfABaselineAtHome()
    {
        var builder = new BattleTableBuilder();
        builder.AddQuestion("q1", "maths");
        builder.AddQuestion("q2", "maths");
        builder.AddQuestion("q3", "prose");
        builder.AddGame("q1", "m", "one", "judge", 1, Tie);
        builder.AddGame("q1", "m", "two", "judge", 1, Tie);
        builder.AddGame("q3", "m", "two", "judge", 1, Tie);
        builder.AddGame("q3", "one", "two", "judge", 1, Tie);
        var board = PairwiseScoring.Score(builder.Build(), NoRounds with { FirstGameOnly = true, Method = PairwiseMethod.BradleyTerry }).Leaderboard;

        // m: two questions against two baselines, one against one; "one" plays in prose only; "two" nowhere.
        Assert.Equal([("m", 5, 2), ("one", 1, 0), ("two", 0, 0)],
            board.Rows.OrderBy(r => r.Model, StringComparer.Ordinal).Select(r => (r.Model, r.Games.Expected, r.Games.Missing)));
    }

    internal static PairwiseLeaderboard Score(PairwiseOptions options, params (Verdict? First, Verdict? Second)[] pairs)
    {
        var builder = new BattleTableBuilder();
        for (var q = 0; q < pairs.Length; q++)
        {
            builder.AddQuestion($"q{q}", "all");
            Add(builder, q, 1, pairs[q].First);
            Add(builder, q, 2, pairs[q].Second);
        }

        return PairwiseScoring.Score(builder.Build(), options).Leaderboard;
    }

    internal static PairwiseRow Row(PairwiseLeaderboard board, string model) => board.Rows.Single(r => r.Model == model);

    private static void Add(BattleTableBuilder builder, int question, int game, Verdict? verdict)
    {
        if (verdict is { } v)
            builder.AddGame($"q{question}", "m", "base", "judge", game, v);
        else
            builder.AddUnscored($"q{question}", "m", "base", "judge", game, "no_score");
    }
}
