using ArenaBench.Core.Answers;
using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Configuration;
using ArenaBench.Core.Dialects;
using ArenaBench.Core.Judging;
using ArenaBench.Core.Leaderboards;
using ArenaBench.Core.Questions;
using ArenaBench.Core.Scoring;

namespace ArenaBench.Core.Tests.Leaderboards;

public class LeaderboardBuilderTests
{
    private static readonly LeaderboardOptions Options = LeaderboardOptions.Default.With(rounds: 99, seed: 1);

    [Fact]
    public void Parts_AreScoredAlone_AndPooled()
    {
        var board = Build(Options);
        Assert.Equal(["maths", "prose"], board.ByCategory.Select(part => part.Category));
        Assert.Equal(["one", "two"], board.ByJudge!.Select(part => part.Judge));
        // Judge one always finds for "good", judge two for nobody.
        Assert.Equal([100.0, 50.0], board.ByJudge!.Select(part => Rate(part.Pairwise!, "good")));
        Assert.Equal(75.0, Rate(board.Pairwise!, "good"));
        Assert.All(board.ByCategory, part => Assert.Equal([part.Category], part.Pairwise!.Categories));
    }

    [Fact]
    public void Parts_OfSelectedCategoriesAndJudges_AreThose()
    {
        var board = Build(Options with { Pairwise = Options.Pairwise with { Categories = ["prose"], Judges = ["two"] } });
        Assert.Empty(board.ByCategory);
        Assert.Empty(board.ByJudge!);
    }

    [Fact]
    public void Comparisons_WithoutNames_AreThoseOfNeighbours()
    {
        var board = Build(Options);
        Assert.Equal([("good", "base"), ("base", "fair"), ("fair", "poor")], board.Comparisons!.Select(pair => (pair.First, pair.Second)));
        Assert.All(board.Comparisons!, pair => Assert.Equal(40, pair.Questions));
        Assert.Equal((true, false, true), (board.Comparisons![0].Significant, board.Comparisons[1].Significant, board.Comparisons[2].Significant));
    }

    [Fact]
    public void Comparisons_OfOneName_AreWithEveryOther_OfSeveralEveryTwo()
    {
        Assert.Equal([("poor", "good"), ("poor", "base"), ("poor", "fair")], Pairs("poor"));
        Assert.Equal([("poor", "good"), ("poor", "fair"), ("good", "fair")], Pairs("poor", "good", "fair"));

        IEnumerable<(string, string)> Pairs(params string[] names) =>
            Build(Options with { Compare = names }).Comparisons!.Select(pair => (pair.First, pair.Second));
    }

