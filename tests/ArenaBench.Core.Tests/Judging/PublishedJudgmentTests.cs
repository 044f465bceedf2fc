using ArenaBench.Core.Answers;
using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Dialects;
using ArenaBench.Core.Judging;
using ArenaBench.Core.Tests.Dialects;
using ArenaBench.Testing;

namespace ArenaBench.Core.Tests.Judging;

/// <summary>The recorded GPT-4 judgments of Arena-Bench-V1: prompts to the byte, scores to the last one.</summary>
public sealed class PublishedJudgmentTests
{
    // Of the last two models most judgments were made with other reference answers than those published beside them:
    // for these, no pipeline can build the recorded prompt from the published files.
    public static TheoryData<string, int> PromptsThatMatch => new()
    {
        { "gpt-4-0314", 300 },
        { "Mixtral-8x7B-Instruct-v0.1", 300 },
        { "claude-1", 300 },
        { "claude-instant-1", 300 },
        { "Starling-LM-7B-alpha", 300 },
        { "gpt-3.5-turbo", 136 },
        { "Llama-2-70b-chat", 100 },
    };

    [Theory]
    [MemberData(nameof(PromptsThatMatch))]
    public async Task Build_RecordedRecords_GivesTheRecordedPromptByteForByte(string model, int expected)
    {
        var folder = PublishedData.V1OrSkip();
        var benchmark = await BenchmarkFolder.Open(folder).ReadAsync(cancellationToken: TestContext.Current.CancellationToken);
        var questions = benchmark.Questions.ToDictionary(q => q.Id);
        var references = await AnswersAsync(Path.Combine(folder, "reference_answer", "gpt-4.jsonl"));
        var answers = await AnswersAsync(Path.Combine(folder, "model_answer", $"{model}.jsonl"));
        var judgments = await Jsonl.ReadFileAsync(
            Path.Combine(folder, "model_judgment", $"{model}.jsonl"), DialectCatalog.V1.ReadJudgment);

        var equal = 0;
        foreach (var judgment in judgments)
        {
            var id = judgment.QuestionId;
            var prompt = JudgePrompt.Build(benchmark.Judging, questions[id], answers[id], null, [references[id]]);
            Assert.Empty(prompt.Missing);
            Assert.Equal(["system", "user"], prompt.Messages.Select(m => m.Role));
            Assert.Equal(prompt.UserPrompt, prompt.Messages[^1].Content);
            if (prompt.UserPrompt == judgment.Games[0]!.UserPrompt) equal++;
        }

        Assert.Equal(300, judgments.Count);
        Assert.Equal(expected, equal);
    }

    [Theory]
    [MemberData(nameof(PromptsThatMatch))]
    public async Task Parse_RecordedReply_GivesTheRecordedScore(string model, int _)
    {
        var folder = PublishedData.V1OrSkip();
        var judgments = await Jsonl.ReadFileAsync(
            Path.Combine(folder, "model_judgment", $"{model}.jsonl"), DialectCatalog.V1.ReadJudgment);

        foreach (var judgment in judgments)
        {
            var game = judgment.Games[0]!;
            var parsed = ScoreParser.Parse(JudgingMode.Single, ScoreRule.SingleRating, [], game.Text);
            Assert.Equal(game.Score, parsed);
            Assert.NotEqual(UnscoredReason.Recorded, game.Score.Unscored);
        }
    }

    private static async Task<Dictionary<string, Answer>> AnswersAsync(string file) =>
        (await Jsonl.ReadFileAsync(file, DialectCatalog.V1.ReadAnswer)).ToDictionary(a => a.QuestionId);
}
