using System.ClientModel;
using System.Text.Json;
using System.Text.RegularExpressions;
using ArenaBench.Simulation;
using ChatRequest = ArenaBench.Simulation.Chat.ChatRequest;
using ArenaBench.Simulation.Models;
using ArenaBench.Testing;
using OpenAI;
using OpenAI.Chat;
using YamlDotNet.RepresentationModel;

namespace ArenaBench.Local.Tests.Simulation;

/// <summary>Questions and judge prompts as they really are.</summary>
public sealed partial class RealPromptTests
{
    private static readonly SimulatedModel Strong = SimulatedModel.Defaults.Single(m => m.Name == "sim-strong");
    private static readonly SimulatedModel Poor = SimulatedModel.Defaults.Single(m => m.Name == "sim-poor");
    private static readonly SimulatedModel Judge = SimulatedModel.Defaults.Single(m => m.Name == "sim-judge");

    [Fact]
    public void OurOwnJudgePrompts_AreUnderstood()
    {
        var files = Directory.GetFiles(RepoRoot.File("data"), "*.yaml", SearchOption.AllDirectories);
        Assert.NotEqual(0, files.Sum(CheckTemplates));
    }

    [Fact]
    public void PublishedJudgePrompts_AreUnderstood()
    {
        Assert.Equal(1, CheckTemplates(Path.Combine(PublishedData.V1OrSkip(), "arena-bench-v1_config.yaml")));
        Assert.Equal(1, CheckTemplates(Path.Combine(PublishedData.V01OrSkip(), "config", "judge_config.yaml")));
        Assert.Equal(1, CheckTemplates(Path.Combine(PublishedData.V20OrSkip(), "config", "arena-hard-v2.0.yaml")));
    }

    [Fact]
    public void PublishedQuestions_AreAnsweredAndTheAnswersToldApart()
    {
        string[] folders = [PublishedData.V1OrSkip(), PublishedData.V01OrSkip(), PublishedData.V20OrSkip()];
        var (questions, right) = (0, 0);
        foreach (var line in folders.SelectMany(folder => File.ReadLines(Path.Combine(folder, "question.jsonl"))))
        {
            var question = QuestionOf(JsonDocument.Parse(line).RootElement);
            var judgment = Reply(Judge, Prompts.CompareSystem, Prompts.Compare(question, Reply(Strong, null, question), Reply(Poor, null, question)));
            questions++;
            right += Verdicts().Match(judgment).Value is "[[A>>B]]" or "[[A>B]]" ? 1 : 0;
        }
        Assert.Equal(1550, questions);
        Assert.InRange((double)right / questions, 0.97, 1);
    }

    [Fact]
    public async Task OpenAisOwnClient_IsServed()
    {
        await using var endpoint = await SimulatedEndpoint.StartAsync(new SimulationOptions { ApiKey = "k" }, TestContext.Current.CancellationToken);
        var client = new ChatClient("sim-good", new ApiKeyCredential("k"), new OpenAIClientOptions { Endpoint = endpoint.BaseUrl });
        ChatMessage[] messages = [new SystemChatMessage("Be short."), new UserChatMessage("Why is the sky blue?")];
        var options = new ChatCompletionOptions { Temperature = 0, MaxOutputTokenCount = 500 };
        ChatCompletion whole = await client.CompleteChatAsync(messages, options, TestContext.Current.CancellationToken);
        Assert.Equal(ChatFinishReason.Stop, whole.FinishReason);
        Assert.True(whole.Usage.OutputTokenCount > 0);

        var streamed = "";
        await foreach (var update in client.CompleteChatStreamingAsync(messages, options, TestContext.Current.CancellationToken))
            streamed += string.Concat(update.ContentUpdate.Select(part => part.Text));
        Assert.Equal(whole.Content[0].Text, streamed);
    }

    /// <summary>Fills every judge prompt of a configuration with a strong and a poor model's answers; the strong one must win.</summary>
    private static int CheckTemplates(string file)
    {
        using var reader = new StreamReader(file);
        var yaml = new YamlStream();
        yaml.Load(reader);
        if (yaml.Documents is not [{ RootNode: YamlMappingNode root }] || !root.Children.ContainsKey("prompt_template"))
            return 0;
        var system = root.Children.TryGetValue("system_prompt", out var found) ? ((YamlScalarNode)found).Value! : Prompts.CompareSystem;
        var templates = Scalars(root["prompt_template"]).ToList();
        if (root.Children.TryGetValue("prompt_template_by_turns", out var byTurns))
            templates.AddRange(Scalars(byTurns));
        foreach (var template in templates)
        {
            var best = Fill(template, strongFirst: true, system);
            var worst = Fill(template, strongFirst: false, system);
            if (int.TryParse(best, out var high))
                Assert.True(high >= int.Parse(worst, null) + 3, $"{file}: {best} and {worst}");
            else
                Assert.True(best.StartsWith("A>", StringComparison.Ordinal) && worst.StartsWith("B>", StringComparison.Ordinal), $"{file}: {best} and {worst}");
        }
        return templates.Count;
    }

    private static IEnumerable<string> Scalars(YamlNode node) => node.AllNodes.OfType<YamlScalarNode>()
        .Select(scalar => scalar.Value!).Where(text => text.Contains('{', StringComparison.Ordinal));

    private static string Fill(string template, bool strongFirst, string system)
    {
        var isPair = template.Contains("answer_2", StringComparison.OrdinalIgnoreCase) || template.Contains("ANSWER_B", StringComparison.Ordinal);
        var twoTurns = template.Contains("{question_2}", StringComparison.Ordinal);
        var (first, second) = strongFirst ? (Strong, Poor) : (Poor, Strong);
        var questions = new[] { Prompts.Question(1), Prompts.Question(2) };
        var prompt = Placeholder().Replace(template, match => match.Groups[1].Value switch
        {
            "question_1" or "QUESTION" => questions[0],
            "question_2" => questions[1],
            "ref_answer_1" or "ref_answer_2" => "Nobody knows.",
            "answer_1" or "ANSWER_A" => Reply(first, null, questions[0]),
            "ANSWER_B" => Reply(second, null, questions[0]),
            "answer_2" when isPair && !twoTurns => Reply(second, null, questions[0]),
            "answer_2" => Reply(first, null, questions[1]),
            "answer_3" => Reply(second, null, questions[0]),
            "answer_4" => Reply(second, null, questions[1]),
            var other => throw new InvalidOperationException($"Unknown placeholder {other}."),
        });
        return Verdicts().Match(Reply(Judge, system, prompt)).Groups[1].Value;
    }

    private static string Reply(SimulatedModel model, string? system, string user)
    {
        List<ArenaBench.Simulation.Chat.ChatMessage> messages = system is null ? [] : [new("system", system)];
        messages.Add(new("user", user));
        return ReplyWriter.Write(model, new ChatRequest(model.Name, messages, null, null, null, 1, false, false, null), 42).Choices[0].Text!;
    }

    private static string QuestionOf(JsonElement line)
    {
        if (line.TryGetProperty("prompt", out var prompt))
            return prompt.GetString()!;
        var turn = line.GetProperty("turns")[0];
        return turn.ValueKind == JsonValueKind.String ? turn.GetString()! : turn.GetProperty("content").GetString()!;
    }

    [GeneratedRegex(@"\[\[([^\]]+)\]\]")]
    private static partial Regex Verdicts();

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Placeholder();
}
