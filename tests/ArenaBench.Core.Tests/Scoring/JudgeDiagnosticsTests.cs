using ArenaBench.Core.Judging;
using ArenaBench.Core.Scoring;
using ArenaBench.Testing.Scoring;
using static ArenaBench.Core.Judging.Verdict;

namespace ArenaBench.Core.Tests.Scoring;

public class JudgeDiagnosticsTests
{
    private static readonly PairwiseOptions Options = new() { Bootstrap = new() { Rounds = 199 } };

    [Fact]
    public void Habits_CountEachJudgeAlone()
    {
        var board = Score(
            ("one", BMuchBetter, AMuchBetter), ("one", Tie, Tie), ("one", ABetter, ABetter), ("one", ABetter, null),
            ("two", BBetter, BBetter), ("two", Tie, ABetter));

        Assert.Equal(["one", "two"], board.JudgeHabits!.Select(judge => judge.Judge));
        var (one, two) = (board.JudgeHabits![0], board.JudgeHabits[1]);
        Assert.Equal((7, 1), (one.Games, one.Unscored));
        Assert.Equal(100 * 2 / 7.0, one.Ties!.Value, 1e-12);
        Assert.Equal(100 * 2 / 7.0, one.Strong!.Value, 1e-12);
        Assert.Equal((3, 2, 1, 1), (one.Consistency.Pairs, one.Consistency.Agree, one.Consistency.Contradict, one.Consistency.FirstInBoth));
        Assert.Equal(100 * 2 / 3.0, one.Agree.Value!.Value, 1e-12);

        // First position of one: 0 1, ½ ½, 1 1, 1. Of two: 0 0, ½ 1.
        Assert.Equal(100 * 5 / 7.0, one.FirstPosition.Value!.Value, 1e-12);
        Assert.Equal((2, 0, 1, 0), (two.Consistency.Pairs, two.Consistency.Agree, two.Consistency.Contradict, two.Consistency.FirstInBoth));
        Assert.Equal(100 * 1.5 / 4, two.FirstPosition.Value!.Value, 1e-12);
        Assert.Equal((5, 2, 2), (board.Consistency.Pairs, board.Consistency.Agree, board.Consistency.Contradict));
    }

    [Fact]
    public void AJudgeThatAlwaysTakesTheFirst_IsBiased_AndContradictsItself()
    {
        var judge = Assert.Single(Score([.. Enumerable.Repeat(("judge", (Verdict?)ABetter, (Verdict?)ABetter), 20)]).JudgeHabits!);
        Assert.Equal((0.0, 100.0, true), (judge.Agree.Value, judge.FirstPosition.Value, judge.Biased));
        Assert.Equal((20, 20), (judge.Consistency.Contradict, judge.Consistency.FirstInBoth));
    }

    [Theory]
    [InlineData(0.0, 0, 10)]
    [InlineData(0.6, 90, 100)]
    public void Biased_IsSaidOfJudgesThatAre_AndSeldomOfOthers(double position, int fewest, int most)
    {
        var games = new SimulatedGames([0.3], Questions: 150, Position: position);
        var biased = Enumerable.Range(0, 100).Count(seed =>
            PairwiseScoring.Score(games.Draw(seed), Options, threads: 1).Leaderboard.JudgeHabits!.Single().Biased == true);
        Assert.InRange(biased, fewest, most);
    }

    [Fact]
    public void Intervals_AreByQuestion_WhateverTheScoresAreResampledBy()
    {
        var table = RandomGames.Draw(3, models: 3, questions: 40, judges: 2).Table();
        var byQuestion = PairwiseScoring.Score(table, Options).Leaderboard;
        var byVote = PairwiseScoring.Score(table, Options with { Bootstrap = Options.Bootstrap with { Unit = BootstrapUnit.Vote } }).Leaderboard;
        Assert.Equal(byQuestion.JudgeHabits!, byVote.JudgeHabits!);
        Assert.All(byQuestion.JudgeHabits!, judge => Assert.True(
            judge.Agree.Lower < judge.Agree.Value && judge.Agree.Value < judge.Agree.Upper && judge.Agree.StandardError > 0));
    }

