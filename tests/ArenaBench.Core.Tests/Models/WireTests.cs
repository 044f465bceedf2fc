using System.Text.Json.Nodes;
using ArenaBench.Core.Models;
using ArenaBench.Core.Records;

namespace ArenaBench.Core.Tests.Models;

/// <summary>Exactly the fields that each family is sent, and how its published example of a response is read.</summary>
public sealed class WireTests
{
    private static readonly ModelRequest Request = Calls.Ask("Why?", system: "Be brief.", temperature: 0.7, maxTokens: 1024);

    [Theory]

    // https://platform.openai.com/docs/api-reference/chat/create
    [InlineData("openai", "gpt-4.1", """{"model":"gpt-4.1","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Why?"}],"temperature":0.7,"max_tokens":1024}""")]

    // https://platform.openai.com/docs/guides/reasoning
    [InlineData("openai", "o3-mini-2025-01-31", """{"model":"o3-mini-2025-01-31","messages":[{"role":"developer","content":"Be brief."},{"role":"user","content":"Why?"}],"max_completion_tokens":1024}""")]
    [InlineData("openai", "gpt-5-mini", """{"model":"gpt-5-mini","messages":[{"role":"developer","content":"Be brief."},{"role":"user","content":"Why?"}],"max_completion_tokens":1024}""")]
    [InlineData("openai", "gpt-5-chat-latest", """{"model":"gpt-5-chat-latest","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Why?"}],"temperature":0.7,"max_completion_tokens":1024}""")]
    [InlineData("openai", "o1-mini", """{"model":"o1-mini","messages":[{"role":"user","content":"Be brief.\n\nWhy?"}],"max_completion_tokens":1024}""")]
    [InlineData("openrouter", "openai/o3", """{"model":"openai/o3","messages":[{"role":"developer","content":"Be brief."},{"role":"user","content":"Why?"}],"max_completion_tokens":1024}""")]

    // Upstream's openai_thinking and deepseek_reasoner send neither temperature nor a limit.
    [InlineData("openai_thinking", "o3-mini", """{"model":"o3-mini","messages":[{"role":"developer","content":"Be brief."},{"role":"user","content":"Why?"}]}""")]
    [InlineData("deepseek_reasoner", "deepseek-reasoner", """{"model":"deepseek-reasoner","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Why?"}]}""")]

    // https://api-docs.deepseek.com/api/create-chat-completion
    [InlineData("deepseek", "deepseek-chat", """{"model":"deepseek-chat","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Why?"}],"temperature":0.7,"max_tokens":1024}""")]

    // https://ai.google.dev/gemini-api/docs/openai
    [InlineData("gemini", "gemini-2.5-pro", """{"model":"gemini-2.5-pro","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Why?"}],"temperature":0.7,"max_tokens":1024}""")]

    // https://docs.mistral.ai/api/ has no max_completion_tokens and refuses unknown fields
    [InlineData("mistral", "mistral-large-latest", """{"model":"mistral-large-latest","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Why?"}],"temperature":0.7,"max_tokens":1024}""")]
    [InlineData("openai", "mistralai/Mistral-7B-Instruct-v0.2", """{"model":"mistralai/Mistral-7B-Instruct-v0.2","messages":[{"role":"user","content":"Be brief.\n\nWhy?"}],"temperature":0.7,"max_tokens":1024}""")]
    [InlineData("openai", "google/gemma-2-9b-it", """{"model":"google/gemma-2-9b-it","messages":[{"role":"user","content":"Be brief.\n\nWhy?"}],"temperature":0.7,"max_tokens":1024}""")]
    [InlineData("openai", "google/gemma-3-27b-it", """{"model":"google/gemma-3-27b-it","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Why?"}],"temperature":0.7,"max_tokens":1024}""")]
    public async Task Family_is_sent_exactly(string type, string model, string body)
    {
        await using var endpoint = await FakeEndpoint.AnsweringAsync(FakeEndpoint.Completion("x"));

        var reply = await Calls.CallAsync(Calls.Model(endpoint.Base, type, model), Request);

        Assert.Equal(RecordStatus.Ok, reply.Status);
        AssertJson(body, endpoint);
        Assert.Equal("/v1/chat/completions", endpoint.Requests.Single().Path);
        Assert.Equal("application/json", endpoint.Requests.Single().Headers["content-type"]);
    }

