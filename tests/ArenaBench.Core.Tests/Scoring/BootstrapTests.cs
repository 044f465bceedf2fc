using System.Text.Json;
using ArenaBench.Core.Judging;
using ArenaBench.Core.Scoring;
using ArenaBench.Testing.Scoring;
using static ArenaBench.Core.Tests.Scoring.WinRateTests;

namespace ArenaBench.Core.Tests.Scoring;

public class BootstrapTests
{
    public static TheoryData<PairwiseMethod, StyleControl, BootstrapUnit, int> Ways
    {
        get
        {
            var ways = new TheoryData<PairwiseMethod, StyleControl, BootstrapUnit, int>();
            foreach (var unit in Enum.GetValues<BootstrapUnit>())
            {
                ways.Add(PairwiseMethod.WinRate, StyleControl.None, unit, 1);
                ways.Add(PairwiseMethod.BradleyTerry, StyleControl.None, unit, 2);
                ways.Add(PairwiseMethod.WinRate, StyleControl.LengthAndMarkdown, unit, 1);
                ways.Add(PairwiseMethod.BradleyTerry, StyleControl.Length, unit, 2);
            }

            return ways;
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Bytes_DependNeitherOnThreadsNorOnTheOrderOfReading(PairwiseMethod method, StyleControl style, BootstrapUnit unit, int baselines)
    {
        var games = RandomGames.Draw(1, models: 4, questions: 37, baselines, judges: 2, gaps: 0.05);
        var options = Options(method, style, unit);
        var bytes = Json(games.Table(), options, threads: 1);
        foreach (var threads in (int[])[2, 3, 7])
            Assert.Equal(bytes, Json(games.Table(), options, threads));
        for (var shuffle = 0; shuffle < 3; shuffle++)
            Assert.Equal(bytes, Json(games.Shuffled(shuffle).Table(), options, threads: 2));
        Assert.NotEqual(bytes, Json(games.Table(), options with { Bootstrap = options.Bootstrap with { Seed = 43 } }, threads: 1));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Interval_HoldsTheValueAndIsWiderForMoreConfidence(PairwiseMethod method, StyleControl style, BootstrapUnit unit, int baselines)
    {
        var table = RandomGames.Draw(2, models: 3, questions: 80, baselines).Table();
        var options = Options(method, style, unit);
        var wide = PairwiseScoring.Score(table, options).Leaderboard;
        var narrow = PairwiseScoring.Score(table, options with { Bootstrap = options.Bootstrap with { Confidence = 0.5 } }).Leaderboard;
        foreach (var row in wide.Rows.Where(r => !r.IsBaseline))
        {
            var inner = Row(narrow, row.Model).WinRate;
            Assert.True(row.WinRate.Lower < inner.Lower && inner.Lower < row.WinRate.Value);
            Assert.True(row.WinRate.Value < inner.Upper && inner.Upper < row.WinRate.Upper);
            Assert.True(row.Elo.Lower < row.Elo.Value && row.Elo.Value < row.Elo.Upper);
        }
    }

    [Fact]
    public void ByQuestion_StandardError_IsTheClusteredOneOfTheRatio()
    {
        var table = new SimulatedGames([0.4], 400).Draw(3);
        var row = Row(PairwiseScoring.Score(table, new() { Bootstrap = new() { Rounds = 4000 } }).Leaderboard, "m00");

        // Linearised ratio: residuals summed per question.
        var battles = new PairwiseRun(table, PairwiseOptions.Default).Scope.Battles;
        var votes = battles.Weight.Sum();
        var residuals = battles.Score.Zip(battles.Weight, (s, w) => s - (w * row.WinRate.Value!.Value / 100));
        var expected = 100 * Math.Sqrt(residuals.Sum(r => r * r)) / votes;
        Assert.Equal(1, row.WinRate.StandardError!.Value / expected, 0.04);
    }

    [Fact]
    public void ByVote_StandardError_IsThatOfIndependentVotes()
    {
        var table = new SimulatedGames([0.4], 400).Draw(4);
        var byVote = new PairwiseOptions { Bootstrap = new() { Rounds = 4000, Unit = BootstrapUnit.Vote } };
        var row = Row(PairwiseScoring.Score(table, byVote).Leaderboard, "m00");
        var battles = new PairwiseRun(table, PairwiseOptions.Default).Scope.Battles;
        var p = row.WinRate.Value!.Value / 100;
        var squares = (battles.Won.Sum() * (1 - p) * (1 - p)) + (battles.Tied.Sum() * (0.5 - p) * (0.5 - p)) + (battles.Lost.Sum() * p * p);
        Assert.Equal(1, row.WinRate.StandardError!.Value / (100 * Math.Sqrt(squares) / battles.Weight.Sum()), 0.04);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void ARoundOfTheRegression_IsTheExactOptimumOfItsWeights(int baselines)
    {
        var table = RandomGames.Draw(5, models: 4, questions: 60, baselines).Table();
        var run = new PairwiseRun(table, Options(PairwiseMethod.BradleyTerry, StyleControl.LengthAndMarkdown, BootstrapUnit.Question));
        var battles = run.Scope.Battles;
        var layout = new StrengthLayout(battles, run.Style.Active);
        var solver = new StrengthSolver(layout);
        var rows = new RowWeights(battles.Rows);
        rows.TakeAll(battles);
        var probability = new double[battles.Rows];
        var full = solver.FitFully(rows, probability);
        var resampler = new QuestionResampler(battles, seed: 9);
        var again = new StrengthFit(battles.Models);
        for (var round = 0; round < 20; round++)
        {
            resampler.Draw(round, rows);
            solver.Refit(rows, full, probability, again);
            var scratch = solver.FitFully(rows, new double[battles.Rows]);
            Assert.InRange(scratch.GradientNorm, 0, 1e-9);
            for (var m = 0; m < battles.Models; m++)
                Assert.Equal(scratch.Strength[m], again.Strength[m], 1e-9);
            for (var f = 0; f < 4; f++)
                Assert.Equal(scratch.Style[f], again.Style[f], 1e-9);
        }
    }

    [Fact]
    public void StrongVerdicts_CountAsThreeOfTheSame()
    {
        var games = RandomGames.Draw(6, models: 3, questions: 40);
        var threefold = new RandomGames();
        foreach (var (question, category) in games.Category)
            threefold.Category[question] = category;
        foreach (var (key, style) in games.Styles)
            threefold.Styles[key] = style;
        foreach (var g in games.Games)
        {
            var strong = g.Verdict is Verdict.AMuchBetter or Verdict.BMuchBetter;
            var plain = g.Verdict switch { Verdict.AMuchBetter => Verdict.ABetter, Verdict.BMuchBetter => Verdict.BBetter, var v => v };
            for (var copy = 0; copy < (strong ? 3 : 1); copy++)
                threefold.Games.Add(g with { Verdict = plain, Judge = $"j{copy}" });
        }

        foreach (var style in (StyleControl[])[StyleControl.None, StyleControl.LengthAndMarkdown])
        {
            // Dropping incomplete pairs would see judges with one game.
            var options = Options(PairwiseMethod.BradleyTerry, style, BootstrapUnit.Question) with { IncompletePairs = IncompletePairs.Keep };
            var one = PairwiseScoring.Score(games.Table(), options).Leaderboard;
            var other = PairwiseScoring.Score(threefold.Table(), options).Leaderboard;
            foreach (var row in one.Rows)
                Assert.Equal(row.WinRate, Row(other, row.Model).WinRate);
        }
    }

    [Fact]
    public void AQuestionAddedTwice_WeighsTwice()
    {
        var games = RandomGames.Draw(7, models: 3, questions: 30);
        var copied = RandomGames.Draw(7, models: 3, questions: 30);
        copied.Category["copy"] = "c0";
        copied.Games.AddRange(games.Games.Where(g => g.Question == "q004").Select(g => g with { Question = "copy" }));
        foreach (var (key, style) in games.Styles.Where(s => s.Key.Question == "q004"))
            copied.Styles[("copy", key.Model)] = style;

        var options = Options(PairwiseMethod.WinRate, StyleControl.LengthAndMarkdown, BootstrapUnit.Question);
        var run = new PairwiseRun(games.Table(), options);
        var battles = run.Scope.Battles;
        var rows = new RowWeights(battles.Rows);
        var times = Enumerable.Repeat(1.0, battles.Questions).ToArray();
        times[4] = 2;
        rows.TakeQuestions(battles, times);

        // The scale of the differences is that of the data; the copy's is its own.
        var weighted = new StrengthSolver(new(battles, run.Style.Active)).FitFully(rows, new double[battles.Rows]);
        var copy = new PairwiseRun(copied.Table(), options);
        copy.Run(1, TestContext.Current.CancellationToken);
        for (var m = 0; m < battles.Models; m++)
            Assert.Equal(copy.Fit!.Strength[m], weighted.Strength[m], 1e-10);
        for (var f = 0; f < 4; f++)
            Assert.Equal(copy.Fit!.Style[f] / copy.Style.Deviation[f], weighted.Style[f] / run.Style.Deviation[f], 1e-9);
    }

    [Fact]
    public void Compare_IsPairedByQuestion()
    {
        // Two models that the questions suit alike: each is uncertain, their difference is not.
        var table = new SimulatedGames([0.0, 0.7], 300, SharedDeviation: 3, OwnDeviation: 0.1).Draw(8);
        var scores = PairwiseScoring.Score(table);
        var comparison = scores.Compare("m01", "m00");
        double Width(string model) => Row(scores.Leaderboard, model).WinRate is var e ? e.Upper!.Value - e.Lower!.Value : 0;
        var width = comparison.Difference.Upper!.Value - comparison.Difference.Lower!.Value;
        Assert.InRange(width, 0, 0.8 * Math.Sqrt((Width("m00") * Width("m00")) + (Width("m01") * Width("m01"))));
        Assert.Equal(Row(scores.Leaderboard, "m01").WinRate.Value!.Value - Row(scores.Leaderboard, "m00").WinRate.Value!.Value, comparison.Difference.Value!.Value, 1e-12);
        Assert.True(comparison.Significant);
        Assert.InRange(comparison.PValue!.Value, 0, 0.01);
        Assert.StartsWith("m01 is better than m00: m01 leads by ", comparison.Statement, StringComparison.Ordinal);
        Assert.Contains("95% interval", comparison.Statement, StringComparison.Ordinal);

        var back = scores.Compare("m00", "m01");
        Assert.Equal(-comparison.Difference.Value, back.Difference.Value);
        Assert.StartsWith("m01 is better than m00: m01 leads by ", back.Statement, StringComparison.Ordinal);
    }

    [Fact]
    public void Compare_OfAModelWithItself_IsNotSignificant()
    {
        var comparison = PairwiseScoring.Score(new SimulatedGames([0.0, 0.7], 50).Draw(9)).Compare("m00", "m00");
        Assert.Equal((0.0, 1.0, false), (comparison.Difference.Value, comparison.PValue, comparison.Significant));
    }

    [Fact]
    public void Ranks_SpanTheModelsThatCannotBeToldApart()
    {
        var board = PairwiseScoring.Score(new SimulatedGames([-2.0, 1.0, 1.01, 3.0], 400).Draw(10)).Leaderboard;
        (int?, int?) Span(string model) => (Row(board, model).RankBest, Row(board, model).RankWorst);
        Assert.Equal(((1, 1), (2, 3), (2, 3), (4, 4), (5, 5)), (Span("m03"), Span("m01"), Span("m02"), Span("baseline"), Span("m00")));
    }

    private static PairwiseOptions Options(PairwiseMethod method, StyleControl style, BootstrapUnit unit) => new()
    {
        Method = method,
        Style = style,
        Bootstrap = new() { Unit = unit, Rounds = 60 },
    };

    private static string Json(BattleTable table, PairwiseOptions options, int threads) =>
        JsonSerializer.Serialize(PairwiseScoring.Score(table, options, threads, TestContext.Current.CancellationToken).Leaderboard);
}
