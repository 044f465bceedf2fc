using System.Text.Json;
using ArenaBench.Core.Answers;
using ArenaBench.Core.Configuration;
using ArenaBench.Core.Dialects;
using ArenaBench.Core.Questions;
using ArenaBench.Testing;

namespace ArenaBench.Core.Tests.Dialects;

/// <summary>Every published record, read and written: as read, line by line; and made anew from what was read.</summary>
public sealed class PublishedRecordTests
{
    private static string FolderOrSkip(string dialect) => dialect switch
    {
        "v1" => PublishedData.V1OrSkip(),
        "v0.1" => PublishedData.V01OrSkip(),
        _ => PublishedData.V20OrSkip(),
    };

    [Theory]
    [InlineData("v1", 300 * 16)]
    [InlineData("v0.1", 500 * 4)]
    [InlineData("v2.0", 750 * 2)]
    public async Task EveryLine_IsWrittenBackByteForByte(string name, int expected)
    {
        var dialect = Dialect.Get(name);
        var count = 0;
        foreach (var file in Directory.EnumerateFiles(FolderOrSkip(name), "*.jsonl", SearchOption.AllDirectories))
        {
            var lines = await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken);
            foreach (var line in lines)
            {
                var json = Jsonl.Json(line);
                Assert.Equal(name, DialectDetection.Of(json)?.Name);
                Assert.Equal(line + "\n", Jsonl.Line(WriteBack(dialect, file, json)));
                count++;
            }
        }
        Assert.Equal(expected, count);
    }

    [Theory]
    [InlineData("v1")]
    [InlineData("v0.1")]
    [InlineData("v2.0")]
    public async Task EveryRecord_MadeAnew_HasTheSameFieldsInTheSameOrder(string name)
    {
        var dialect = Dialect.Get(name);
        var folder = FolderOrSkip(name);
        var questions = (await Jsonl.ReadFileAsync(Path.Combine(folder, "question.jsonl"), dialect.ReadQuestion)).ToDictionary(q => q.Id);
        foreach (var question in questions.Values) AssertSame(question.Source, dialect.WriteQuestion(question with { Source = default }));

        foreach (var file in Directory.EnumerateFiles(folder, "*.jsonl", SearchOption.AllDirectories))
        {
            if (file.Contains("_answer", StringComparison.Ordinal))
            {
                foreach (var answer in await Jsonl.ReadFileAsync(file, dialect.ReadAnswer))
                    AssertSame(answer.Source, dialect.WriteAnswer(answer with { Source = default }, questions[answer.QuestionId]));
            }
            else if (file.Contains("model_judgment", StringComparison.Ordinal))
            {
                foreach (var judgment in await Jsonl.ReadFileAsync(file, dialect.ReadJudgment))
                    AssertSame(judgment.Source, dialect.WriteJudgment(judgment with { Source = default }));
            }
        }
    }

    [Fact]
    public async Task ScoreReader_RecordedJudgments_ReadsWhatTheDialectReads()
    {
        var dialect = DialectCatalog.V1;
        foreach (var file in Directory.EnumerateFiles(Path.Combine(PublishedData.V1OrSkip(), "model_judgment")))
        {
            var whole = await Jsonl.ReadFileAsync(file, dialect.ReadJudgment);
            var problems = new ProblemLog();
            await using var stream = File.OpenRead(file);
            var scores = await ScoreReader
                .ReadJudgmentsAsync(dialect, stream, file, problems, TestContext.Current.CancellationToken)
                .ToListAsync(TestContext.Current.CancellationToken);

            Assert.Empty(problems.Kept);
            Assert.Equal(
                whole.Select(j => (j.QuestionId, j.Model, j.Games[0]!.Score)),
                scores.Select(s => (s.Value.QuestionId, s.Value.Model, s.Value.Games[0]!)));
        }
    }

    [Theory]
    [InlineData("v0.1")]
    [InlineData("v2.0")]
    public async Task ScoreReader_RecordedAnswers_ReadsTheRecordedCounts(string name)
    {
        var dialect = Dialect.Get(name);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(FolderOrSkip(name), "model_answer")))
        {
            var whole = await Jsonl.ReadFileAsync(file, dialect.ReadAnswer);
            await using var stream = File.OpenRead(file);
            var styles = await ScoreReader
                .ReadAnswersAsync(dialect, stream, file, new ProblemLog(), cancellationToken: TestContext.Current.CancellationToken)
                .ToListAsync(TestContext.Current.CancellationToken);

            Assert.Equal(
                whole.Select(a => new AnswerStyle(
                    a.QuestionId, a.Model, a.Style?.TokenLen ?? a.Choices[0].Turns[0].TokenLen, a.Style is { } s ? StyleCounts.Of(s) : null)),
                styles.Select(s => s.Value));
            Assert.All(styles, s => Assert.NotNull(s.Value.Tokens));
        }
    }

    private static JsonElement WriteBack(Dialect dialect, string file, JsonElement line) =>
        file.EndsWith("question.jsonl", StringComparison.Ordinal) ? dialect.WriteQuestion(dialect.ReadQuestion(line))
        : file.Contains("model_judgment", StringComparison.Ordinal) ? dialect.WriteJudgment(dialect.ReadJudgment(line))
        : dialect.WriteAnswer(dialect.ReadAnswer(line), AnyQuestion);

    private static readonly Question AnyQuestion = new("q", "c", ["t"], null, null, default);

    // Some recorded judgments have three fields more and ratings written 7.0: what the dialect does not publish is not made anew.
    private static void AssertSame(JsonElement recorded, JsonElement made)
    {
        var known = made.EnumerateObject().Select(p => p.Name).ToHashSet();
        var expected = recorded.EnumerateObject().Where(p => known.Contains(p.Name)).ToList();
        Assert.Equal(expected.Select(p => p.Name), made.EnumerateObject().Select(p => p.Name));
        foreach (var property in expected)
        {
            var value = made.GetProperty(property.Name);
            Assert.True(SameValue(property.Value, value), $"{property.Name}: {property.Value} became {value}");
        }
        Assert.Empty(recorded.EnumerateObject().Select(p => p.Name).Except(known).Except(["turn", "tstamp", "prompt"]));
    }

    private static bool SameValue(JsonElement a, JsonElement b) =>
        a.ValueKind == JsonValueKind.Number ? a.GetDouble().Equals(b.GetDouble()) : JsonElement.DeepEquals(a, b);
}