    [Fact]
    public async Task Nothing_is_sent_that_nobody_asked_for()
    {
        await using var endpoint = await FakeEndpoint.AnsweringAsync(FakeEndpoint.Completion("x"));

        await Calls.CallAsync(Calls.Model(endpoint.Base), Calls.Ask("Why?"));

        AssertJson("""{"model":"m","messages":[{"role":"user","content":"Why?"}]}""", endpoint);
    }

    [Fact]
    public async Task Overrides_beat_the_table()
    {
        await using var endpoint = await FakeEndpoint.AnsweringAsync(FakeEndpoint.Completion("x"));
        var model = Calls.Model(endpoint.Base, "openai", "o3",
            ("token_limit", "max_tokens"), ("send_temperature", "true"), ("system_role", "system"),
            ("extra_body", """{"top_p":0.95,"chat_template_kwargs":{"enable_thinking":false},"a.b'c":[1,"2",null]}"""));

        await Calls.CallAsync(model with { ReasoningEffort = "xhigh" }, Request);

        AssertJson("""{"model":"o3","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Why?"}],"temperature":0.7,"max_tokens":1024,"reasoning_effort":"xhigh","top_p":0.95,"chat_template_kwargs":{"enable_thinking":false},"a.b'c":[1,"2",null]}""", endpoint);
    }

    [Fact]
    public async Task Conversation_and_odd_texts_pass_unchanged()
    {
        await using var endpoint = await FakeEndpoint.AnsweringAsync(FakeEndpoint.Completion("x"));
        const string Odd = " \t\"é𝒳\u2028</script>\0\n ";

        await Calls.CallAsync(Calls.Model(endpoint.Base), new ModelRequest([new("user", Odd), new("assistant", Odd), new("user", "")], null, null));

        Assert.Equal([Odd, Odd, ""], endpoint.SentBody["messages"]!.AsArray().Select(message => message!["content"]!.GetValue<string>()));
        Assert.Equal(["user", "assistant", "user"], endpoint.SentBody["messages"]!.AsArray().Select(message => message!["role"]!.GetValue<string>()));
    }

    // https://learn.microsoft.com/azure/ai-services/openai/reference: deployments with api-version, and the v1 API without.
    [Theory]
    [InlineData("2024-10-21", "/openai/deployments/my%20gpt/chat/completions?api-version=2024-10-21")]
    [InlineData(null, "/openai/v1/chat/completions")]
    public async Task Azure_has_its_own_path_and_key_header(string? version, string path)
    {
        await using var endpoint = await FakeEndpoint.AnsweringAsync(FakeEndpoint.Completion("x"));
        var model = Calls.Model(endpoint.Base, "azure", "my gpt") with { Endpoints = [new EndpointSettings(endpoint.Url, "${KEY}", version)] };

        await Calls.CallAsync(model, Request);

        var sent = endpoint.Requests.Single();
        Assert.Equal(path, sent.Path);
        Assert.Equal(Calls.Canary, sent.Headers["api-key"]);
        Assert.DoesNotContain("authorization", sent.Headers.Keys);
    }

    [Theory]
    [InlineData("-")]
    [InlineData(null)]
    public async Task Server_of_ones_own_is_sent_no_key(string? key)
    {
        await using var endpoint = await FakeEndpoint.AnsweringAsync(FakeEndpoint.Completion("x"));
        var model = Calls.Model(endpoint.Base) with { Endpoints = [new EndpointSettings(endpoint.Base, key, null)] };

        var reply = await Calls.CallAsync(model, Request, new KeySource(name => name == "OPENAI_API_KEY" ? Calls.Canary : null));

        Assert.Equal(RecordStatus.Ok, reply.Status);
        Assert.DoesNotContain("authorization", endpoint.Requests.Single().Headers.Keys);
    }

    // https://platform.claude.com/docs/en/api/messages, and /api/versioning for who takes a temperature under which version.
    [Theory]
    [InlineData("anthropic", "claude-sonnet-4-5", null, "2023-06-01", """{"model":"claude-sonnet-4-5","max_tokens":1024,"temperature":0.7,"system":[{"type":"text","text":"Be brief."}],"messages":[{"role":"user","content":[{"type":"text","text":"Why?"}]}]}""")]
    [InlineData("anthropic", "claude-sonnet-5-5", null, "2026-10-21", """{"model":"claude-sonnet-5-5","max_tokens":1024,"system":[{"type":"text","text":"Be brief."}],"messages":[{"role":"user","content":[{"type":"text","text":"Why?"}]}]}""")]