    [Fact]
    public void NoRounds_LeaveIntervalsEmpty_AndJudgeNobody()
    {
        var board = PairwiseScoring.Score(RandomGames.Draw(3, judges: 2).Table(), Options with { Bootstrap = new() { Rounds = 0 } }).Leaderboard;
        Assert.All(board.JudgeHabits!, judge => Assert.Equal((null, null), ((double?)judge.FirstPosition.Lower, judge.Biased)));
        Assert.All(board.JudgeHabits!, judge => Assert.NotNull(judge.FirstPosition.Absent));
    }

    [Fact]
    public void Agreement_ComparesGameByGame_WithCohensKappa()
    {
        // Game by game, of q0: B B, A A; of q1: A A, A B (the second judge has no verdict on the last); of q2: tie tie, tie A.
        var builder = new BattleTableBuilder();
        Add(builder, "one", (BMuchBetter, ABetter), (ABetter, ABetter), (Tie, Tie));
        Add(builder, "two", (BBetter, AMuchBetter), (ABetter, null), (Tie, ABetter));
        var agreement = Assert.Single(PairwiseScoring.Score(builder.Build(), Options).Leaderboard.JudgeAgreement!);

        Assert.Equal(("one", "two", 5, 4, 0), (agreement.First, agreement.Second, agreement.Games, agreement.Same, agreement.Opposite));
        Assert.Equal(80, agreement.Agree.Value!.Value, 1e-12);

        // Shares of A, tie, B: one 2 2 1, two 3 1 1; chance (6 + 2 + 1) / 25.
        Assert.Equal((0.8 - 0.36) / (1 - 0.36), agreement.Kappa!.Value, 1e-12);
    }

    [Fact]
    public void Agreement_OfThreeJudges_IsThatOfEveryTwo_AndOneJudgeHasNone()
    {
        var table = RandomGames.Draw(5, models: 4, questions: 60, judges: 3).Table();
        var board = PairwiseScoring.Score(table, Options).Leaderboard;
        Assert.Equal([("j0", "j1"), ("j0", "j2"), ("j1", "j2")], board.JudgeAgreement!.Select(pair => (pair.First, pair.Second)));
        // Random judges of the same leaning agree a little more than chance.
        Assert.All(board.JudgeAgreement!, pair => Assert.InRange(pair.Kappa!.Value, -0.2, 0.5));
        Assert.All(board.JudgeAgreement!, pair => Assert.Equal(4 * 60 * 2, pair.Games));
        Assert.Empty(PairwiseScoring.Score(table, Options with { Judges = ["j1"] }).Leaderboard.JudgeAgreement!);
    }

    [Fact]
    public void Agreement_WhereChanceAloneWouldAgreeAlways_HasNoKappa()
    {
        var builder = new BattleTableBuilder();
        Add(builder, "one", (Tie, Tie), (Tie, Tie));
        Add(builder, "two", (Tie, Tie), (Tie, Tie));
        var agreement = Assert.Single(PairwiseScoring.Score(builder.Build(), Options).Leaderboard.JudgeAgreement!);
        Assert.Equal((100.0, null), (agreement.Agree.Value, agreement.Kappa));
    }

    private static PairwiseLeaderboard Score(params (string Judge, Verdict? First, Verdict? Second)[] pairs)
    {
        var builder = new BattleTableBuilder();
        foreach (var judge in pairs.GroupBy(pair => pair.Judge))
            Add(builder, judge.Key, [.. judge.Select(pair => (pair.First, pair.Second))]);
        return PairwiseScoring.Score(builder.Build(), Options).Leaderboard;
    }

    /// <summary>A judge's verdicts on q0, q1, …, which are added by the first judge that has them.</summary>
    private static void Add(BattleTableBuilder builder, string judge, params (Verdict? First, Verdict? Second)[] pairs)
    {
        for (var q = 0; q < pairs.Length; q++)
        {
            Add(1, pairs[q].First);
            Add(2, pairs[q].Second);

            void Add(int game, Verdict? verdict)
            {
                if (!builder.AddStyle($"q{q}", "m", default))
                    builder.AddQuestion($"q{q}", "all");
                if (verdict is { } said)
                    builder.AddGame($"q{q}", "m", "base", judge, game, said);
                else
                    builder.AddUnscored($"q{q}", "m", "base", judge, game, "no_score");
            }
        }
    }
}
