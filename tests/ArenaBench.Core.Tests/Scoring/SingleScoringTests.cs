using System.Text.Json;
using ArenaBench.Core.Scoring;

namespace ArenaBench.Core.Tests.Scoring;

public class SingleScoringTests
{
    [Fact]
    public void Mean_IsOverValidRatings_AndTheRestIsCountedByReason()
    {
        var builder = Questions(6);
        builder.AddRating("q0", "m", "judge", 7);
        builder.AddRating("q1", "m", "judge", 8);
        builder.AddRating("q2", "m", "judge", 10);
        builder.AddUnscored("q3", "m", "judge", "no_score");
        builder.AddUnscored("q4", "m", "judge", "out_of_range");
        var row = SingleScoring.Score(builder.Build()).Leaderboard.Rows.Single();
        Assert.Equal(25.0 / 3, row.Mean.Value);
        Assert.Equal((6, 3, 1, 3), (row.Ratings.Expected, row.Ratings.Scored, row.Ratings.Missing, row.Ratings.Questions));
        Assert.Equal([("no_score", 1), ("out_of_range", 1)], row.Ratings.Unscored.Select(u => (u.Key, u.Value)));
    }

    [Fact]
    public void StandardError_OfOneRatingPerQuestion_IsTheTextbookOne_AndTheBootstrapAgrees()
    {
        double[] ratings = [1, 3, 3, 7, 8, 8, 9, 10, 10, 10, 2, 5, 6, 6, 9, 4];
        var builder = Questions(ratings.Length);
        for (var q = 0; q < ratings.Length; q++)
            builder.AddRating($"q{q}", "m", "judge", ratings[q]);
        var mean = SingleScoring.Score(builder.Build(), new() { Bootstrap = new() { Rounds = 20_000 } }).Leaderboard.Rows[0].Mean;
        var deviation = Math.Sqrt(ratings.Sum(r => Math.Pow(r - ratings.Average(), 2)) / (ratings.Length - 1));
        Assert.Equal(deviation / Math.Sqrt(ratings.Length), mean.StandardError!.Value, 1e-12);

        // The bootstrap's own deviation is exactly (n - 1) / n of that in variance; its percentiles lie some 1.96 of it away.
        var expected = 1.96 * mean.StandardError.Value * Math.Sqrt((ratings.Length - 1.0) / ratings.Length);
        Assert.Equal(1, (mean.Upper!.Value - mean.Lower!.Value) / (2 * expected), 0.05);
    }

    [Fact]
    public void SeveralJudges_OfAQuestion_AreOneCluster()
    {
        var builder = Questions(3);
        double[][] ratings = [[2, 3], [9, 9], [4, 6]];
        for (var q = 0; q < 3; q++)
        {
            builder.AddRating($"q{q}", "m", "one", ratings[q][0]);
            builder.AddRating($"q{q}", "m", "two", ratings[q][1]);
        }

        var mean = SingleScoring.Score(builder.Build()).Leaderboard.Rows[0].Mean;
        double[] residuals = [5 - 11, 18 - 11, 10 - 11];
        Assert.Equal(5.5, mean.Value);
        Assert.Equal(Math.Sqrt(residuals.Sum(r => r * r) * 3 / 2) / 6, mean.StandardError!.Value, 1e-12);
    }

    [Fact]
    public void Categories_AreScoredEachAndPooled_AndModelsSorted()
    {
        var builder = new RatingTableBuilder();
        builder.AddQuestion("q0", "maths");
        builder.AddQuestion("q1", "prose");
        foreach (var (model, maths, prose) in new[] { ("a", 2, 9), ("b", 6, 6) })
        {
            builder.AddRating("q0", model, "judge", maths);
            builder.AddRating("q1", model, "judge", prose);
        }

        var boards = SingleScoring.ScoreByCategory(builder.Build()).Select(s => s.Leaderboard.Rows.Select(r => (r.Model, r.Rank, r.Mean.Value))).ToList();
        Assert.Equal([("b", 1, 6.0), ("a", 2, 2.0)], boards[0]);
        Assert.Equal([("a", 1, 9.0), ("b", 2, 6.0)], boards[1]);
        Assert.Equal([("b", 1, 6.0), ("a", 2, 5.5)], boards[2]);
    }

