using ArenaBench.Core.Scoring;
using ArenaBench.Testing.Scoring;
using static ArenaBench.Core.Tests.Scoring.WinRateTests;

namespace ArenaBench.Core.Tests.Scoring;

/// <summary>What the whole of scoring finds on benchmarks whose truth is known. Larger runs: <c>bench coverage</c>.</summary>
public class SimulatedBenchmarkTests
{
    [Fact]
    public void KnownStrengthsAndStyleEffects_LieInTheirIntervals()
    {
        double[] strengths = [-1.2, -0.2, 0.6, 1.6];
        double[] effects = [1.2, 3.0, -2.0, 1.0];
        var options = new PairwiseOptions
        {
            Style = StyleControl.LengthAndMarkdown,
            StyleReference = StyleReference.EqualStyle,
            Bootstrap = new() { Rounds = 199 },
        };
        int inside = 0, all = 0;
        for (var seed = 0; seed < 80; seed++)
        {
            var board = PairwiseScoring.Score(new KnownGames(strengths, effects, Questions: 200).Draw(seed), options).Leaderboard;
            for (var m = 0; m < strengths.Length; m++)
                Count(Row(board, SimulatedGames.Model(m)).Elo, 1000 + (400 * strengths[m] / Math.Log(10)));
            for (var f = 0; f < effects.Length; f++)
                Count(board.Style![f].Coefficient, effects[f] * board.Style[f].Deviation);
        }

        Assert.InRange((double)inside / all, 0.93, 0.98);

        void Count(Estimate estimate, double truth)
        {
            all++;
            inside += estimate.Lower <= truth && truth <= estimate.Upper ? 1 : 0;
        }
    }

    [Fact]
    public void KnownStrengths_AreFoundExactlyInTheLimit()
    {
        double[] strengths = [-1.0, 0.5];
        double[] effects = [1.2, 3.0, -2.0, 1.0];
        var board = PairwiseScoring.Score(new KnownGames(strengths, effects, Questions: 50_000).Draw(1),
            new() { Style = StyleControl.LengthAndMarkdown, StyleReference = StyleReference.EqualStyle, Bootstrap = new() { Rounds = 0 } }).Leaderboard;
        for (var m = 0; m < strengths.Length; m++)
            Assert.Equal(strengths[m], (Row(board, SimulatedGames.Model(m)).Elo.Value!.Value - 1000) * Math.Log(10) / 400, 0.04);
        for (var f = 0; f < effects.Length; f++)
            Assert.Equal(effects[f] * board.Style![f].Deviation, board.Style[f].Coefficient.Value!.Value, 0.025);
    }

    [Fact]
    public void ASimulatedBenchmark_HasTheWinRateOfItsIntegral()
    {
        var games = new SimulatedGames([-0.8, 0.6], Questions: 60_000);
        var board = PairwiseScoring.Score(games.Draw(1), new() { Bootstrap = new() { Rounds = 0 } }).Leaderboard;
        for (var m = 0; m < 2; m++)
            Assert.Equal(games.TrueWinRate(m), Row(board, SimulatedGames.Model(m)).WinRate.Value!.Value, 0.7);
    }

    [Fact]
    public void Intervals_ByQuestionHoldTheTruth_ByVoteDoNot()
    {
        var games = new SimulatedGames([-0.6, 0.8], Questions: 100, LengthEffect: 1.0);
        Assert.All([0, 1], m => Assert.InRange(games.GameCorrelation(m), 0.3, 0.7));
        var lines = new CoverageStudy(games, Benchmarks: 1000, Rounds: 199, [StyleControl.None], TruthQuestions: 100_000).Run();
        Assert.Equal(2, lines.Select(l => l.Quantity).Distinct().Count());
        Assert.All(lines.Where(l => l.Unit == BootstrapUnit.Question), l => Assert.InRange(l.Covers, 0.92, 0.98));
        Assert.All(lines.Where(l => l.Unit == BootstrapUnit.Vote), l => Assert.InRange(l.Covers, 0.5, 0.85));
    }
}
