using ArenaBench.Core.Dialects;
using ArenaBench.Core.Judging;

namespace ArenaBench.Core.Tests.Dialects;

public sealed class DialectTests
{
    [Fact]
    public void Get_UnknownName_NamesThoseThatExist() =>
        Assert.Contains("v1, v0.1, v2.0", Assert.Throws<ArgumentException>(() => Dialect.Get("v3")).Message, StringComparison.Ordinal);

    [Fact]
    public void V1_Answer_SeveralChoicesAndTurns_AreRead()
    {
        var answer = DialectCatalog.V1.ReadAnswer(Jsonl.Json(
            """{"question_id": 81, "answer_id": "x", "model_id": "org/m", "choices": [{"index": 0, "turns": ["a", "b "]}, {"index": 1, "turns": ["c", null]}], "tstamp": 1.5, "extra": {}}"""));

        Assert.Equal(("81", "org/m", "x", 1.5), (answer.QuestionId, answer.Model, answer.AnswerId, answer.Time));
        Assert.Equal([0, 1], answer.Choices.Select(c => c.Index));
        Assert.Equal(["a", "b ", "c", ""], answer.Choices.SelectMany(c => c.Turns).Select(t => t.Content));
        Assert.All(answer.Choices.SelectMany(c => c.Turns), t => Assert.Null(t.TokenLen));
    }

    [Fact]
    public void V01_Answer_TokensAndStyle_AreRead()
    {
        var answer = DialectCatalog.V01.ReadAnswer(Jsonl.Json(
            """{"question_id":"q","model_id":"m","choices":[{"index":0,"turns":[{"content":"a","token_len":3}]}],"conv_metadata":{"token_len":4,"header_count":{"h1":1},"list_count":{"ordered":2},"bold_count":{"**":3}}}"""));

        Assert.Equal(3, answer.Choices[0].Turns[0].TokenLen);
        Assert.Equal(4, answer.Style!.TokenLen);
        Assert.Equal(3, answer.Style.BoldCount["**"]);
    }

    [Fact]
    public void V20_Answer_ThoughtIsKeptApartAndSystemMessageIsNoTurn()
    {
        var answer = DialectCatalog.V20.ReadAnswer(Jsonl.Json(
            """{"uid":"q","ans_id":"x","model":"m","messages":[{"role":"system","content":"s"},{"role":"user","content":"u"},{"role":"assistant","content":{"answer":"a","thought":"t"}},{"role":"user","content":"v"},{"role":"assistant","content":"plain"}],"metadata":null}"""));

        Assert.Equal([("a", "t"), ("plain", null)], answer.Choices[0].Turns.Select(t => (t.Content, t.Thought)));
        Assert.Equal("s", answer.SystemPrompt);
        Assert.Null(answer.Style);
    }

    [Fact]
    public void V20_Answer_MadeAnew_HasThePublishedFieldsInTheirOrder()
    {
        var answer = Judging.Configs.Answer("a é") with { Time = 1.5, SystemPrompt = "s" };
        Assert.Equal(
            """{"uid":"q1","ans_id":"id","model":"model","messages":[{"role":"system","content":"s"},{"role":"user","content":"ask"},{"role":"assistant","content":{"answer":"a é"}}],"tstamp":1.5}""" + "\n",
            Jsonl.Line(DialectCatalog.V20.WriteAnswer(answer, Judging.Configs.Question("ask"))));
    }

    [Theory]
    [InlineData("v1", """{"question_id":"q1","answer_id":"id","model_id":"model","choices":[{"index":0,"turns":["a","b"]}]}""")]
    [InlineData("v0.1", """{"question_id":"q1","answer_id":"id","model_id":"model","choices":[{"index":0,"turns":[{"content":"a"},{"content":"b"}]}]}""")]
    public void TurnsDialect_Answer_MadeAnew_HasThePublishedFieldsInTheirOrder(string dialect, string expected) =>
        Assert.Equal(expected + "\n", Jsonl.Line(Dialect.Get(dialect).WriteAnswer(Judging.Configs.Answer("a", "b"), Judging.Configs.Question("x", "y"))));

    [Theory]
    [InlineData("""{"question_id":"q","model":"m","user_prompt":"p","judgment":"so [[7]]","score":7.0}""", 7.0, null)]
    [InlineData("""{"question_id":"q","model":"m","user_prompt":"p","judgment":"[[7]] [[8]]","score":null}""", null, UnscoredReason.SeveralScores)]
    [InlineData("""{"question_id":"q","model":"m","user_prompt":"p","judgment":"none","score":-1}""", null, UnscoredReason.NoScore)]
    [InlineData("""{"question_id":"q","model":"m","user_prompt":"p","judgment":"so [[7]]","score":null}""", null, UnscoredReason.Recorded)]
    [InlineData("""{"question_id":"q","model":"m","user_prompt":"p","judgment":"so [[70]]","score":70}""", null, UnscoredReason.OutOfRange)]
    public void V1_Score_IsARatingOrTheReasonReadAgain(string line, double? rating, UnscoredReason? reason)
    {
        var score = DialectCatalog.V1.ReadJudgment(Jsonl.Json(line)).Games[0]!.Score;
        Assert.Equal(rating, score.Rating);
        Assert.Equal(reason, score.Unscored);
    }

    [Fact]
    public void V1_Judge_MayBeFastChatsPair() => Assert.Equal("gpt-4", DialectCatalog.V1.ReadJudgment(Jsonl.Json(
        """{"question_id":81,"model":"m","judge":["gpt-4","single-v1"],"user_prompt":"p","judgment":"[[7]]","score":7,"turn":1}""")).Judge);