    [Fact]
    public void Models_WithAnswersButNoJudgment_HaveNoRow()
    {
        var builder = Questions(2);
        builder.AddTokens("q0", "answered", 10);
        Assert.Equal(["answered"], SingleScoring.Score(builder.Build()).Leaderboard.Rows.Select(row => row.Model));

        builder.AddUnscored("q0", "unscored", "judge", "no_score");
        builder.AddRating("q0", "rated", "judge", 5);
        Assert.Equal(["rated", "unscored"], SingleScoring.Score(builder.Build()).Leaderboard.Rows.Select(row => row.Model));
    }

    [Fact]
    public void EqualMeans_ShareARank()
    {
        var builder = Questions(2);
        foreach (var model in (string[])["c", "a", "b"])
            builder.AddRating("q0", model, "judge", model == "b" ? 1 : 5);
        var rows = SingleScoring.Score(builder.Build()).Leaderboard.Rows;
        Assert.Equal([("a", 1), ("c", 1), ("b", 3)], rows.Select(r => (r.Model, r.Rank!.Value)));
    }

    [Fact]
    public void Compare_IsPairedByQuestion()
    {
        var builder = Questions(40);
        for (var q = 0; q < 40; q++)
        {
            builder.AddRating($"q{q}", "a", "judge", 1 + (q % 9));
            builder.AddRating($"q{q}", "b", "judge", 2 + (q % 9) - (q % 5 == 0 ? 1 : 0));
        }

        var comparison = SingleScoring.Score(builder.Build()).Compare("b", "a");
        Assert.Equal(0.8, comparison.Difference.Value!.Value, 1e-12);
        Assert.InRange(comparison.Difference.Lower!.Value, 0.6, 0.75);
        Assert.True(comparison.Significant);
    }

    [Fact]
    public void Bytes_DependNeitherOnThreadsNorOnTheOrderOfReading()
    {
        var random = new Random(5);
        var ratings = Enumerable.Range(0, 300).Select(i => (Question: $"q{i % 50}", Model: $"m{i / 50}", Rating: random.Next(1, 11) / 3.0)).ToList();
        string Json(int threads, int shuffle)
        {
            var builder = Questions(50);
            var order = new Random(shuffle);
            foreach (var (question, model, rating) in ratings.OrderBy(_ => order.Next()))
                builder.AddRating(question, model, "judge", rating);
            return JsonSerializer.Serialize(SingleScoring.Score(builder.Build(), new() { Bootstrap = new() { Rounds = 50 } }, threads).Leaderboard);
        }

        var bytes = Json(1, 0);
        Assert.All([(2, 0), (7, 1), (3, 2)], way => Assert.Equal(bytes, Json(way.Item1, way.Item2)));
    }

    [Fact]
    public void DegenerateInput_HasDefinedResults()
    {
        var empty = SingleScoring.Score(new RatingTableBuilder().Build()).Leaderboard;
        Assert.Empty(empty.Rows);
        Assert.Contains(empty.Notes, n => n.Code == "no_ratings");

        var builder = Questions(2);
        builder.AddRating("q0", "one", "judge", 4);
        builder.AddUnscored("q0", "none", "judge", "no_score");
        builder.AddModel("idle");
        Assert.False(builder.AddRating("unknown", "one", "judge", 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => builder.AddRating("q1", "one", "judge", double.NaN));
        var scores = SingleScoring.Score(builder.Build());
        JsonSerializer.Serialize(scores.Leaderboard);
        Assert.Equal(["one", "idle", "none"], scores.Leaderboard.Rows.Select(r => r.Model));
        Assert.Equal((4.0, null, "no interval: it takes at least two questions"),
            (scores.Leaderboard.Rows[0].Mean.Value, scores.Leaderboard.Rows[0].Mean.Lower, scores.Leaderboard.Rows[0].Mean.Absent));
        Assert.Equal("no valid rating of this model in this scope", scores.Leaderboard.Rows[1].Mean.Absent);
        Assert.Null(scores.Compare("one", "idle").Significant);
    }

    private static RatingTableBuilder Questions(int count)
    {
        var builder = new RatingTableBuilder();
        for (var q = 0; q < count; q++)
            builder.AddQuestion($"q{q}", "all");
        return builder;
    }
}
