using ArenaBench.Core.Answers;
using ArenaBench.Core.Judging;
using ArenaBench.Core.Scoring;
using static ArenaBench.Core.Tests.Scoring.WinRateTests;

namespace ArenaBench.Core.Tests.Scoring;

public class StyleControlTests
{
    private static readonly PairwiseOptions Styled = new()
    {
        Style = StyleControl.LengthAndMarkdown,
        StyleReference = StyleReference.EqualStyle,
        Bootstrap = new() { Rounds = 0 },
    };

    public static TheoryData<int, StyleControl, StyleFeatures, int> Cases => new()
    {
        { 1, StyleControl.Length, StyleFeatures.V20, 1 },
        { 2, StyleControl.Markdown, StyleFeatures.V20, 1 },
        { 3, StyleControl.LengthAndMarkdown, StyleFeatures.V20, 1 },
        { 4, StyleControl.LengthAndMarkdown, StyleFeatures.V01, 1 },
        { 5, StyleControl.Length, StyleFeatures.V01, 2 },
        { 6, StyleControl.LengthAndMarkdown, StyleFeatures.V20, 3 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Fit_EqualsTheSlowSolver(int seed, StyleControl style, StyleFeatures features, int baselines)
    {
        var games = RandomGames.Draw(seed, models: 4, questions: 40, baselines);
        var board = PairwiseScoring.Score(games.Table(), Styled with { Style = style, StyleFeatures = features }).Leaderboard;
        var slow = new SlowSolver(games.Games, board.Baseline!, g => Scaled(games, g, board.Style!, features)).Solve();

        Assert.InRange(board.Fit!.GradientNorm, 0, 1e-9);
        for (var f = 0; f < board.Style!.Count; f++)
            Assert.Equal(slow.Style(f), board.Style[f].Coefficient.Value!.Value, 1e-8);
        foreach (var row in board.Rows)
            Assert.Equal(100 / (1 + Math.Exp(-slow.Strength(row.Model))), row.WinRate.Value!.Value, 1e-6);
    }

    [Fact]
    public void Fit_IsAStationaryPointByFiniteDifferences()
    {
        var games = RandomGames.Draw(7, models: 5, questions: 80);
        var board = PairwiseScoring.Score(games.Table(), Styled).Leaderboard;
        var likelihood = new SlowSolver(games.Games, board.Baseline!, g => Scaled(games, g, board.Style!, StyleFeatures.V20));
        var optimum = new double[likelihood.Parameters.Length];
        var models = board.Rows.Where(r => !r.IsBaseline).OrderBy(r => r.Model, StringComparer.Ordinal).ToList();
        for (var m = 0; m < models.Count; m++)
            optimum[m + 1] = (models[m].Elo.Value!.Value - 1000) * Math.Log(10) / 400;
        for (var f = 0; f < board.Style!.Count; f++)
            optimum[models.Count + 1 + f] = board.Style[f].Coefficient.Value!.Value;

        var best = likelihood.LogLikelihood(optimum);
        for (var k = 1; k < optimum.Length; k++)
        {
            const double h = 1e-4;
            double[] up = [.. optimum], down = [.. optimum];
            up[k] += h;
            down[k] -= h;
            Assert.Equal(0, (likelihood.LogLikelihood(up) - likelihood.LogLikelihood(down)) / (2 * h), 1e-5);
            Assert.True(best > likelihood.LogLikelihood(up) && best > likelihood.LogLikelihood(down));
        }
    }

    [Fact]
    public void Gradient_AndCurvatureOfTheKernel_AreThoseOfTheLikelihood()
    {
        // Away from the optimum, where a wrong derivative shows.
        var games = RandomGames.Draw(8, models: 1, questions: 30);
        var options = Styled with { StrongWeight = 3 };
        var table = games.Table();
        var run = new PairwiseRun(table, options);
        var battles = run.Scope.Battles;
        var rows = new RowWeights(battles.Rows);
        rows.TakeAll(battles);
        double[] at = [0.3, 0.2, -0.4, 0.1, 0.5];

        var gradient = new double[4];
        var curvature = new double[10];
        var sums = GroupKernel.Sum(battles, rows, battles.Groups[0], at[0], at.AsSpan(1), [], [], gradient, curvature);

        const double h = 1e-5;
        double[] analytic = [sums.Residual, .. gradient];
        for (var k = 0; k < at.Length; k++)
            Assert.Equal((Value(Plus(k, h)) - Value(Plus(k, -h))) / (2 * h), analytic[k], 1e-5);

        double[] cross = [sums.Curvature, sums.Cross0, sums.Cross1, sums.Cross2, sums.Cross3];
        for (var k = 0; k < at.Length; k++)
            Assert.Equal(-(Slope(Plus(k, h)) - Slope(Plus(k, -h))) / (2 * h), cross[k], 1e-5);

        double[] Plus(int k, double by) => [.. at.Select((v, i) => i == k ? v + by : v)];

        double Value(double[] point)
        {
            double sum = 0;
            for (var i = 0; i < battles.Rows; i++)
            {
                var p = 1 / (1 + Math.Exp(-Z(point, i)));
                sum += (battles.Score[i] * Math.Log(p)) + ((battles.Weight[i] - battles.Score[i]) * Math.Log(1 - p));
            }

            return sum;
        }

        double Slope(double[] point) => Enumerable.Range(0, battles.Rows).Sum(i => battles.Score[i] - (battles.Weight[i] / (1 + Math.Exp(-Z(point, i)))));

        double Z(double[] point, int i) => point[0] + Enumerable.Range(0, 4).Sum(f => point[f + 1] * battles.Style[f][i]);
    }

    [Fact]
    public void V20Features_AreRelativeLengthAndDensityPerToken()
    {
        var effects = EffectsOfTwo(StyleFeatures.V20);
        Assert.Equal((299.0 - 99) / (299 + 99), effects[0].Mean, 1e-15);
        Assert.Equal(((6 / 300.0) - (2 / 100.0)) / ((6 / 300.0) + (2 / 100.0) + 1), effects[1].Mean, 1e-15);
        Assert.Equal(((3 / 300.0) - (4 / 100.0)) / ((3 / 300.0) + (4 / 100.0) + 1), effects[2].Mean, 1e-15);
        Assert.Equal(((9 / 300.0) - 0) / ((9 / 300.0) + 0 + 1), effects[3].Mean, 1e-15);
    }

    [Fact]
    public void V01Features_AreRelativeCountsPlusOne()
    {
        var effects = EffectsOfTwo(StyleFeatures.V01);
        Assert.Equal([200 / 399.0, 4 / 9.0, -1 / 8.0, 9 / 10.0], effects.Select(e => e.Mean));
        Assert.All(effects, e => Assert.Equal("the difference is the same in every game", e.Coefficient.Absent));
    }

    [Theory]
    [InlineData(StyleFeatures.V20)]
    [InlineData(StyleFeatures.V01)]
    public void Deviation_CountsVotes_AsThePublishedScriptsDo(StyleFeatures features)
    {
        var builder = new BattleTableBuilder();
        for (var q = 0; q < 2; q++)
        {
            builder.AddQuestion($"q{q}", "all");
            builder.AddStyle($"q{q}", "base", new(100, 0, 0, 0));
            builder.AddStyle($"q{q}", "m", new(q == 0 ? 100 : 300, 0, 0, 0));
        }

        // Question 0 has 1 + 1 votes, question 1 has 3 + 1.
        builder.AddGame("q0", "m", "base", "judge", 1, Verdict.ABetter);
        builder.AddGame("q0", "m", "base", "judge", 2, Verdict.Tie);
        builder.AddGame("q1", "m", "base", "judge", 1, Verdict.BMuchBetter);
        builder.AddGame("q1", "m", "base", "judge", 2, Verdict.BBetter);
        var effect = PairwiseScoring.Score(builder.Build(), Styled with { Style = StyleControl.Length, StyleFeatures = features }).Leaderboard.Style![0];

        var x = features == StyleFeatures.V20 ? 0.5 : 200.0 / 401;
        Assert.Equal(x * 4 / 6, effect.Mean, 1e-15);
        var squares = (2 * Math.Pow(x * 4 / 6, 2)) + (4 * Math.Pow(x * 2 / 6, 2));
        Assert.Equal(Math.Sqrt(squares / (features == StyleFeatures.V20 ? 5 : 6)), effect.Deviation, 1e-15);
    }

    [Fact]
    public void PoolMean_IsTheFitOfCentredDifferences()
    {
        var games = RandomGames.Draw(9, models: 4, questions: 60);
        var board = PairwiseScoring.Score(games.Table(), Styled with { StyleReference = StyleReference.PoolMean }).Leaderboard;
        var slow = new SlowSolver(games.Games, board.Baseline!, g =>
            [.. Scaled(games, g, board.Style!, StyleFeatures.V20).Zip(board.Style!, (x, e) => x - (e.Mean / e.Deviation))]).Solve();
        foreach (var row in board.Rows.Where(r => !r.IsBaseline))
            Assert.Equal(100 / (1 + Math.Exp(-slow.Strength(row.Model))), row.WinRate.Value!.Value, 1e-6);
        for (var f = 0; f < 4; f++)
            Assert.Equal(slow.Style(f), board.Style![f].Coefficient.Value!.Value, 1e-8);
    }

    [Fact]
    public void EqualStyle_OfAModel_DoesNotMoveWhenALongWindedOneJoins()
    {
        // A newcomer that always ties tells nothing about style, but moves the pool's mean.
        var games = RandomGames.Draw(10, models: 3, questions: 60);
        var pool = Styled with { StyleReference = StyleReference.PoolMean, Style = StyleControl.Length };
        var before = PairwiseScoring.Score(games.Table(), pool).Leaderboard;
        foreach (var question in games.Category.Keys)
        {
            games.Styles[(question, "wordy")] = games.Styles[(question, "b0")] with { Tokens = 20 * games.Styles[(question, "b0")].Tokens };
            games.Games.Add(new(question, "wordy", "b0", "j0", 1, Verdict.Tie));
            games.Games.Add(new(question, "wordy", "b0", "j0", 2, Verdict.Tie));
        }

        var equal = Styled with { Style = StyleControl.Length };
        var after = PairwiseScoring.Score(games.Table(), pool).Leaderboard;
        var steady = PairwiseScoring.Score(games.Table(), equal).Leaderboard;
        Assert.InRange(Math.Abs(Row(before, "m0").WinRate.Value!.Value - Row(after, "m0").WinRate.Value!.Value), 0.05, 50);
        var without = PairwiseScoring.Score(RandomGames.Draw(10, models: 3, questions: 60).Table(), equal).Leaderboard;
        Assert.Equal(Row(without, "m0").WinRate.Value!.Value, Row(steady, "m0").WinRate.Value!.Value, 0.05);
    }

    [Fact]
    public void AnswersWithoutCounts_LeaveTheirGamesOut()
    {
        var games = RandomGames.Draw(11, models: 2, questions: 20);
        games.Styles.Remove(("q003", "m1"));
        games.Styles.Remove(("q005", "b0"));
        var board = PairwiseScoring.Score(games.Table(), Styled).Leaderboard;
        Assert.Equal((38, 2), (Row(board, "m0").Games.Scored, Row(board, "m0").Games.Dropped));
        Assert.Equal((36, 4), (Row(board, "m1").Games.Scored, Row(board, "m1").Games.Dropped));
        Assert.Equal(6, board.Notes.Single(n => n.Code == "no_style").Count);
    }

    private static IReadOnlyList<StyleEffect> EffectsOfTwo(StyleFeatures features)
    {
        var builder = new BattleTableBuilder();
        builder.AddQuestion("q", "all");
        builder.AddStyle("q", "m", new(299, 6, 3, 9));
        builder.AddStyle("q", "base", new(99, 2, 4, 0));
        builder.AddGame("q", "m", "base", "judge", 1, Verdict.ABetter);
        builder.AddGame("q", "m", "base", "judge", 2, Verdict.ABetter);
        return PairwiseScoring.Score(builder.Build(), Styled with { StyleFeatures = features }).Leaderboard.Style!;
    }

    /// <summary>The differences once more, written from the published formulas.</summary>
    private static double[] Scaled(RandomGames games, TestGame g, IReadOnlyList<StyleEffect> effects, StyleFeatures features)
    {
        var m = games.Styles[(g.Question, g.Model)];
        var b = games.Styles[(g.Question, g.Baseline)];
        return [.. effects.Select(e => Raw(e.Feature) / e.Deviation)];

        double Raw(string feature)
        {
            double x = Count(m, feature), y = Count(b, feature);
            if (features == StyleFeatures.V01)
                return (x - y) / (x + y + 1);
            if (feature == "length")
                return (x - y) / (x + y);
            x /= m.Tokens + 1.0;
            y /= b.Tokens + 1.0;
            return (x - y) / (x + y + 1);
        }
    }

    private static int Count(StyleCounts counts, string feature) => feature switch
    {
        "length" => counts.Tokens,
        "header" => counts.Headers,
        "list" => counts.Lists,
        _ => counts.Bolds,
    };
}