    [Fact]
    public void PairwiseJudgments_NullGamesAndReversedLabels_AreRead()
    {
        var v01 = DialectCatalog.V01.ReadJudgment(Jsonl.Json(
            """{"question_id":"q","model":"m","judge":"j","games":[null,{"user_prompt":"p","judgment":"[[B<<A]]","score":"B<<A"}]}"""));
        var v20 = DialectCatalog.V20.ReadJudgment(Jsonl.Json(
            """{"uid":"q","category":"c","judge":"j","model":"m","baseline":"b","games":[{"score":"A=B","judgment":{"answer":"x","thought":"t"},"prompt":[{"role":"system","content":"s"},{"role":"user","content":"u"}]},{"score":null,"judgment":{"answer":"[[C]]"},"prompt":[]}]}"""));

        Assert.Null(v01.Games[0]);
        Assert.Equal(Verdict.AMuchBetter, v01.Games[1]!.Score.Verdict);
        Assert.Equal(("c", "j", "b"), (v20.Category, v20.Judge, v20.Baseline));
        Assert.Equal(("u", "x", "t"), (v20.Games[0]!.UserPrompt, v20.Games[0]!.Text, v20.Games[0]!.Thought));
        Assert.Equal(UnscoredReason.NoScore, v20.Games[1]!.Score.Unscored);
    }

    [Fact]
    public void V01_OneGame_IsASingleRating() => Assert.Equal(8, DialectCatalog.V01.ReadJudgment(Jsonl.Json(
        """{"question_id":"q","model":"m","games":[{"user_prompt":"p","judgment":"8","score":8}]}""")).Games[0]!.Score.Rating);

    [Theory]
    [InlineData("v1", "[1]", "the line is a list where a JSON object is wanted")]
    [InlineData("v1", """{"turns":["a"]}""", "question_id is missing; a string is wanted")]
    [InlineData("v1", """{"question_id":"q"}""", "turns is missing; a list is wanted")]
    [InlineData("v1", """{"question_id":"q","turns":[]}""", "turns is empty; at least one turn is wanted")]
    [InlineData("v1", """{"question_id":"q","turns":["a",{}]}""", "turns[1] is an object where a string is wanted")]
    [InlineData("v1", """{"question_id":"q","turns":["a"],"required_temperature":"0"}""", "required_temperature is a string where a number is wanted")]
    [InlineData("v0.1", """{"question_id":"q","turns":["a"]}""", "turns[0] is a string where an object is wanted")]
    [InlineData("v0.1", """{"question_id":"","turns":[{"content":"a"}]}""", "question_id is empty")]
    [InlineData("v2.0", """{"uid":"q","prompt":["a"]}""", "prompt is a list where a string is wanted")]
    public void ReadQuestion_WrongField_IsNamed(string dialect, string line, string message) =>
        Assert.Equal(message, Assert.Throws<RecordFormatException>(() => Dialect.Get(dialect).ReadQuestion(Jsonl.Json(line))).Message);

    [Theory]
    [InlineData("v0.1", """{"question_id":"q","model_id":"m","choices":[{"turns":[{"content":"a","token_len":-1}]}]}""", "choices[0].turns[0].token_len is the number -1 where a count is wanted")]
    [InlineData("v2.0", """{"uid":"q","model":"m","messages":[{"role":"user","content":"a"}]}""", "messages holds no message of the role assistant")]
    [InlineData("v2.0", """{"uid":"q","model":"m","messages":[{"role":"assistant","content":"a"}],"metadata":{"token_len":1.5}}""", "metadata.token_len is the number 1.5 where a count is wanted")]
    public void ReadAnswer_WrongField_IsNamed(string dialect, string line, string message) =>
        Assert.Equal(message, Assert.Throws<RecordFormatException>(() => Dialect.Get(dialect).ReadAnswer(Jsonl.Json(line))).Message);

    [Theory]
    [InlineData("v1", """{"question_id":"q","model":"m","judgment":"x"}""", "score is missing; a number, a label or null is wanted")]
    [InlineData("v0.1", """{"question_id":"q","model":"m","games":[{"judgment":"x","score":true}]}""", "games[0].score is true where a number, a label or null is wanted")]
    [InlineData("v2.0", """{"uid":"q","model":"m","games":{}}""", "games is an object where a list is wanted")]
    public void ReadJudgment_WrongField_IsNamed(string dialect, string line, string message) =>
        Assert.Equal(message, Assert.Throws<RecordFormatException>(() => Dialect.Get(dialect).ReadJudgment(Jsonl.Json(line))).Message);

    [Fact]
    public void V20_SeveralChoices_AreRefused()
    {
        var answer = Judging.Configs.Answer("a");
        Assert.Throws<ArgumentException>(() => DialectCatalog.V20.WriteAnswer(
            answer with { Choices = [answer.Choices[0], answer.Choices[0]] }, Judging.Configs.Question("q")));
    }

    [Fact]
    public void LoneSurrogates_AreReadAsTheyAre()
    {
        var line = """{"question_id":"q","category":"c","turns":["a\ud83d b \ud83d\ude00 \"\\\n\u00e9é"]}""";
        var question = DialectCatalog.V1.ReadQuestion(Jsonl.Json(line));
        Assert.Equal("a\ud83d b \ud83d\ude00 \"\\\n\u00e9é", question.Turns[0]);
        Assert.Equal(line + "\n", Jsonl.Line(DialectCatalog.V1.WriteQuestion(question)));
    }
}
