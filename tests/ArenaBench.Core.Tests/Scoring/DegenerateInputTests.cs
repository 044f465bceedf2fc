using System.Text.Json;
using ArenaBench.Core.Answers;
using ArenaBench.Core.Judging;
using ArenaBench.Core.Scoring;
using static ArenaBench.Core.Judging.Verdict;
using static ArenaBench.Core.Tests.Scoring.WinRateTests;

namespace ArenaBench.Core.Tests.Scoring;

public class DegenerateInputTests
{
    private static readonly PairwiseOptions Default = new() { Bootstrap = new() { Rounds = 50 } };
    private static readonly PairwiseOptions BradleyTerry = Default with { Method = PairwiseMethod.BradleyTerry };
    private static readonly PairwiseOptions Styled = Default with { Style = StyleControl.LengthAndMarkdown };

    public static TheoryData<string> Ways => ["plain", "bt", "style", "vote", "bt-vote", "style-vote"];

    [Theory]
    [MemberData(nameof(Ways))]
    public void NoGamesAtAll_IsAnEmptyBoardThatSaysSo(string way)
    {
        var board = Checked(new BattleTableBuilder().Build(), way);
        Assert.Empty(board.Rows);
        Assert.Null(board.Baseline);
        Assert.Contains(board.Notes, n => n.Code == "no_games");
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void AModelWithoutGames_IsListedWithoutScore(string way)
    {
        var row = Row(Checked(Table(("m", BBetter, ABetter)), way, b => b.AddModel("idle")), "idle");
        Assert.Null(row.Rank);
        Assert.Equal("no game of this model counts here", row.WinRate.Absent);
        Assert.Equal((2, 0, 2), (row.Games.Expected, row.Games.Scored, row.Games.Missing));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void NothingButUnscoredGames_HasNoScore(string way)
    {
        var builder = new BattleTableBuilder();
        builder.AddQuestion("q", "all");
        builder.AddUnscored("q", "m", "base", "judge", 1, "content_filter");
        builder.AddUnscored("q", "m", "base", "judge", 2, "no_score");
        var row = Row(Checked(builder.Build(), way), "m");
        Assert.Null(row.WinRate.Value);
        Assert.Equal([("content_filter", 1), ("no_score", 1)], row.Games.Unscored.Select(u => (u.Key, u.Value)));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void AllTies_AreFiftyPercent(string way)
    {
        var row = Row(Checked(Table(("m", Tie, Tie), ("m", Tie, Tie), ("m", Tie, Tie)), way), "m");
        Assert.Equal(50, row.WinRate.Value!.Value, 1e-9);
        Assert.Equal(1000, row.Elo.Value!.Value, 1e-9);
        Assert.Equal(1, row.Outcomes.TieRate);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void OneQuestion_HasAScoreAndByQuestionNoInterval(string way)
    {
        var row = Row(Checked(Table(("m", BBetter, ABetter), ("m", BBetter, BBetter)), way, questions: 1), "m");
        Assert.NotNull(row.WinRate.Value);
        if (!way.EndsWith("vote", StringComparison.Ordinal))
        {
            Assert.Null(row.WinRate.Lower);
            Assert.Equal("no interval: it takes at least two questions", row.WinRate.Absent);
            Assert.Null(row.RankBest);
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void GamesOfAModelAgainstItself_AreLeftOutAndCounted(string way)
    {
        var board = Checked(Table(("base", BBetter, ABetter), ("m", BBetter, Tie)), way);
        Assert.Equal(75, Row(board, "m").WinRate.Value!.Value, 1e-9);
        Assert.Equal(50, Row(board, "base").WinRate.Value);
        Assert.Equal(2, board.Notes.Single(n => n.Code == "own_baseline").Count);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void AnUnknownCategoryOrJudge_IsNamedWithThoseThatExist(string way)
    {
        var board = Checked(Table(("m", BBetter, Tie)), way, options: o => o with { Categories = ["nonsense"], Judges = ["nobody"] });
        Assert.Equal("There is no category \"nonsense\"; there are: all.", board.Notes.Single(n => n.Code == "unknown_category").Message);
        Assert.Contains("judge", board.Notes.Single(n => n.Code == "unknown_judge").Message, StringComparison.Ordinal);
        Assert.All(board.Rows, r => Assert.Null(r.WinRate.Value));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void AnUnknownBaseline_GivesNoScores(string way)
    {
        var board = Checked(Table(("m", BBetter, Tie)), way, options: o => o with { Baseline = "nobody" });
        Assert.Contains(board.Notes, n => n.Code == "unknown_baseline");
        Assert.All(board.Rows, r => Assert.Equal("there is no baseline to measure against", r.WinRate.Absent));
    }

    [Fact]
    public void WonEverything_Counted_IsAHundredPercentWithoutFiniteElo()
    {
        var row = Row(Checked(Table(("m", BBetter, AMuchBetter), ("m", BBetter, ABetter)), "plain"), "m");
        Assert.Equal((100.0, 100.0, 100.0), (row.WinRate.Value, row.WinRate.Lower, row.WinRate.Upper));
        Assert.Null(row.Elo.Value);
        Assert.Equal("won every vote: no finite strength", row.Elo.Absent);
    }

    [Theory]
    [InlineData("bt")]
    [InlineData("style")]
    [InlineData("bt-vote")]
    [InlineData("style-vote")]
    public void WonOrLostEverything_Fitted_IsHeldByTheRidgeAndSaysSo(string way)
    {
        var board = Checked(Mixed(), way);
        Assert.Equal(["all", "none"], board.Fit!.RidgeOn);
        Assert.Equal(0.01, board.Fit.Ridge);
        Assert.True(board.Fit.Converged);
        Assert.InRange(board.Fit.GradientNorm, 0, 1e-9);
        Assert.InRange(Row(board, "all").WinRate.Value!.Value, 99.5, 99.9999);
        Assert.InRange(Row(board, "none").WinRate.Value!.Value, 0.0001, 0.5);
        Assert.Equal(2, board.Notes.Single(n => n.Code == "separation").Count);
        Assert.Equal(["all", "some", "base", "none"], board.Rows.Select(r => r.Model));
    }

    [Fact]
    public void WonEverything_StandsAboveWhoConcededOneTie()
    {
        (string, Verdict?, Verdict?)[] games = [.. Enumerable.Range(0, 500).SelectMany(q => new (string, Verdict?, Verdict?)[]
            { ("all", BMuchBetter, AMuchBetter), ("nearly", BMuchBetter, q == 0 ? Tie : AMuchBetter) })];
        var board = Checked(Table(games), "bt");
        Assert.Equal(["all", "nearly"], board.Rows.Take(2).Select(r => r.Model));
        Assert.Equal(["all"], board.Fit!.RidgeOn);
    }

    [Theory]
    [InlineData("bt")]
    [InlineData("bt-vote")]
    public void AModelThatNobodyLinksWithTheBaseline_HasNoScore(string way)
    {
        var builder = new BattleTableBuilder();
        foreach (var (question, model, baseline) in new[] { ("q1", "a", "base"), ("q2", "b", "base"), ("q3", "c", "island") })
        {
            builder.AddQuestion(question, "all");
            builder.AddGame(question, model, baseline, "judge", 1, BBetter);
            builder.AddGame(question, model, baseline, "judge", 2, BBetter);
        }

        var board = Checked(builder.Build(), way);
        Assert.Equal("never compared with the baseline, directly or through others", Row(board, "c").WinRate.Absent);
        Assert.Equal(50, Row(board, "a").WinRate.Value!.Value, 1e-9);
    }

    [Theory]
    [InlineData("style")]
    [InlineData("style-vote")]
    public void StyleThatForetellsEveryWinner_IsHeldByTheRidge(string way)
    {
        var builder = new BattleTableBuilder();
        for (var q = 0; q < 20; q++)
        {
            builder.AddQuestion($"q{q:00}", "all");
            builder.AddStyle($"q{q:00}", "base", new(100, 0, 0, 0));
            builder.AddStyle($"q{q:00}", "m", new(q < 10 ? 50 : 200, 0, 0, 0));
            builder.AddGame($"q{q:00}", "m", "base", "judge", 1, q < 10 ? ABetter : BBetter);
            builder.AddGame($"q{q:00}", "m", "base", "judge", 2, q < 10 ? BBetter : ABetter);
        }

        var board = Checked(builder.Build(), way);
        Assert.Contains(board.Notes, n => n.Code == "style_separation");
        Assert.Contains("length", board.Fit!.RidgeOn);
        Assert.True(board.Style![0].Coefficient.Value > 1);
        Assert.Equal("the difference is the same in every game", board.Style[1].Coefficient.Absent);
    }

    [Theory]
    [InlineData("style")]
    [InlineData("style-vote")]
    public void StyleThatIsTheSameInEveryGameOfAModel_DoesNotBreakTheFit(string way)
    {
        // The differences tell models apart and nothing else: they are collinear with the strengths.
        var games = RandomGames.Draw(3, models: 3, questions: 30);
        foreach (var (question, model) in games.Styles.Keys.ToList())
            games.Styles[(question, model)] = new StyleCounts(model == "b0" ? 100 : 100 * (model[1] - '0' + 1), 0, 0, 0);
        var board = Checked(games.Table(), way);
        Assert.Contains(board.Notes, n => n.Code == "style_separation");
        Assert.All(board.Rows, r => Assert.NotNull(r.WinRate.Value));
    }

    [Fact]
    public void EmptyAnswers_HaveNoStyleDifference()
    {
        var builder = new BattleTableBuilder();
        builder.AddQuestion("q1", "all");
        builder.AddQuestion("q2", "all");
        foreach (var q in (string[])["q1", "q2"])
        {
            builder.AddStyle(q, "m", new(0, 0, 0, 0));
            builder.AddStyle(q, "base", new(0, 0, 0, 0));
            builder.AddGame(q, "m", "base", "judge", 1, BBetter);
            builder.AddGame(q, "m", "base", "judge", 2, BBetter);
        }

        Assert.Equal(0, Checked(builder.Build(), "style").Style![0].Mean);
    }

    [Fact]
    public void NoRounds_LeaveIntervalsEmptyAndSayWhy()
    {
        var board = PairwiseScoring.Score(Table(("m", BBetter, Tie), ("m", Tie, Tie)), Default with { Bootstrap = new() { Rounds = 0 } });
        var row = Row(board.Leaderboard, "m");
        Assert.Equal((62.5, (double?)null, "no interval: no bootstrap rounds were asked for"), (row.WinRate.Value, row.WinRate.Lower, row.WinRate.Absent));
        Assert.Null(board.Compare("m", "base").Significant);
    }

    [Theory]
    [InlineData(-1, 0.95, 3, BootstrapUnit.Question, "Rounds")]
    [InlineData(100, 1, 3, BootstrapUnit.Question, "Confidence")]
    [InlineData(100, double.NaN, 3, BootstrapUnit.Question, "Confidence")]
    [InlineData(100, 0.95, 0, BootstrapUnit.Question, "StrongWeight")]
    [InlineData(100, 0.95, double.NaN, BootstrapUnit.Question, "StrongWeight")]
    [InlineData(100, 0.95, 2.5, BootstrapUnit.Vote, "whole number of votes")]
    public void OptionsOutOfRange_AreRefused(int rounds, double confidence, double strong, BootstrapUnit unit, string named)
    {
        var options = new PairwiseOptions { StrongWeight = strong, Bootstrap = new() { Rounds = rounds, Confidence = confidence, Unit = unit } };
        var refusal = Assert.Throws<ArgumentException>(() => PairwiseScoring.Score(new BattleTableBuilder().Build(), options));
        Assert.Contains(named, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TheSameGameTwice_CountsOnce_TheFirst()
    {
        var builder = new BattleTableBuilder();
        builder.AddQuestion("q", "all");
        builder.AddGame("q", "m", "base", "judge", 2, BBetter);
        builder.AddGame("q", "m", "base", "judge", 1, BBetter);
        builder.AddGame("q", "m", "base", "judge", 1, AMuchBetter);
        builder.AddGame("q", "m", "base", "judge", 1, AMuchBetter);
        var table = builder.Build();
        Assert.Equal((2, 2), (table.GameCount, table.Duplicates));
        var board = Checked(table, "plain");
        Assert.Equal(50, Row(board, "m").WinRate.Value);
        Assert.Equal(2, board.Notes.Single(n => n.Code == "duplicates").Count);
    }

    [Fact]
    public void AGameOfAnUnknownQuestion_IsRefused()
    {
        var builder = new BattleTableBuilder();
        builder.AddQuestion("q", "all");
        Assert.False(builder.AddGame("other", "m", "base", "judge", 1, Tie));
        Assert.False(builder.AddStyle("other", "m", default));
        Assert.Throws<ArgumentException>(() => builder.AddQuestion("q", "all"));
        Assert.Throws<ArgumentOutOfRangeException>(() => builder.AddGame("q", "m", "base", "judge", 3, Tie));
        Assert.Equal(0, builder.Build().GameCount);
    }

    private static BattleTable Mixed()
    {
        (string, Verdict?, Verdict?)[] games = [.. Enumerable.Range(0, 30).SelectMany(q => new (string, Verdict?, Verdict?)[]
        {
            ("all", BBetter, AMuchBetter), ("none", AMuchBetter, BBetter), ("some", q % 3 == 0 ? ABetter : BBetter, q % 7 == 0 ? Tie : ABetter),
        })];
        return Table(games);
    }

    private static BattleTable Table(params (string Model, Verdict? First, Verdict? Second)[] games) => Build(games, null, null);

    private static BattleTable Build((string Model, Verdict? First, Verdict? Second)[] games, Action<BattleTableBuilder>? more, int? questions)
    {
        var builder = new BattleTableBuilder();
        var random = new Random(1);
        var at = new Dictionary<string, int>();
        var known = new HashSet<string>();
        foreach (var (model, first, second) in games)
        {
            var number = at.GetValueOrDefault(model);
            at[model] = number + 1;
            var q = $"q{(questions is { } n ? number % n : number):000}";
            if (known.Add(q))
            {
                builder.AddQuestion(q, "all");
                builder.AddStyle(q, "base", new(random.Next(50, 500), random.Next(5), random.Next(9), random.Next(7)));
            }

            builder.AddStyle(q, model, new(random.Next(50, 500), random.Next(5), random.Next(9), random.Next(7)));
            var judge = questions is null ? "judge" : $"judge{number}";
            builder.AddGame(q, model, "base", judge, 1, first!.Value);
            builder.AddGame(q, model, "base", judge, 2, second!.Value);
        }

        more?.Invoke(builder);
        return builder.Build();
    }

    /// <summary>Scores, and holds the result to what every result must keep: it is JSON, and every row adds up.</summary>
    private static PairwiseLeaderboard Checked(
        BattleTable table, string way, Action<BattleTableBuilder>? more = null, Func<PairwiseOptions, PairwiseOptions>? options = null, int? questions = null)
    {
        if (more is not null)
            table = Build([("m", BBetter, ABetter)], more, null);
        if (questions is not null)
            table = Build([("m", BBetter, ABetter), ("m", BBetter, BBetter)], null, questions);
        var chosen = way.Split('-')[0] switch { "bt" => BradleyTerry, "style" => Styled, _ => Default };
        if (way.EndsWith("vote", StringComparison.Ordinal))
            chosen = chosen with { Bootstrap = chosen.Bootstrap with { Unit = BootstrapUnit.Vote } };
        var scores = PairwiseScoring.Score(table, options?.Invoke(chosen) ?? chosen);

        // The serialiser refuses NaN and infinities.
        JsonSerializer.Serialize(scores.Leaderboard);
        JsonSerializer.Serialize(scores.WinRates());
        foreach (var row in scores.Leaderboard.Rows)
        {
            Assert.Equal(row.Games.Expected, row.Games.Scored + row.Games.Unscored.Values.Sum() + row.Games.Missing + row.Games.Dropped);
            Assert.True(row.WinRate.Value is not null || row.WinRate.Absent is not null);
            foreach (var other in scores.Leaderboard.Rows)
                JsonSerializer.Serialize(scores.Compare(row.Model, other.Model));
        }

        return scores.Leaderboard;
    }
}
