using System.Text.Json;
using ArenaBench.Core.Dialects;
using ArenaBench.Core.Judging;
using ArenaBench.Core.Scoring;
using ArenaBench.Testing;

namespace ArenaBench.Core.Tests.Scoring;

public class PublishedRatingsTests
{
    [Fact]
    public void Means_OfTheRecordedJudgments_AreThePublishedOnes_ToTheLastDigit()
    {
        var folder = PublishedData.V1OrSkip();
        var dialect = Dialect.Get("v1");
        var builder = new RatingTableBuilder();
        foreach (var line in File.ReadLines(Path.Combine(folder, "question.jsonl")))
        {
            var question = dialect.ReadQuestion(JsonElement.Parse(line));
            builder.AddQuestion(question.Id, question.Category);
        }

        foreach (var line in Directory.GetFiles(Path.Combine(folder, "model_judgment")).SelectMany(File.ReadLines))
        {
            var judgment = dialect.ReadJudgment(JsonElement.Parse(line));
            var score = judgment.Games[0]!.Score;
            Assert.True(score.Rating is { } rating
                ? builder.AddRating(judgment.QuestionId, judgment.Model, "gpt-4", rating)
                : builder.AddUnscored(judgment.QuestionId, judgment.Model, "gpt-4", UnscoredReasonName.Of(score.Unscored!.Value)));
        }

        var board = SingleScoring.Score(builder.Build()).Leaderboard;
        Assert.Equal(
        [
            ("gpt-4-0314", 8.548821548821548, 297),
            ("gpt-3.5-turbo", 6.759197324414716, 299),
            ("Mixtral-8x7B-Instruct-v0.1", 6.54054054054054, 296),
            ("claude-1", 6.224832214765101, 298),
            ("claude-instant-1", 6.19, 300),
            ("Starling-LM-7B-alpha", 5.476351351351352, 296),
            ("Llama-2-70b-chat", 4.351170568561873, 299),
        ], board.Rows.Select(r => (r.Model.Split('/')[^1], r.Mean.Value!.Value, r.Ratings.Scored)));
        Assert.All(board.Rows, r => Assert.Equal((300, 0, 300 - r.Ratings.Scored), (r.Ratings.Expected, r.Ratings.Missing, r.Ratings.Unscored.Values.Sum())));
        Assert.All(board.Rows, r => Assert.True(r.Mean.Lower < r.Mean.Value && r.Mean.Value < r.Mean.Upper));
    }
}