    // https://platform.claude.com/docs/en/build-with-claude/extended-thinking: max_tokens holds the budget; no temperature.
    [InlineData("anthropic_thinking", "claude-3-7-sonnet-20250219", 16000, "2026-10-21", """{"model":"claude-3-7-sonnet-20250219","max_tokens":17024,"thinking":{"type":"enabled","budget_tokens":16000},"system":[{"type":"text","text":"Be brief."}],"messages":[{"role":"user","content":[{"type":"text","text":"Why?"}]}]}""")]
    [InlineData("anthropic", "claude-3-7-sonnet-20250219", 1000, "2026-10-21", """{"model":"claude-3-7-sonnet-20250219","max_tokens":1024,"thinking":{"type":"enabled","budget_tokens":1000},"system":[{"type":"text","text":"Be brief."}],"messages":[{"role":"user","content":[{"type":"text","text":"Why?"}]}]}""")]
    public async Task Anthropic_is_sent_exactly(string type, string model, int? budget, string version, string body)
    {
        await using var endpoint = await FakeEndpoint.AnsweringAsync("""
            {"id":"msg_013Zva2CMHLNnXjNJJKqJ2EF","type":"message","role":"assistant","model":"claude-sonnet-4-5-20250929",
             "content":[{"type":"thinking","thinking":"Hm.","signature":"EuYBC"},{"type":"redacted_thinking","data":"x"},{"type":"text","text":"Because."}],
             "stop_reason":"end_turn","stop_sequence":null,
             "usage":{"input_tokens":20,"cache_creation_input_tokens":2,"cache_read_input_tokens":3,"output_tokens":5,"service_tier":"standard"}}
            """);

        var reply = await Calls.CallAsync(Calls.Model(endpoint.Url, type, model) with { BudgetTokens = budget }, Request);

        Assert.Equal((RecordStatus.Ok, "Because.", "Hm."), (reply.Status, reply.Text, reply.Thought));
        Assert.Equal("claude-sonnet-4-5-20250929", reply.ModelVersion);
        Assert.Equal(new TokenUsage(25, 5, 0, 3), reply.Usage);
        AssertJson(body, endpoint);
        var sent = endpoint.Requests.Single();
        Assert.Equal(("/v1/messages", version, Calls.Canary), (sent.Path, sent.Headers["anthropic-version"], sent.Headers["x-api-key"]));
        Assert.DoesNotContain("authorization", sent.Headers.Keys);
    }

    // https://platform.claude.com/docs/en/build-with-claude/effort
    [Fact]
    public async Task Anthropic_takes_an_effort_as_adaptive_thinking()
    {
        await using var endpoint = await FakeEndpoint.AnsweringAsync("""{"id":"m","type":"message","role":"assistant","model":"c","content":[{"type":"text","text":"x"}],"stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":1,"output_tokens":1}}""");

        await Calls.CallAsync(Calls.Model(endpoint.Url, "anthropic", "claude-opus-5") with { ReasoningEffort = "high" }, Request);

        AssertJson("""{"model":"claude-opus-5","max_tokens":1024,"thinking":{"type":"adaptive"},"output_config":{"effort":"high"},"system":[{"type":"text","text":"Be brief."}],"messages":[{"role":"user","content":[{"type":"text","text":"Why?"}]}]}""", endpoint);
    }

    [Fact]
    public async Task Anthropic_takes_extra_fields_and_a_conversation()
    {
        await using var endpoint = await FakeEndpoint.AnsweringAsync("""{"id":"m","type":"message","role":"assistant","model":"c","content":[{"type":"text","text":"x"}],"stop_reason":"max_tokens","stop_sequence":null,"usage":{"input_tokens":1,"output_tokens":1}}""");
        var model = Calls.Model(endpoint.Url, "anthropic", "claude-opus-5", ("extra_body", """{"output_config":{"effort":"high"}}"""));

        var reply = await Calls.CallAsync(model, new ModelRequest([new("user", "a"), new("assistant", "b\n"), new("user", "c")], 0.5, 10));

        Assert.Equal(RecordStatus.Truncated, reply.Status);
        AssertJson("""{"model":"claude-opus-5","max_tokens":10,"output_config":{"effort":"high"},"messages":[{"role":"user","content":[{"type":"text","text":"a"}]},{"role":"assistant","content":[{"type":"text","text":"b"}]},{"role":"user","content":[{"type":"text","text":"c"}]}]}""", endpoint);
    }

    private static void AssertJson(string expected, FakeEndpoint endpoint)
    {
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), endpoint.SentBody), endpoint.SentBody.ToJsonString());
    }
}
