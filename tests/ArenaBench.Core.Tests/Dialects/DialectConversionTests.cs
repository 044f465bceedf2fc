using System.Text.Json;
using ArenaBench.Core.Dialects;
using ArenaBench.Core.Questions;
using ArenaBench.Testing;

namespace ArenaBench.Core.Tests.Dialects;

public sealed class DialectConversionTests
{
    private static readonly Question Asked = new("q", "math", ["ask"], null, null, default);

    private static DialectConversion Conversion(string from, string to, string? judge = "j", string? baseline = "b") => new(
        Dialect.Get(from), Dialect.Get(to), new ConversionContext(new Dictionary<string, Question> { ["q"] = Asked }, judge, _ => baseline));

    private static string? Text(JsonElement? record) => record is { } r ? Jsonl.Line(r).TrimEnd() : null;

    [Theory]
    [InlineData("v1", "v0.1", """{"question_id":"q","category":"c","turns":["a","b"],"x":1,"required_temperature":0}""", """{"question_id":"q","category":"c","turns":[{"content":"a"},{"content":"b"}],"required_temperature":0,"x":1}""")]
    [InlineData("v0.1", "v1", """{"question_id":81,"category":"c","cluster":"k","turns":[{"content":"a"}]}""", """{"question_id":81,"category":"c","cluster":"k","turns":["a"]}""")]
    [InlineData("v0.1", "v2.0", """{"question_id":"q","category":"c","cluster":"k","turns":[{"content":"a"}],"x":1}""", """{"uid":"q","category":"c","subcategory":"k","prompt":"a","x":1}""")]
    [InlineData("v2.0", "v0.1", """{"uid":"q","category":"c","subcategory":"k","prompt":"a"}""", """{"question_id":"q","category":"c","cluster":"k","turns":[{"content":"a"}]}""")]
    public void Question_KeepsEverything(string from, string to, string line, string expected)
    {
        var conversion = Conversion(from, to);
        Assert.Equal(expected, Text(conversion.Question(Jsonl.Json(line))));
        Assert.Empty(conversion.Lost);
        Assert.Empty(conversion.Refused);
    }

    [Fact]
    public void Question_OfSeveralTurns_IsRefusedByV20()
    {
        var conversion = Conversion("v1", "v2.0");
        Assert.Null(conversion.Question(Jsonl.Json("""{"question_id":"q","turns":["a","b"]}""")));
        Assert.Equal(1, conversion.Refused["a question of several turns"]);
    }

    [Fact]
    public void Answer_V01ToV20_RepeatsTheQuestionAndKeepsTheCounts()
    {
        var conversion = Conversion("v0.1", "v2.0");
        const string Style = """{"token_len":2,"header_count":{"h1":0},"list_count":{"ordered":1},"bold_count":{"**":0}}""";
        var line = $$"""{"question_id":"q","answer_id":"i","model_id":"m","choices":[{"index":0,"turns":[{"content":"a","token_len":9}]}],"tstamp":1.5,"conv_metadata":{{Style}},"x":[]}""";

        Assert.Equal(
            $$$"""{"uid":"q","ans_id":"i","model":"m","messages":[{"role":"user","content":"ask"},{"role":"assistant","content":{"answer":"a"}}],"tstamp":1.5,"metadata":{{{Style}}},"x":[]}""",
            Text(conversion.Answer(Jsonl.Json(line))));
        Assert.Equal([("token_len of each turn", 1)], conversion.Lost.Select(l => (l.Key, l.Value)));
    }

    [Fact]
    public void Answer_V20ToV01_SaysThatThinkingAndSystemMessageAreLost()
    {
        var conversion = Conversion("v2.0", "v0.1");
        var line = """{"uid":"q","ans_id":"i","model":"m","messages":[{"role":"system","content":"s"},{"role":"user","content":"ask"},{"role":"assistant","content":{"answer":"a","thought":"t","z":1}}]}""";

        Assert.Equal(
            """{"question_id":"q","answer_id":"i","model_id":"m","choices":[{"index":0,"turns":[{"content":"a"}]}]}""",
            Text(conversion.Answer(Jsonl.Json(line))));
        Assert.Equal(["the model's thinking", "the system message of the answer", "unknown fields inside choices or messages"], conversion.Lost.Keys);
    }

    [Fact]
    public void Judgment_V1ToV01_BecomesOneGame() => Assert.Equal(
        """{"question_id":"q","model":"m","judge":"j","games":[{"user_prompt":"p","judgment":"[[7]]","score":7}],"turn":1}""",
        Text(Conversion("v1", "v0.1").Judgment(Jsonl.Json("""{"question_id":"q","model":"m","user_prompt":"p","judgment":"[[7]]","score":7,"turn":1}"""))));

    [Fact]
    public void Judgment_V01ToV20_TakesCategoryAndBaselineFromTheBenchmark()
    {
        const string Line = """{"question_id":"q","model":"m","games":[{"user_prompt":"p","judgment":"\n[[A>B]]","score":"A>B"},null]}""";
        Assert.Equal(
            """{"uid":"q","category":"math","judge":"j","model":"m","baseline":"b","games":[{"score":"A>B","judgment":{"answer":"\n[[A>B]]"},"prompt":[{"role":"user","content":"p"}]},null]}""",
            Text(Conversion("v0.1", "v2.0").Judgment(Jsonl.Json(Line))));

        var without = Conversion("v0.1", "v2.0", baseline: null);
        Assert.Null(without.Judgment(Jsonl.Json(Line)));
        Assert.Contains("baseline", Assert.Single(without.Refused).Key, StringComparison.Ordinal);
    }

    [Fact]
    public void Judgment_KindsThatTheOtherDialectLacks_AreRefused()
    {
        var pairwise = Jsonl.Json("""{"question_id":"q","model":"m","games":[null,{"user_prompt":"p","judgment":"x","score":"A=B"}]}""");
        var single = Jsonl.Json("""{"question_id":"q","model":"m","user_prompt":"p","judgment":"[[7]]","score":7}""");
        Assert.Null(Conversion("v0.1", "v1").Judgment(pairwise));
        Assert.Null(Conversion("v1", "v2.0").Judgment(single));
    }

    [Theory]
    [InlineData("v1", "v0.1")]
    [InlineData("v0.1", "v1")]
    [InlineData("v0.1", "v2.0")]
    [InlineData("v2.0", "v0.1")]
    public async Task PublishedQuestions_ThereAndBack_AreTheSame(string from, string to)
    {
        var folder = from switch { "v1" => PublishedData.V1OrSkip(), "v0.1" => PublishedData.V01OrSkip(), _ => PublishedData.V20OrSkip() };
        var (there, back) = (Conversion(from, to), Conversion(to, from));
        foreach (var line in await Jsonl.ReadFileAsync(Path.Combine(folder, "question.jsonl"), line => line))
            Assert.True(JsonElement.DeepEquals(line, back.Question(there.Question(line)!.Value)!.Value), line.GetRawText());
        Assert.Empty(there.Lost);
    }
}
