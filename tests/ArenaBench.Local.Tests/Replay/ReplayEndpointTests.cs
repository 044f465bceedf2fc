using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ArenaBench.Testing;
using ArenaBench.Testing.Replay;

namespace ArenaBench.Local.Tests.Replay;

public sealed class ReplayEndpointTests
{
    private static readonly HttpClient Http = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RecordedV1_EveryAnswerAndJudgmentIsServed()
    {
        var data = PublishedData.V1OrSkip();
        string[] models = ["gpt-4-0314", "Mixtral-8x7B-Instruct-v0.1", "claude-1", "claude-instant-1", "Starling-LM-7B-alpha"];
        var recordings = ReplayRecordings.OfV1(data, models);
        // 300 answers and 300 judgments of each, and 300 answers once more under mistralai/Mixtral-8x7B-Instruct-v0.1.
        Assert.Equal((5 * 600) + 300, recordings.Count);
        await using var endpoint = await ReplayEndpoint.StartAsync(recordings, cancellationToken: Cancellation);

        var judgment = JsonDocument.Parse(File.ReadLines(Path.Combine(data, "model_judgment", "claude-1.jsonl")).First()).RootElement;
        var system = SystemPrompt(data);
        var reply = await AskAsync(endpoint, "gpt-4", system, judgment.GetProperty("user_prompt").GetString()!);
        Assert.Equal(judgment.GetProperty("judgment").GetString(), reply);
        Assert.Empty(endpoint.Unmatched);
        Assert.Equal(1, Assert.Single(endpoint.Calls).Value);
    }

    [Fact]
    public async Task OneByteMore_Is404AndKept()
    {
        var key = new ReplayKey("m", "judge", "text \n");
        var recordings = ReplayRecordings.Of([KeyValuePair.Create(key, "fine")]);
        await using var endpoint = await ReplayEndpoint.StartAsync(recordings, cancellationToken: Cancellation);

        Assert.Equal("fine", await AskAsync(endpoint, "m", "judge", "text \n"));
        Assert.Null(await AskAsync(endpoint, "m", "judge", "text \n\n"));
        Assert.Null(await AskAsync(endpoint, "m", "judge ", "text \n"));
        Assert.Null(await AskAsync(endpoint, "m", null, "text \n"));
        Assert.Equal(3, endpoint.Unmatched.Count);
        Assert.Contains("m: user: text \n", endpoint.Unmatched);
        Assert.Equal(1, endpoint.Calls[key]);
    }

    private static async Task<string?> AskAsync(ReplayEndpoint endpoint, string model, string? system, string user)
    {
        var messages = new List<object>();
        if (system is not null)
            messages.Add(new { role = "system", content = system });
        messages.Add(new { role = "user", content = user });
        using var response = await Http.PostAsJsonAsync($"{endpoint.BaseUrl}/chat/completions", new { model, messages, temperature = 0 }, Cancellation);
        if (response.StatusCode == HttpStatusCode.NotFound)
            return null;
        var body = await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        return body.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString();
    }

    private static string SystemPrompt(string data)
    {
        var line = File.ReadLines(Path.Combine(data, "arena-bench-v1_config.yaml")).Single(l => l.StartsWith("system_prompt: ", StringComparison.Ordinal));
        // A double-quoted YAML scalar on one line with no escapes beyond JSON's.
        return JsonSerializer.Deserialize<string>(line["system_prompt: ".Length..])!;
    }
}
