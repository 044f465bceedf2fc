using System.Globalization;
using System.Text;
using System.Text.Json;
using ArenaBench.Core.Configuration;
using ArenaBench.Core.Dialects;

namespace ArenaBench.Core.Tests.Dialects;

/// <summary>Properties that hold for any record, unknown fields and odd spellings included.</summary>
public sealed class RandomRecordTests
{
    private const int Rounds = 400;

    [Theory]
    [InlineData("v1", 11)]
    [InlineData("v0.1", 12)]
    [InlineData("v2.0", 13)]
    public void AnyRecord_ReadAndWritten_IsTheSameLine(string name, int seed)
    {
        var dialect = Dialect.Get(name);
        var random = new RecordMaker(new Random(seed), dialect);
        var question = Judging.Configs.Question("q");
        for (var round = 0; round < Rounds; round++)
        {
            AssertSame(random.Question(), line => dialect.WriteQuestion(dialect.ReadQuestion(line)));
            AssertSame(random.Answer(), line => dialect.WriteAnswer(dialect.ReadAnswer(line), question));
            AssertSame(random.Judgment(), line => dialect.WriteJudgment(dialect.ReadJudgment(line)));
        }

        static void AssertSame(string line, Func<JsonElement, JsonElement> readAndWrite) =>
            Assert.Equal(line + "\n", Jsonl.Line(readAndWrite(Jsonl.Json(line))));
    }

    [Theory]
    [InlineData("v1", 21)]
    [InlineData("v0.1", 22)]
    [InlineData("v2.0", 23)]
    public async Task ScoreReader_AnyRecords_ReadsWhatTheDialectReads(string name, int seed)
    {
        var dialect = Dialect.Get(name);
        var random = new RecordMaker(new Random(seed), dialect);
        var judgments = Enumerable.Range(0, Rounds).Select(_ => random.Judgment()).ToList();
        var answers = Enumerable.Range(0, Rounds).Select(_ => random.Answer()).ToList();
        var problems = new ProblemLog();

        var scores = await ScoreReader.ReadJudgmentsAsync(dialect, Stream(judgments), "j", problems, TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);
        var styles = await ScoreReader.ReadAnswersAsync(dialect, Stream(answers), "a", problems, cancellationToken: TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);
        var withTexts = await ScoreReader.ReadAnswersAsync(dialect, Stream(answers), "a", problems, texts: true, cancellationToken: TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);

        Assert.Empty(problems.Kept);
        Assert.Equal(styles.Select(line => line.Value), withTexts.Select(line => line.Value with { Text = null }));
        for (var i = 0; i < Rounds; i++)
        {
            var judgment = dialect.ReadJudgment(Jsonl.Json(judgments[i]));
            Assert.Equal((judgment.QuestionId, judgment.Model, judgment.Judge, judgment.Baseline), (scores[i].Value.QuestionId, scores[i].Value.Model, scores[i].Value.Judge, scores[i].Value.Baseline));
            Assert.Equal(judgment.Games.Select(g => g?.Score), scores[i].Value.Games);
            var answer = dialect.ReadAnswer(Jsonl.Json(answers[i]));
            Assert.Equal((answer.QuestionId, answer.Model), (styles[i].Value.QuestionId, styles[i].Value.Model));
            Assert.Equal(answer.Choices[0].Turns[^1].Content, withTexts[i].Value.Text);
            Assert.Equal(answer.Style?.TokenLen, styles[i].Value.Style?.Tokens);
            Assert.Equal(answer.Style?.HeaderCount.Values.Sum(), styles[i].Value.Style?.Headers);
        }
    }

    private static MemoryStream Stream(IEnumerable<string> lines) => Jsonl.Stream(string.Join('\n', lines));

    /// <summary>Makes valid records with random order, unknown fields, escapes and white space.</summary>
    private sealed class RecordMaker(Random random, Dialect dialect)
    {
        private static readonly string[] Labels = ["\"A>B\"", "\"A>>B\"", "\"A=B\"", "\"B<A\"", "\"B>>A\"", "\"C\"", "null", "\"A\\u003eB\""];
        private static readonly string[] Ratings = ["7", "7.0", "1e0", "null", "-1", "11", "9.5"];

