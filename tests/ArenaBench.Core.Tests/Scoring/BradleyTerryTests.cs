using ArenaBench.Core.Scoring;
using static ArenaBench.Core.Tests.Scoring.WinRateTests;

namespace ArenaBench.Core.Tests.Scoring;

public class BradleyTerryTests
{
    private static readonly PairwiseOptions BradleyTerry = new()
    {
        Method = PairwiseMethod.BradleyTerry,
        IncompletePairs = IncompletePairs.Keep,
        Bootstrap = new() { Rounds = 0 },
    };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void OneBaseline_NoStyle_IsTheLogOddsOfTheWinRate(int seed)
    {
        var table = RandomGames.Draw(seed, models: 8, questions: 200, gaps: 0.05).Table();
        var fitted = PairwiseScoring.Score(table, BradleyTerry).Leaderboard;
        var counted = PairwiseScoring.Score(table, BradleyTerry with { Method = PairwiseMethod.WinRate }).Leaderboard;
        Assert.True(fitted.Fit!.Converged);
        Assert.InRange(fitted.Fit.GradientNorm, 0, 1e-10);
        foreach (var row in counted.Rows)
        {
            Assert.Equal(row.WinRate.Value!.Value, Row(fitted, row.Model).WinRate.Value!.Value, 1e-11);
            Assert.Equal(row.Elo.Value!.Value, Row(fitted, row.Model).Elo.Value!.Value, 1e-9);
        }
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 3)]
    [InlineData(3, 4)]
    public void SeveralBaselines_EqualTheSlowSolver(int seed, int baselines)
    {
        var games = RandomGames.Draw(seed, models: 6, questions: 60, baselines, judges: 2, gaps: 0.1);
        Check(games, "b1");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void AllAgainstAll_EqualTheSlowSolver(int seed) => Check(RandomGames.AllAgainstAll(seed, models: 7, questions: 40), "m3");

    [Fact]
    public void AnotherAnchor_ShiftsEveryEloAlike()
    {
        var table = RandomGames.Draw(4, models: 5, questions: 50, baselines: 2).Table();
        var one = PairwiseScoring.Score(table, BradleyTerry with { Baseline = "b0" }).Leaderboard;
        var other = PairwiseScoring.Score(table, BradleyTerry with { Baseline = "m2" }).Leaderboard;
        var shift = Row(one, "m2").Elo.Value!.Value - 1000;
        Assert.All(one.Rows, row => Assert.Equal(row.Elo.Value!.Value - shift, Row(other, row.Model).Elo.Value!.Value, 1e-8));
        Assert.Equal(50, Row(other, "m2").WinRate.Value);
    }

    [Fact]
    public void WinRates_OfAllPairs_FollowFromTheStrengths()
    {
        var scores = PairwiseScoring.Score(RandomGames.Draw(5, models: 4, questions: 50).Table(), BradleyTerry);
        var matrix = scores.WinRates();
        for (var i = 0; i < matrix.Models.Count; i++)
        {
            for (var j = 0; j < matrix.Models.Count; j++)
            {
                var elo = Row(scores.Leaderboard, matrix.Models[i]).Elo.Value - Row(scores.Leaderboard, matrix.Models[j]).Elo.Value;
                Assert.Equal(100 / (1 + Math.Pow(10, -elo!.Value / 400)), matrix.Percent[i][j]!.Value, 1e-9);
            }
        }
    }

    private static void Check(RandomGames games, string anchor)
    {
        var board = PairwiseScoring.Score(games.Table(), BradleyTerry with { Baseline = anchor }).Leaderboard;
        var slow = new SlowSolver(games.Games, anchor, _ => []).Solve();
        Assert.InRange(board.Fit!.GradientNorm, 0, 1e-9);
        Assert.Equal(0, board.Fit.Ridge);
        foreach (var row in board.Rows)
        {
            var expected = slow.Strength(row.Model);
            Assert.Equal(1000 + (400 * expected / Math.Log(10)), row.Elo.Value!.Value, 1e-6);
            Assert.Equal(100 / (1 + Math.Exp(-expected)), row.WinRate.Value!.Value, 1e-8);
        }
    }
}
