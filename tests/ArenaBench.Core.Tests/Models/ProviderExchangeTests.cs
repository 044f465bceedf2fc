using System.Text.Json.Nodes;
using ArenaBench.Core.Models;
using ArenaBench.Core.Records;

namespace ArenaBench.Core.Tests.Models;

/// <summary>One hand-made exchange for each provider and way of its answers. Request and response keep to what the provider publishes
/// (<see cref="PublishedSchema"/>), so that neither is merely what we take for its API.</summary>
public sealed class ProviderExchangeTests
{
    private static readonly ModelRequest Request = Calls.Ask("Why?", system: "Be brief.", temperature: 0.7, maxTokens: 1024);

    /// <summary>A provider's type, a model, its answer; what is read from it.</summary>
    public static TheoryData<string, string, string, RecordStatus, string?, string?, TokenUsage?> Exchanges => new()
    {
        {
            "openai", "gpt-4.1", """
            {"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"gpt-4.1-2025-04-14","service_tier":"default","system_fingerprint":"fp_1",
             "choices":[{"index":0,"message":{"role":"assistant","content":"Because.","refusal":null,"annotations":[]},"logprobs":null,"finish_reason":"stop"}],
             "usage":{"prompt_tokens":12,"completion_tokens":3,"total_tokens":15,"prompt_tokens_details":{"cached_tokens":8,"audio_tokens":0},"completion_tokens_details":{"reasoning_tokens":0}}}
            """, RecordStatus.Ok, "Because.", null, new TokenUsage(12, 3, 0, 8)
        },
        {
            "openai", "gpt-5-mini", """
            {"id":"chatcmpl-2","object":"chat.completion","created":1,"model":"gpt-5-mini","choices":[{"index":0,"message":{"role":"assistant","content":"","refusal":null},"logprobs":null,"finish_reason":"length"}],
             "usage":{"prompt_tokens":12,"completion_tokens":1024,"total_tokens":1036,"completion_tokens_details":{"reasoning_tokens":1024}}}
            """, RecordStatus.Empty, null, null, new TokenUsage(12, 1024, 1024)
        },
        {
            "openai", "gpt-4.1", """
            {"id":"chatcmpl-3","object":"chat.completion","created":1,"model":"gpt-4.1","choices":[{"index":0,"message":{"role":"assistant","content":null,"refusal":"I can't."},"logprobs":null,"finish_reason":"stop"}],
             "usage":{"prompt_tokens":12,"completion_tokens":4,"total_tokens":16}}
            """, RecordStatus.ContentFilter, null, null, new TokenUsage(12, 4)
        },
        {
            "azure", "my-deployment", """
            {"id":"chatcmpl-4","object":"chat.completion","created":1,"model":"gpt-4.1-2025-04-14","choices":[{"index":0,"message":{"role":"assistant","content":"Bec","refusal":null},"logprobs":null,"finish_reason":"content_filter"}],
             "usage":{"prompt_tokens":12,"completion_tokens":2,"total_tokens":14}}
            """, RecordStatus.ContentFilter, null, null, new TokenUsage(12, 2)
        },
        {
            "mistral", "magistral-medium-latest", """
            {"id":"cmpl-5","object":"chat.completion","created":1,"model":"magistral-medium-latest",
             "choices":[{"index":0,"message":{"role":"assistant","content":[{"type":"thinking","thinking":[{"type":"text","text":"Hm."}],"closed":true},{"type":"text","text":"Because."}],"tool_calls":null},"finish_reason":"stop"}],
             "usage":{"prompt_tokens":9,"completion_tokens":7,"total_tokens":16}}
            """, RecordStatus.Ok, "Because.", "Hm.", new TokenUsage(9, 7)
        },
        {
            "mistral", "mistral-large-latest", """
            {"id":"cmpl-6","object":"chat.completion","created":1,"model":"mistral-large-latest","choices":[{"index":0,"message":{"role":"assistant","content":"Beca"},"finish_reason":"model_length"}],
             "usage":{"prompt_tokens":9,"completion_tokens":7,"total_tokens":16}}
            """, RecordStatus.Truncated, "Beca", null, new TokenUsage(9, 7)
        },
        {
            "deepseek_reasoner", "deepseek-reasoner", """
            {"id":"d-7","object":"chat.completion","created":1,"model":"deepseek-reasoner","system_fingerprint":"fp_2",
             "choices":[{"index":0,"message":{"role":"assistant","content":"Because.","reasoning_content":"Hm."},"logprobs":null,"finish_reason":"stop"}],
             "usage":{"prompt_tokens":10,"completion_tokens":20,"total_tokens":30,"prompt_cache_hit_tokens":4,"prompt_cache_miss_tokens":6,"completion_tokens_details":{"reasoning_tokens":15}}}
            """, RecordStatus.Ok, "Because.", "Hm.", new TokenUsage(10, 20, 15, 4)
        },
        {
            "deepseek", "deepseek-chat", """
            {"id":"d-8","object":"chat.completion","created":1,"model":"deepseek-chat","system_fingerprint":"fp_2","choices":[{"index":0,"message":{"role":"assistant","content":"Bec"},"logprobs":null,"finish_reason":"insufficient_system_resource"}],
             "usage":{"prompt_tokens":10,"completion_tokens":2,"total_tokens":12,"prompt_cache_hit_tokens":0,"prompt_cache_miss_tokens":10}}
            """, RecordStatus.EndpointFailed, null, null, null
        },
        {
            // Thinking is in the total and in no other count.
            "xai", "grok-4", """
            {"id":"x-9","object":"chat.completion","created":1,"model":"grok-4-0709","system_fingerprint":"fp_3","choices":[{"index":0,"message":{"role":"assistant","content":"Because.","refusal":null},"finish_reason":"stop"}],
             "usage":{"prompt_tokens":32,"completion_tokens":9,"total_tokens":135,"prompt_tokens_details":{"text_tokens":32,"cached_tokens":6},"completion_tokens_details":{"reasoning_tokens":94},"num_sources_used":0}}
            """, RecordStatus.Ok, "Because.", null, new TokenUsage(32, 103, 94, 6)
        },
        {
            "gemini", "gemini-2.5-pro", """
            {"id":"g-10","object":"chat.completion","created":1,"model":"gemini-2.5-pro","choices":[{"index":0,"message":{"role":"assistant","content":"Because."},"finish_reason":"stop"}],
             "usage":{"prompt_tokens":8,"completion_tokens":3,"total_tokens":511}}
            """, RecordStatus.Ok, "Because.", null, new TokenUsage(8, 503, 500)
        },
        {
            "gemini", "gemini-2.5-flash", """
            {"object":"chat.completion","created":1,"model":"gemini-2.5-flash","choices":[{"index":0,"message":{"role":"assistant"},"finish_reason":"content_filter: PROHIBITED_CONTENT"}],
             "usage":{"prompt_tokens":8,"completion_tokens":0,"total_tokens":8}}
            """, RecordStatus.ContentFilter, null, null, new TokenUsage(8, 0)
        },
        {
            "cohere", "command-a-03-2025", """
            {"id":"c-11","object":"chat.completion","created":1,"model":"command-a-03-2025","choices":[{"index":0,"message":{"role":"assistant","content":"Because.","refusal":null},"logprobs":null,"finish_reason":"stop"}],
             "usage":{"prompt_tokens":8,"completion_tokens":3,"total_tokens":11}}
            """, RecordStatus.Ok, "Because.", null, new TokenUsage(8, 3)
        },
        {
            "together", "openai/gpt-oss-120b", """
            {"id":"t-12","object":"chat.completion","created":1,"model":"openai/gpt-oss-120b","prompt":[],"choices":[{"index":0,"seed":1,"message":{"role":"assistant","content":"Because.","reasoning":"Hm.","tool_calls":[]},"finish_reason":"eos"}],
             "usage":{"prompt_tokens":8,"completion_tokens":3,"total_tokens":11}}
            """, RecordStatus.Ok, "Because.", "Hm.", new TokenUsage(8, 3)
        },
        {
            "openrouter", "qwen/qwen3-235b-a22b-thinking-2507", """
            {"id":"gen-13","object":"chat.completion","created":1,"model":"qwen/qwen3-235b-a22b-thinking-2507","system_fingerprint":null,
             "choices":[{"index":0,"message":{"role":"assistant","content":"Because.","refusal":null,"reasoning":"Hm.","reasoning_details":[{"type":"reasoning.text","text":"Hm."}]},"finish_reason":"stop"}],
             "usage":{"prompt_tokens":8,"completion_tokens":30,"total_tokens":38,"cost":0.0001,"is_byok":false,"completion_tokens_details":{"reasoning_tokens":27}}}
            """, RecordStatus.Ok, "Because.", "Hm.", new TokenUsage(8, 30, 27)
        },
        {
            "openrouter", "openai/gpt-4.1", """
            {"id":"gen-14","object":"chat.completion","created":1,"model":"openai/gpt-4.1","system_fingerprint":null,"choices":[{"index":0,"message":{"role":"assistant","content":"Bec"},"finish_reason":"error"}],
             "usage":{"prompt_tokens":8,"completion_tokens":3,"total_tokens":11}}
            """, RecordStatus.EndpointFailed, null, null, null
        },
        {
            "anthropic", "claude-opus-4-8", """
            {"id":"msg_15","type":"message","role":"assistant","model":"claude-opus-4-8","content":[{"type":"thinking","thinking":"Hm.","signature":"x"},{"type":"text","text":"Because."}],
             "stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":20,"output_tokens":9,"cache_creation_input_tokens":0,"cache_read_input_tokens":5}}
            """, RecordStatus.Ok, "Because.", "Hm.", new TokenUsage(25, 9, 0, 5)
        },
        {
            "anthropic", "claude-opus-4-8", """
            {"id":"msg_16","type":"message","role":"assistant","model":"claude-opus-4-8","content":[],"stop_reason":"refusal","stop_sequence":null,"usage":{"input_tokens":20,"output_tokens":1}}
            """, RecordStatus.ContentFilter, null, null, new TokenUsage(20, 1)
        },
        {
            "anthropic", "claude-opus-4-8", """
            {"id":"msg_17","type":"message","role":"assistant","model":"claude-opus-4-8","content":[{"type":"text","text":"Beca"}],"stop_reason":"model_context_window_exceeded","stop_sequence":null,"usage":{"input_tokens":20,"output_tokens":9}}
            """, RecordStatus.Truncated, "Beca", null, new TokenUsage(20, 9)
        },
        {
            "anthropic_thinking", "claude-sonnet-4-5", """
            {"id":"msg_18","type":"message","role":"assistant","model":"claude-sonnet-4-5","content":[{"type":"thinking","thinking":"Hm.","signature":"x"}],"stop_reason":"max_tokens","stop_sequence":null,"usage":{"input_tokens":20,"output_tokens":1024}}
            """, RecordStatus.Empty, null, "Hm.", new TokenUsage(20, 1024)
        },
    };

