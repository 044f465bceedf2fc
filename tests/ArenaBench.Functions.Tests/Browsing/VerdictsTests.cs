using ArenaBench.Core.Judging;
using ArenaBench.Core.Records;
using ArenaBench.Core.Runs;
using ArenaBench.Core.Storage;
using ArenaBench.Functions.Browsing;

namespace ArenaBench.Functions.Tests.Browsing;

public class VerdictsTests
{
    [Theory]
    [InlineData(1, "A>>B", -2)]
    [InlineData(1, "B>A", 1)]
    [InlineData(1, "A=B", 0)]
    [InlineData(2, "A>>B", 2)]
    [InlineData(2, "B>A", -1)]
    public void ForModel_BaselineIsAInTheFirstGameAndBInTheSecond(int game, string verdict, int expected) =>
        Assert.Equal(expected, Verdicts.ForModel(game, Score.OfVerdict(VerdictLabel.Parse(verdict)!.Value)));

    [Fact]
    public void GamesDisagree_OneJudgePrefersEachModelOnce_IsTrue() =>
        Assert.True(Verdicts.GamesDisagree(Row(("j1", 1, "A>B"), ("j1", 2, "A>B"))));

    [Fact]
    public void GamesDisagree_TwoJudgesThatEachAgreeWithThemselves_IsFalse()
    {
        var row = Row(("j1", 1, "A>B"), ("j1", 2, "B>A"), ("j2", 1, "B>A"), ("j2", 2, "A>B"));

        Assert.False(Verdicts.GamesDisagree(row));
        Assert.True(Verdicts.JudgesDisagree(row));
    }

    [Fact]
    public void GamesDisagree_TieAndWin_IsFalse() => Assert.False(Verdicts.GamesDisagree(Row(("j1", 1, "A=B"), ("j1", 2, "A>B"))));

    [Theory]
    [InlineData("B>A", "A>>B", 1)]
    [InlineData("A>>B", "A>B", -1)]
    [InlineData("A>B", "A>B", 0)]
    public void Outcome_IsThatOfBothGamesTogether(string first, string second, int expected) =>
        Assert.Equal(expected, Verdicts.Outcome(Row(("j1", 1, first), ("j1", 2, second))));

    [Fact]
    public void Outcome_WithoutVerdict_IsNull() => Assert.Null(Verdicts.Outcome(new QuestionRow(0, "m")));

    [Theory]
    [InlineData(6, 7, false)]
    [InlineData(5, 7, true)]
    public void JudgesDisagree_RatingsMoreThanAPointApart(double first, double second, bool expected)
    {
        var row = new QuestionRow(0, "m");
        row.Add(Rated("j1", first));
        row.Add(Rated("j2", second));

        Assert.Equal(expected, Verdicts.JudgesDisagree(row));
        Assert.Equal((first + second) / 2, Verdicts.Rating(row));
    }

    [Fact]
    public void HasFailed_AnswerThatIsNotThere_IsTrue()
    {
        var row = new QuestionRow(0, "m");
        row.Add(Place(new RecordEnvelope(1, RecordKey.ForAnswer("q", "m"), RecordStatus.Timeout, "no reply", 1, null, null, null, null, null)));

        Assert.True(Verdicts.HasFailed(row));
        Assert.Equal(["timeout"], Verdicts.Reasons(row));
        Assert.Null(Verdicts.Rating(row));
    }

    [Theory]
    [InlineData(RecordStatus.Truncated)]
    [InlineData(RecordStatus.Reused)]
    public void HasFailed_AnswerThatWasKeptAndFlagged_IsFalse(RecordStatus status)
    {
        var row = new QuestionRow(0, "m");
        row.Add(Place(new RecordEnvelope(1, RecordKey.ForAnswer("q", "m"), status, RecordEnvelope.CutAtLimit, 1, null, null, null, null, null)));

        Assert.False(Verdicts.HasFailed(row));
    }

    private static QuestionRow Row(params IEnumerable<(string Judge, int Game, string Verdict)> games)
    {
        var row = new QuestionRow(0, "m");
        foreach (var (judge, game, verdict) in games)
            row.Add(Place(Line(judge, game, Score.OfVerdict(VerdictLabel.Parse(verdict)!.Value))));
        return row;
    }

    private static IndexRow Rated(string judge, double rating) => Place(Line(judge, 1, Score.OfRating(rating)));

    private static RecordEnvelope Line(string judge, int game, Score score) => new(
        1, RecordKey.ForGame("q", "m", judge, game), RecordStatus.Ok, null, 1, null, null, null, null, GameRecord.Write(new Game("", "", null, score)));

    private static IndexRow Place(RecordEnvelope line) =>
        IndexRow.Of(new PlacedRecord(new RecordPlace("p", 0, 0, 0), line), line.Record is { } record ? GameRecord.ScoreOf(record) : null);
}
