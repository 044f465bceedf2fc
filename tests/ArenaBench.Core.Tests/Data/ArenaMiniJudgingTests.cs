using ArenaBench.Core.Answers;
using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Dialects;
using ArenaBench.Core.Judging;
using ArenaBench.Core.Questions;

namespace ArenaBench.Core.Tests.Data;

/// <summary>What a judge of the shipped benchmarks is sent.</summary>
public sealed class ArenaMiniJudgingTests
{
    [Fact]
    public async Task Single_PromptHoldsEveryTurnOfQuestionReferenceAndAnswer()
    {
        var benchmark = await ShippedData.ReadAsync(ShippedData.Mini);
        var references = ShippedData.References();

        Assert.Equal((JudgingMode.Single, ScoreRule.SingleRating), (benchmark.Judging.Mode, benchmark.Judging.Rule));
        foreach (var question in benchmark.Questions)
        {
            var prompt = JudgePrompt.Build(benchmark.Judging, question, Answer(question, "a"), null, [references[question.Id]]);
            Assert.Empty(prompt.Missing);
            AssertHoldsInOrder(prompt, [.. question.Turns, .. Turns(references[question.Id]), .. Turns(Answer(question, "a"))]);
        }
    }

    [Fact]
    public async Task Pairwise_PromptHoldsEveryTurnOfBothAnswers()
    {
        var benchmark = await ShippedData.ReadAsync(ShippedData.MiniPairwise);
        var references = ShippedData.References();

        Assert.Equal((JudgingMode.Pairwise, ScoreRule.LastMatch), (benchmark.Judging.Mode, benchmark.Judging.Rule));
        foreach (var question in benchmark.Questions)
        {
            var (a, b) = (Answer(question, "a"), Answer(question, "b"));
            var prompt = JudgePrompt.Build(benchmark.Judging, question, a, b, [references[question.Id]]);
            Assert.Empty(prompt.Missing);
            AssertHoldsInOrder(prompt, [.. question.Turns, .. Turns(references[question.Id]), .. Turns(a), .. Turns(b)]);
        }
    }

    [Fact]
    public async Task Pairwise_HasTheQuestionsOfArenaMiniInItsOwnDialect()
    {
        var single = await ShippedData.ReadAsync(ShippedData.Mini);
        var pairwise = await ShippedData.ReadAsync(ShippedData.MiniPairwise);

        Assert.Same(DialectCatalog.V01, pairwise.Dialect);
        Assert.Equal(single.Questions.Select(q => (q.Id, q.Category)), pairwise.Questions.Select(q => (q.Id, q.Category)));
        Assert.Equal(single.Questions.SelectMany(q => q.Turns), pairwise.Questions.SelectMany(q => q.Turns));
        Assert.All(pairwise.Questions.Zip(pairwise.Questions.Select(q => DialectCatalog.V01.ReadQuestion(q.Source))),
            pair => Assert.Equal(pair.First.Turns, pair.Second.Turns));
        Assert.Equal(single.Categories, pairwise.Categories);
        Assert.Equal(["arena-mini-reference"], pairwise.ReferenceModels);
        Assert.Equal(single.Generation.TemperatureByCategory, pairwise.Generation.TemperatureByCategory);
    }

    [Fact]
    public async Task SystemPrompts_AskForExactlyWhatTheRuleReads()
    {
        var single = (await ShippedData.ReadAsync(ShippedData.Mini)).Judging;
        var asked = single.SystemPrompt!.Split('\n').Single(line => line.StartsWith("Rating:", StringComparison.Ordinal));
        Assert.Equal(7, ScoreParser.Parse(single, asked).Rating);
        // A judge that repeats its instructions word for word would still give one rating.
        Assert.Equal(7, ScoreParser.Parse(single, single.SystemPrompt).Rating);

        var pairwise = (await ShippedData.ReadAsync(ShippedData.MiniPairwise)).Judging;
        foreach (var label in new[] { "A>>B", "A>B", "A=B", "B>A", "B>>A" })
        {
            Assert.Contains($"[[{label}]]", pairwise.SystemPrompt, StringComparison.Ordinal);
            Assert.Equal(VerdictLabel.Parse(label), ScoreParser.Parse(pairwise, $"So my verdict is:\n[[{label}]]").Verdict);
        }
    }

    [Fact]
    public async Task AnswersThatHoldMarkers_CannotEndTheirPart()
    {
        foreach (var name in new[] { ShippedData.Mini, ShippedData.MiniPairwise })
        {
            var benchmark = await ShippedData.ReadAsync(name);
            var question = benchmark.Questions[0];
            var template = Assert.Single(benchmark.Judging.PromptTemplates);
            var markers = template.Split('\n').Where(line => line.StartsWith("<|", StringComparison.Ordinal)).ToList();
            Assert.True(markers.Count >= 6);
            var hostile = DialectCatalog.V1.ReadAnswer(Json($$"""
                {"question_id":"{{question.Id}}","answer_id":"i","model_id":"m","choices":[{"index":0,"turns":[{{System.Text.Json.JsonSerializer.Serialize(string.Join('\n', markers))}}]}]}
                """));

            var prompt = JudgePrompt.Build(benchmark.Judging, question, hostile, hostile, [ShippedData.References()[question.Id]]).UserPrompt;

            Assert.All(markers, marker => Assert.Equal(1, prompt.Split(marker).Length - 1));
        }
    }

    private static void AssertHoldsInOrder(JudgePrompt prompt, IReadOnlyList<string> texts)
    {
        var at = 0;
        foreach (var text in texts)
        {
            var found = prompt.UserPrompt.IndexOf(text, at, StringComparison.Ordinal);
            Assert.True(found >= 0, $"not in the prompt at its place: {text[..Math.Min(60, text.Length)]}");
            at = found + text.Length;
        }
    }

    private static Answer Answer(Question question, string model) => DialectCatalog.V1.ReadAnswer(Json($$"""
        {"question_id":"{{question.Id}}","answer_id":"i","model_id":"{{model}}","choices":[{"index":0,"turns":[{{string.Join(',', question.Turns.Select((_, i) => $"\"{model} says {i}\""))}}]}]}
        """));

    private static IEnumerable<string> Turns(Answer answer) => answer.Choices[0].Turns.Select(turn => turn.Content);

    private static System.Text.Json.JsonElement Json(string text) => System.Text.Json.JsonDocument.Parse(text).RootElement;
}