    [Theory]
    [MemberData(nameof(Exchanges))]
    public async Task Exchange_is_as_published(string type, string model, string response, RecordStatus status, string? text, string? thought, TokenUsage? usage)
    {
        var published = PublishedSchema.All[type switch
        {
            "azure" or "openai_thinking" => "openai",
            "deepseek_reasoner" => "deepseek",
            "anthropic_thinking" => "anthropic",
            _ => type,
        }];
        Assert.Empty(published.ProblemsOfResponse(JsonNode.Parse(response)!.AsObject()));
        await using var endpoint = await FakeEndpoint.AnsweringAsync(response);
        var settings = Calls.Model(type.StartsWith("anthropic", StringComparison.Ordinal) ? endpoint.Url : endpoint.Base, type, model);

        var reply = await Calls.CallAsync(settings with { BudgetTokens = type == "anthropic_thinking" ? 2000 : null }, Request);

        Assert.Empty(published.ProblemsOfRequest(endpoint.SentBody));
        Assert.Equal((status, text, thought, usage), (reply.Status, reply.Text, reply.Thought, reply.Usage));
    }

    [Fact]
    public void Every_type_has_an_exchange() => Assert.Equal(
        Core.Models.Providers.ApiType.All.Keys.Except(["openai_thinking", "litellm"]).Order(),
        Exchanges.Select(row => row.Data.Item1).Distinct().Order());

    [Fact]
    public void Published_schema_finds_what_does_not_keep_to_it()
    {
        var together = PublishedSchema.All["together"];

        Assert.Equal(
            ["request has a field max_completion_tokens that is not published", "request.temperature is \"1\", published as number", "request has no model, which is required", "there is no role developer"],
            together.ProblemsOfRequest(JsonNode.Parse("""{"messages":[{"role":"developer","content":"x"}],"max_completion_tokens":5,"temperature":"1"}""")!.AsObject()));
    }
}