        private bool IsV20 => dialect is V20Dialect;

        public string Question() => dialect switch
        {
            V1Dialect => Object(Id(), ("category", Text()), ("turns", List(Text)), ("required_temperature", "0.5")),
            V01Dialect => Object(Id(), ("category", Text()), ("cluster", Text()), ("turns", List(() => Object(("content", Text()))))),
            _ => Object(Id(), ("category", Text()), ("subcategory", Text()), ("prompt", Text())),
        };

        public string Answer() => dialect switch
        {
            V1Dialect => Object(Id(), ("answer_id", Text()), ("model_id", Name()), ("choices", List(() => Object(("index", "0"), ("turns", List(Text))))), Style("conv_metadata")),
            V01Dialect => Object(Id(), ("model_id", Name()), ("choices", List(() => Object(("turns", List(Turn))))), Style("conv_metadata"), ("tstamp", "1.25e9")),
            _ => Object(Id(), ("model", Name()), ("messages", $"[{Message("user", Text())},{Message("assistant", Reply())}]"), Style("metadata")),
        };

        public string Judgment() => dialect switch
        {
            V1Dialect => Object(Id(), ("model", Name()), ("user_prompt", Text()), ("judgment", Text()), ("score", Pick(Ratings))),
            V01Dialect => Object(Id(), ("model", Name()), ("judge", Pick(["\"j\"", "null", "[\"j\",\"p\"]"])), ("games", Games(() => Object(("user_prompt", Text()), ("judgment", Text()), ("score", Pick(Labels)))))),
            _ => Object(Id(), ("category", Text()), ("judge", Name()), ("model", Name()), ("baseline", Name()), ("games", Games(() => Object(("score", Pick(Labels)), ("judgment", Reply()), ("prompt", $"[{Message("user", Text())}]"))))),
        };

        private (string, string) Id() => (IsV20 ? "uid" : "question_id", random.Next(5) == 0 ? "81" : Name());

        private (string, string) Style(string name) => random.Next(3) == 0
            ? ("nothing", "1")
            : (name, Object(("token_len", Count()), ("header_count", $$"""{"h1":{{Count()}},"h2":{{Count()}}}"""), ("list_count", $$"""{"ordered":{{Count()}}}"""), ("bold_count", "{}")));

        private string Turn() => random.Next(2) == 0 ? Object(("content", Text())) : Object(("content", Text()), ("token_len", Count()));

        private string Reply() => random.Next(2) == 0 ? Object(("answer", Text())) : Object(("thought", Text()), ("answer", Text()));

        private string Message(string role, string content) => Object(("role", $"\"{role}\""), ("content", content));

        private string Games(Func<string> game) => $"[{(random.Next(5) == 0 ? "null" : game())},{(random.Next(5) == 0 ? "null" : game())}]";

        private string List(Func<string> item) => $"[{string.Join(", ", Enumerable.Range(0, random.Next(1, 4)).Select(_ => item()))}]";

        private string Count() => random.Next(1000).ToString(CultureInfo.InvariantCulture);

        private string Name() => Pick(["\"m\"", "\"org/model-1\"", "\"m\\u00e9\"", "\"日本\""]);

        private string Text()
        {
            var text = new StringBuilder("\"");
            for (var length = random.Next(12); length > 0; length--)
                text.Append(Pick(["a", "\\n", "\\\"", "\\\\", "é", "\\u00e9", "\\ud83d", "😀", "\\/", "[[7]]", "[[A>B]]", "{", " "]));
            return text.Append('"').ToString();
        }

        // Unknown fields anywhere, known ones in any order.
        private string Object(params IEnumerable<(string Name, string Value)> fields)
        {
            var all = fields.ToList();
            if (random.Next(3) == 0) all.Add(("x_unknown", Pick(["null", "[1,{\"y\":[]}]", "1.50", "\"\\ud800\""])));
            var shuffled = all.OrderBy(_ => random.Next()).Select(f => $"\"{f.Name}\":{Pick(["", " "])}{f.Value}");
            return "{" + string.Join(Pick([",", ", "]), shuffled) + "}";
        }

        private string Pick(params string[] from) => from[random.Next(from.Length)];
    }
}
