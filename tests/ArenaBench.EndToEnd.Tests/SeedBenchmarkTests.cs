using System.Net.Http.Json;
using System.Text.Json;
using ArenaBench.Core.Models;
using ArenaBench.Core.Storage;
using ArenaBench.Testing;
using ArenaBench.Testing.Replay;

namespace ArenaBench.EndToEnd.Tests;

/// <summary>Everything the seed system can be told at once, through the workflow: several turns, three choices, few-shot
/// messages and two reference models, with every message that left asserted.</summary>
public sealed class SeedBenchmarkTests(AzuriteFixture azurite)
{
    private const string Config =
        """
        name: seed-judge
        judge_model: judge
        reference: true
        ref_model: [ref-a, ref-b]
        temperature: 0
        max_tokens: 300
        endpoint_list: null
        system_prompt: "Rate it.\n"
        prompt_template: "Q1 {question_1} Q2 {question_2} R1 {ref_answer_1} R2 {ref_answer_2} R3 {ref_answer_3} A1 {answer_1} A2 {answer_2}"
        few_shot: ["an example", "its rating is [[3]]"]
        """;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TurnsChoicesFewShotAndReferences_SendExactlyThePublishedMessages()
    {
        await using var models = await ScriptedEndpoint.StartAsync(Reply, Cancelled);
        var name = AzuriteFixture.NewContainerName("seed");
        await using var app = await EmbeddedApp.StartAsync(await azurite.ConnectionStringOrSkipAsync(), name, Cancelled);
        await SetUpAsync(app, models.BaseUrl);

        await CompletesAsync(app, "id: references\nbenchmark: seed\nwhat: reference\nmodels: [ref-a, ref-b]\n");
        var references = models.Sent.ToList();
        await CompletesAsync(app, "id: whole\nbenchmark: seed\nmodels: [model]\nchoices: 3\n");
        var sent = models.Sent.Skip(references.Count).ToList();

        Assert.Equal(["ref-a", "ref-a", "ref-b", "ref-b"], references.Select(request => request.Model).Order(StringComparer.Ordinal));
        Assert.Equal(
            Text(User("First?"), Assistant("b1"), User("Second?")),
            Text(Assert.Single(references, request => request is { Model: "ref-b", Messages.Count: 3 })));

        // Three conversations, each with its own history; required_temperature rules, FastChat's limit of length applies.
        var answering = sent.Where(request => request.Model == "model").ToList();
        Assert.Equal(
            [
                Text(User("First?")), Text(User("First?")), Text(User("First?")),
                Text(User("First?"), Assistant("m1.0"), User("Second?")),
                Text(User("First?"), Assistant("m1.1"), User("Second?")),
                Text(User("First?"), Assistant("m1.2"), User("Second?")),
            ],
            answering.Select(Text).Order(StringComparer.Ordinal));
        Assert.All(answering, request => Assert.Equal((0.35, 1024), (request.Temperature, request.MaxTokens)));

        // The first choice is judged. Turn i of reference j has number i + j - 1, and the later reference wins.
        var judging = Assert.Single(sent, request => request.Model == "judge");
        Assert.Equal(
            Text(
                new ChatTurn("system", "Rate it.\n"), User("an example"), Assistant("its rating is [[3]]"),
                User("Q1 First? Q2 Second? R1 a1 R2 b1 R3 b2 A1 m1.0 A2 m2 after m1.0")),
            Text(judging));
        Assert.Equal((0.0, 300), (judging.Temperature, judging.MaxTokens));

        var stored = (await app.Store.Canonical.ReadAsync(CanonicalFile.Answers("seed", "model"), Cancelled)).Lines["q1"];
        Assert.Equal(
            [["m1.0", "m2 after m1.0"], ["m1.1", "m2 after m1.1"], ["m1.2", "m2 after m1.2"]],
            stored.Record.GetProperty("choices").EnumerateArray()
                .Select(choice => choice.GetProperty("turns").EnumerateArray().Select(turn => turn.GetString()!).ToArray()));
        var board = await app.Http.GetFromJsonAsync<JsonElement>("api/runs/whole/leaderboard", Cancelled);
        Assert.Equal(8, Assert.Single(board.GetProperty("single").GetProperty("rows").EnumerateArray()).GetProperty("mean").GetProperty("value").GetDouble());
    }

    private static async Task CompletesAsync(EmbeddedApp app, string spec)
    {
        var ended = await app.Http.RunToEndAsync(spec, Cancelled);
        Assert.True(ended.GetProperty("runtimeStatus").GetString() == "Completed", ended.ToString());
    }

    private static async Task SetUpAsync(EmbeddedApp app, Uri models)
    {
        using var folder = new TempFolder("seed");
        Directory.CreateDirectory(folder.File("seed"));
        await File.WriteAllTextAsync(
            folder.File("seed", "question.jsonl"),
            """{"question_id":"q1","category":"math","turns":["First?","Second?"],"required_temperature":0.35}""" + "\n", Cancelled);
        await File.WriteAllTextAsync(folder.File("seed", "seed_config.yaml"), Config, Cancelled);
        await app.ImportAsync(folder.File("seed"), Cancelled);
        await app.PutEndpointsAsync(
            string.Concat(new[] { "model", "ref-a", "ref-b", "judge" }.Select(model => $"{model}: {{endpoints: [{{api_base: '{models}'}}]}}\n")), Cancelled);
    }

    private static string Reply(SentRequest request, int before) => request switch
    {
        { Model: "judge" } => "Good. [[8]]",
        { Model: ['r', 'e', 'f', '-', var letter] } => $"{letter}{(request.Messages.Count + 1) / 2}",
        { Messages.Count: 1 } => $"m1.{before}",
        _ => $"m2 after {request.Messages[1].Content}",
    };

    private static ChatTurn User(string text) => new("user", text);

    private static ChatTurn Assistant(string text) => new("assistant", text);

    private static string Text(params IEnumerable<ChatTurn> messages) => string.Join(" | ", messages.Select(message => $"{message.Role}: {message.Content}"));

    private static string Text(SentRequest request) => Text(request.Messages);
}
