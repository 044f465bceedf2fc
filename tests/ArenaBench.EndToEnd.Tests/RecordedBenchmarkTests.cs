using System.Net.Http.Json;
using System.Text.Json;
using ArenaBench.Testing;
using ArenaBench.Testing.Replay;

namespace ArenaBench.EndToEnd.Tests;

/// <summary>The published answers and GPT-4 judgments of Arena-Bench-V1 through the whole workflow, to the last digit.</summary>
public sealed class RecordedBenchmarkTests(AzuriteFixture azurite)
{
    private static readonly (string Model, double Mean, int Valid)[] Published =
    [
        ("gpt-4-0314", 8.548821548821548, 297),
        ("mistralai/Mixtral-8x7B-Instruct-v0.1", 6.54054054054054, 296),
        ("claude-1", 6.224832214765101, 298),
        ("claude-instant-1", 6.19, 300),
        ("Starling-LM-7B-alpha", 5.476351351351352, 296),
    ];

    [Fact]
    public async Task Run_OfRecordedAnswersAndJudgments_GivesThePublishedMeans()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var data = PublishedData.V1OrSkip();
        await using var endpoint = await ReplayEndpoint.StartAsync(ReplayRecordings.OfV1(data, Published.Select(row => row.Model.Split('/')[^1])), cancellationToken: cancellationToken);
        using var questionsOnly = QuestionsAndReferencesOf(data);
        var name = AzuriteFixture.NewContainerName("recorded");
        await using var app = await EmbeddedApp.StartAsync(await azurite.ConnectionStringOrSkipAsync(), name, cancellationToken);
        await app.ImportAsync(questionsOnly.File("arena-bench-v1"), cancellationToken);
        await app.PutEndpointsAsync(EndpointsFor(endpoint.BaseUrl), cancellationToken);

        var ended = await app.Http.RunToEndAsync(
            $"id: recorded\nbenchmark: arena-bench-v1\njudges: [gpt-4]\nmodels: [{string.Join(", ", Published.Select(row => row.Model))}]\n", cancellationToken);

        Assert.True(ended.GetProperty("runtimeStatus").GetString() == "Completed", ended.ToString());
        // Each reply is given only to exactly the recorded prompt: 1,500 judge prompts were sent byte for byte as recorded.
        Assert.Empty(endpoint.Unmatched);
        Assert.Equal(5 * 300, endpoint.Calls.Where(call => call.Key.Model == "gpt-4").Sum(call => call.Value));
        Assert.Equal(5 * 300, endpoint.Calls.Where(call => call.Key.Model != "gpt-4").Sum(call => call.Value));
        var board = await app.Http.GetFromJsonAsync<JsonElement>("api/runs/recorded/leaderboard", cancellationToken);
        var rows = board.GetProperty("single").GetProperty("rows").EnumerateArray()
            .Select(row => (row.GetProperty("model").GetString()!, row.GetProperty("mean").GetProperty("value").GetDouble(),
                row.GetProperty("ratings").GetProperty("scored").GetInt32()));
        Assert.Equal(Published, rows);
    }

    /// <summary>The data without its recorded answers and judgments: the run has to ask for them.</summary>
    private static TempFolder QuestionsAndReferencesOf(string data)
    {
        var folder = new TempFolder("recorded");
        foreach (var file in new[] { "question.jsonl", "arena-bench-v1_config.yaml", Path.Combine("reference_answer", "gpt-4.jsonl") })
        {
            var target = folder.File("arena-bench-v1", file);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Path.Combine(data, file), target);
        }

        return folder;
    }

    private static string EndpointsFor(Uri endpoint) => string.Concat(
        Published.Select(row => row.Model).Append("gpt-4").Select(model =>
            $"{model}:\n  api_type: openai\n  endpoints: [{{api_base: \"{endpoint}\"}}]\n  parallel: 32\n"));
}