    [Fact]
    public void Comparisons_OfUnknownNames_AreRefusedWithTheNearest()
    {
        var refused = Assert.Throws<ProblemException>(() => Build(Options with { Compare = ["god", "fair", "nobody"] }));
        Assert.Equal(2, refused.Problems.Count);
        Assert.Contains("compare names god, which has no score on this leaderboard; did you mean good?", refused.Problems[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void BaselineRow_SaysHowManyGamesItStandsOn()
    {
        var row = Build(Options).Pairwise!.Rows.Single(row => row.IsBaseline);
        Assert.Equal((0, 3 * 40 * 2 * 2), (row.Games.Scored, row.BaselineGames));
    }

    [Fact]
    public void Tokens_WithoutStyle_AreAveraged_AndLeaveTheGamesOutOfStyleControl()
    {
        var board = Build(Options with { Pairwise = Options.Pairwise with { Style = StyleControl.Length } }, builder =>
        {
            for (var q = 0; q < 40; q++)
            {
                builder.Add(new ScoredAnswer($"q{q}", "good", 100 + q, null));
                builder.Add(new ScoredAnswer($"q{q}", "base", 50, new StyleCounts(50, 0, 0, 0)));
            }
        });
        var row = board.Pairwise!.Rows.Single(row => row.Model == "good");
        Assert.Equal((119.5, 0, 160), (row.AverageTokens, row.Games.Scored, row.Games.Dropped));
    }

    [Fact]
    public void StyleDifferences_AreThoseOfTheDialect()
    {
        Assert.Equal(StyleFeatures.V01, LeaderboardOptions.For(DialectCatalog.V01).Pairwise.StyleFeatures);
        Assert.Equal(StyleFeatures.V20, LeaderboardOptions.For(DialectCatalog.V20).Pairwise.StyleFeatures);
    }

    [Fact]
    public void Notes_SayWhichRowsStandOnFewOrOtherQuestions()
    {
        var builder = Start();
        for (var q = 0; q < 40; q++)
        {
            Play(builder, q, "whole", "one", Verdict.BBetter, Verdict.ABetter);
            if (q < 20)
                Play(builder, q, "half", "one", Verdict.BBetter, Verdict.ABetter);
        }

        var notes = builder.Build(Options).Pairwise!.Notes.ToDictionary(note => note.Code);
        Assert.Contains("(half: 20)", notes["few_questions"].Message, StringComparison.Ordinal);
        Assert.Contains("up to 40", notes["different_questions"].Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Build(Options).Pairwise!.Notes, note => note.Code is "few_questions" or "different_questions");
    }

    [Theory]
    [InlineData("good", true)]
    [InlineData("base", true)]
    [InlineData("one", false)]
    public void AJudgeThatIsJudged_IsNoted(string judge, bool noted)
    {
        var builder = Start();
        for (var q = 0; q < 40; q++)
            Play(builder, q, "good", judge, Verdict.BBetter, Verdict.ABetter);
        Assert.Equal(noted, builder.Build(Options).Pairwise!.Notes.Any(note => note.Code == "judge_is_model" && note.Message.Contains(judge, StringComparison.Ordinal)));
    }

    [Fact]
    public void GamesOfUnknownQuestions_AreCountedInANote()
    {
        var board = Build(Options, builder => builder.Add(new ScoredGame("elsewhere", "good", "one", "base", 1, Score.OfVerdict(Verdict.Tie), null)));
        Assert.Equal(1, board.Pairwise!.Notes.Single(note => note.Code == "unknown_questions").Count);
    }

    private static double Rate(PairwiseLeaderboard board, string model) => board.Rows.Single(row => row.Model == model).WinRate.Value!.Value;

    private static Leaderboard Build(LeaderboardOptions options, Action<LeaderboardBuilder>? more = null)
    {
        var builder = Start();
        for (var q = 0; q < 40; q++)
        {
            Play(builder, q, "good", "one", Verdict.BBetter, Verdict.ABetter);
            Play(builder, q, "good", "two", Verdict.Tie, Verdict.Tie);
            Play(builder, q, "fair", "one", q % 2 == 0 ? Verdict.ABetter : Verdict.BBetter, q % 2 == 0 ? Verdict.BBetter : Verdict.ABetter);
            Play(builder, q, "fair", "two", q < 19 ? Verdict.BBetter : Verdict.ABetter, q < 19 ? Verdict.ABetter : Verdict.BBetter);
            Play(builder, q, "poor", "one", Verdict.ABetter, Verdict.BBetter);
            Play(builder, q, "poor", "two", Verdict.Tie, Verdict.Tie);
        }

        more?.Invoke(builder);
        return builder.Build(options);
    }

    private static LeaderboardBuilder Start() => new("b", JudgingMode.Pairwise,
        Enumerable.Range(0, 40).Select(q => new Question($"q{q}", q < 20 ? "maths" : "prose", ["?"], null, null, default)));

    private static void Play(LeaderboardBuilder builder, int question, string model, string judge, Verdict first, Verdict second)
    {
        builder.Add(new ScoredGame($"q{question}", model, judge, "base", 1, Score.OfVerdict(first), null));
        builder.Add(new ScoredGame($"q{question}", model, judge, "base", 2, Score.OfVerdict(second), null));
    }
}
