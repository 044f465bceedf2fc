using System.Net;
using System.Text.Json;
using ArenaBench.Simulation;

namespace ArenaBench.Local.Tests.Simulation;

public sealed class ChatProtocolTests : IAsyncLifetime
{
    private SimulatedEndpoint _endpoint = null!;
    private SimulationClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        _endpoint = await SimulatedEndpoint.StartAsync(new SimulationOptions(), TestContext.Current.CancellationToken);
        _client = new SimulationClient(_endpoint);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _endpoint.DisposeAsync();
    }

    [Fact]
    public async Task Reply_HasOpenAisShapeAndSaysThatItIsSimulated()
    {
        using var response = await _client.PostAsync(SimulationClient.Body("sim-good", "Why is the sky blue?"));
        var json = await SimulationClient.JsonAsync(response);
        Assert.Equal("true", Assert.Single(response.Headers.GetValues("x-arenabench-simulated")));
        Assert.Equal("chat.completion", json.GetProperty("object").GetString());
        Assert.Equal("fp_simulated", json.GetProperty("system_fingerprint").GetString());
        Assert.Equal("sim-good", json.GetProperty("model").GetString());
        var choice = Assert.Single(json.GetProperty("choices").EnumerateArray());
        Assert.Equal("stop", choice.GetProperty("finish_reason").GetString());
        Assert.Equal("assistant", choice.GetProperty("message").GetProperty("role").GetString());
        Assert.Contains("simulated", choice.GetProperty("message").GetProperty("content").GetString(), StringComparison.Ordinal);
        var usage = json.GetProperty("usage");
        Assert.Equal(
            usage.GetProperty("total_tokens").GetInt32(),
            usage.GetProperty("prompt_tokens").GetInt32() + usage.GetProperty("completion_tokens").GetInt32());
    }

    [Fact]
    public async Task Thinker_KeepsItsThinkingOutOfTheAnswer()
    {
        using var response = await _client.PostAsync(SimulationClient.Body("sim-thinker", "Why is the sky blue?"));
        var json = await SimulationClient.JsonAsync(response);
        var message = json.GetProperty("choices")[0].GetProperty("message");
        Assert.StartsWith("Simulated thinking.", message.GetProperty("reasoning_content").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Perhaps:", message.GetProperty("content").GetString(), StringComparison.Ordinal);
        Assert.True(json.GetProperty("usage").GetProperty("completion_tokens_details").GetProperty("reasoning_tokens").GetInt32() > 0);
    }

    [Fact]
    public async Task Limit_CutsTheAnswerAndSaysSo()
    {
        using var response = await _client.PostAsync(new { model = "sim-good", messages = new[] { new { role = "user", content = "Why is the sky blue?" } }, max_tokens = 30 });
        var json = await SimulationClient.JsonAsync(response);
        Assert.Equal("length", json.GetProperty("choices")[0].GetProperty("finish_reason").GetString());
        Assert.InRange(json.GetProperty("usage").GetProperty("completion_tokens").GetInt32(), 25, 30);
    }

    [Fact]
    public async Task Choices_DifferAndAreAsManyAsAsked()
    {
        using var response = await _client.PostAsync(new { model = "sim-good", messages = new[] { new { role = "user", content = "Why is the sky blue?" } }, n = 3 });
        var json = await SimulationClient.JsonAsync(response);
        var texts = json.GetProperty("choices").EnumerateArray().Select(c => c.GetProperty("message").GetProperty("content").GetString()).ToList();
        Assert.Equal(3, texts.Distinct().Count());
    }

    [Fact]
    public async Task Stream_CarriesTheSameTextAsTheReply()
    {
        object Ask(bool stream) => new
        {
            model = "sim-good", messages = new[] { new { role = "user", content = "Why is the sky blue?" } }, stream, stream_options = new { include_usage = true },
        };
        using var streamed = await _client.PostAsync(Ask(true));
        using var whole = await _client.PostAsync(Ask(false));
        Assert.Equal("text/event-stream", streamed.Content.Headers.ContentType?.MediaType);
        var events = (await streamed.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("data: [DONE]", events[^1]);
        var chunks = events[..^1].Select(e => JsonDocument.Parse(e["data: ".Length..]).RootElement).ToList();
        var text = string.Concat(chunks.SelectMany(c => c.GetProperty("choices").EnumerateArray())
            .Select(c => c.GetProperty("delta").TryGetProperty("content", out var piece) ? piece.GetString() : ""));
        var expected = await SimulationClient.JsonAsync(whole);
        Assert.Equal(expected.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString(), text);
        Assert.Equal(expected.GetProperty("usage").ToString(), chunks[^1].GetProperty("usage").ToString());
    }

    [Fact]
    public async Task TextParts_AreOneText()
    {
        var parts = new { model = "sim-good", messages = new[] { new { role = "user", content = new[] { new { type = "text", text = "Why is " }, new { type = "text", text = "the sky blue?" } } } } };
        using var response = await _client.PostAsync(parts);
        var json = await SimulationClient.JsonAsync(response);
        Assert.Equal(await _client.AskAsync("sim-good", "Why is the sky blue?"), json.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
    }

    [Theory]
    [InlineData("""{"messages":[{"role":"user","content":"x"}]}""", 400, null, "model")]
    [InlineData("""{"model":"gpt-4","messages":[{"role":"user","content":"x"}]}""", 404, "model_not_found", null)]
    [InlineData("""{"model":"sim-good"}""", 400, "missing_required_parameter", "messages")]
    [InlineData("""{"model":"sim-good","messages":[]}""", 400, "empty_array", "messages")]
    [InlineData("""{"model":"sim-good","messages":[{"role":"robot","content":"x"}]}""", 400, "invalid_value", "messages[0].role")]
    [InlineData("""{"model":"sim-good","messages":[{"role":"user"}]}""", 400, "missing_required_parameter", "messages[0].content")]
    [InlineData("""{"model":"sim-good","messages":[{"role":"user","content":7}]}""", 400, "invalid_type", "messages[0].content")]
    [InlineData("""{"model":"sim-good","messages":[{"role":"user","content":"x"}],"temperature":3}""", 400, "invalid_value", "temperature")]
    [InlineData("""{"model":"sim-good","messages":[{"role":"user","content":"x"}],"max_tokens":0}""", 400, "invalid_value", "max_tokens")]
    [InlineData("""{"model":"sim-good","messages":[{"role":"user","content":"x"}],"max_tokens":"many"}""", 400, "invalid_type", "max_tokens")]
    [InlineData("""{"model":"sim-good","messages":[{"role":"user","content":"x"}],"max_tokens":5,"max_completion_tokens":5}""", 400, "invalid_parameter_combination", "max_tokens")]
    [InlineData("""{"model":"sim-good","messages":[{"role":"user","content":"x"}],"maxTokens":5}""", 400, "unknown_parameter", "maxTokens")]
    [InlineData("""{"model":"sim-thinker","messages":[{"role":"user","content":"x"}],"max_tokens":5}""", 400, "unsupported_parameter", "max_tokens")]
    [InlineData("""{"model":"sim-thinker","messages":[{"role":"user","content":"x"}],"temperature":0}""", 400, "unsupported_value", "temperature")]
    [InlineData("""{"model":"sim-good",""", 400, null, null)]
    [InlineData("[1]", 400, null, null)]
    public async Task WrongRequest_IsAnsweredAsOpenAiAnswers(string body, int status, string? code, string? parameter)
    {
        using var response = await _client.PostTextAsync(body);
        Assert.Equal(status, (int)response.StatusCode);
        var error = (await SimulationClient.JsonAsync(response)).GetProperty("error");
        Assert.Equal("invalid_request_error", error.GetProperty("type").GetString());
        Assert.Equal(code, error.GetProperty("code").GetString());
        Assert.Equal(parameter, error.GetProperty("param").GetString());
    }

    [Fact]
    public async Task Models_AreListedAsSimulated()
    {
        using var response = await _client.GetAsync("/v1/models");
        var models = (await SimulationClient.JsonAsync(response)).GetProperty("data").EnumerateArray().ToList();
        Assert.All(models, model => Assert.StartsWith("sim-", model.GetProperty("id").GetString(), StringComparison.Ordinal));
        Assert.All(models, model => Assert.Equal("arenabench-simulated", model.GetProperty("owned_by").GetString()));
        using var root = await _client.GetAsync("/");
        Assert.Contains("No language model runs here", await root.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var nowhere = await _client.GetAsync("/v2");
        Assert.Equal(HttpStatusCode.NotFound, nowhere.StatusCode);
    }

    [Fact]
    public async Task AzuresAddress_NamesTheModel()
    {
        using var http = new HttpClient();
        using var response = await http.PostAsync(
            new Uri(_endpoint.BaseUrl, "/openai/deployments/sim-good/chat/completions?api-version=2024-10-21"),
            new StringContent("""{"messages":[{"role":"user","content":"Why is the sky blue?"}]}"""), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task RequiredKey_IsAskedForInBothHeaders()
    {
        var options = new SimulationOptions { ApiKey = "right" };
        await using var endpoint = await SimulatedEndpoint.StartAsync(options, TestContext.Current.CancellationToken);
        async Task<HttpStatusCode> StatusAsync(string? header, string? value)
        {
            using var http = new HttpClient();
            if (header is not null)
                http.DefaultRequestHeaders.Add(header, value);
            using var content = new StringContent("""{"model":"sim-good","messages":[{"role":"user","content":"x"}]}""");
            using var response = await http.PostAsync(new Uri($"{endpoint.BaseUrl}/chat/completions"), content, TestContext.Current.CancellationToken);
            return response.StatusCode;
        }
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(null, null));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("Authorization", "Bearer wrong"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("Authorization", "Bearer right"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("api-key", "right"));
    }

    [Fact]
    public async Task Observer_SeesTheCallAsItCame()
    {
        var seen = new System.Collections.Concurrent.ConcurrentQueue<ObservedCall>();
        await using var endpoint = await SimulatedEndpoint.StartAsync(new SimulationOptions { Observer = seen.Enqueue }, TestContext.Current.CancellationToken);
        using var client = new SimulationClient(endpoint);
        const string Body = """{ "model":"sim-good", "messages":[{"role":"user","content":"x"}] }""";
        using var response = await client.PostTextAsync(Body);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal((Body, null, "/v1/chat/completions"), (Assert.Single(seen).Body, Assert.Single(seen).ApiKey, Assert.Single(seen).Path));
    }

    [Fact]
    public async Task TakenPort_SaysWhatToDo()
    {
        var error = await Assert.ThrowsAsync<SimulationException>(
            () => SimulatedEndpoint.StartAsync(new SimulationOptions { Port = _endpoint.Port }, TestContext.Current.CancellationToken));
        Assert.Contains($"Port {_endpoint.Port} is taken", error.Message, StringComparison.Ordinal);
    }
}
