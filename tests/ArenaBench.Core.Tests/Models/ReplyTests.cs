using System.Text.Json.Nodes;
using ArenaBench.Core.Models.Providers;
using ArenaBench.Core.Records;

namespace ArenaBench.Core.Tests.Models;

/// <summary>What is made of answers as real servers send them.</summary>
public sealed class ReplyTests
{
    [Theory]
    [InlineData("<think>a\nb</think>\n\nAnswer.", null, "Answer.", "a\nb")]
    [InlineData("\n <think></think>Answer.", null, "Answer.", "")]
    [InlineData("<think>never ends", null, "", "never ends")]
    [InlineData("a\n</think>\nAnswer.", "</think>", "Answer.", "a")]
    [InlineData("no thinking at all", "</think>", "no thinking at all", null)]
    [InlineData("a</think>Answer.", null, "a</think>Answer.", null)]
    [InlineData("Say <think> and </think> in an answer.", null, "Say <think> and </think> in an answer.", null)]
    [InlineData("◁think▷a◁/think▷ Answer.", "◁/think▷", "Answer.", "◁think▷a")]
    public void Thinking_is_taken_out_of_the_answer(string sent, string? end, string text, string? thought) =>
        Assert.Equal((text, thought), ReplyReader.Split(sent, end));

    [Theory]

    // vLLM and DeepSeek (https://api-docs.deepseek.com/guides/reasoning_model), OpenRouter and later vLLM, Mistral's Magistral.
    [InlineData("""{"role":"assistant","content":"Answer.","reasoning_content":"Hm."}""")]
    [InlineData("""{"role":"assistant","content":"Answer.","reasoning":"Hm.","reasoning_details":[{"type":"reasoning.text","text":"Hm."}]}""")]
    [InlineData("""{"role":"assistant","content":[{"type":"thinking","thinking":[{"type":"text","text":"Hm."}]},{"type":"text","text":"Answer."}]}""")]
    [InlineData("""{"role":"assistant","content":"<think>Hm.</think>Answer."}""")]
    public async Task Thinking_is_never_part_of_the_text(string message)
    {
        var reply = await AnsweredAsync($$"""{"choices":[{"message":{{message}},"finish_reason":"stop"}]}""");

        Assert.Equal((RecordStatus.Ok, "Answer.", "Hm."), (reply.Status, reply.Text, reply.Thought));
    }

    [Theory]
    [InlineData("stop", RecordStatus.Ok)]
    [InlineData("length", RecordStatus.Truncated)]
    [InlineData("model_length", RecordStatus.Truncated)]
    [InlineData("MAX_TOKENS", RecordStatus.Truncated)]
    [InlineData("content_filter", RecordStatus.ContentFilter)]
    [InlineData("content_filter: SAFETY", RecordStatus.ContentFilter)]
    [InlineData("eos_token", RecordStatus.Ok)]
    [InlineData("error", RecordStatus.EndpointFailed)]
    [InlineData("insufficient_system_resource", RecordStatus.EndpointFailed)]
    [InlineData(null, RecordStatus.Ok)]
    public async Task Way_it_ended_is_read(string? finish, RecordStatus expected)
    {
        var reply = await AnsweredAsync(new JsonObject
        {
            ["choices"] = new JsonArray(new JsonObject { ["message"] = new JsonObject { ["content"] = "Half an ans" }, ["finish_reason"] = finish }),
        }.ToJsonString());

        Assert.Equal(expected, reply.Status);
        Assert.Equal(reply.HasText, reply.Text is not null);
        Assert.Equal(1, reply.Attempts);
    }

    [Theory]
    [InlineData("""{"content":""}""", "stop", "empty")]
    [InlineData("""{"content":null}""", "stop", "empty")]
    [InlineData("""{"content":" \n"}""", "stop", "empty")]
    [InlineData("""{"content":"","reasoning_content":"Hm."}""", "length", "raise max_tokens")]
    [InlineData("""{"content":"","reasoning_content":"Hm."}""", "stop", "did not answer")]
    public async Task Empty_answer_is_named(string message, string finish, string reason)
    {
        var reply = await AnsweredAsync($$$"""{"choices":[{"message":{{{message}}},"finish_reason":"{{{finish}}}"}],"usage":{"prompt_tokens":5,"completion_tokens":9}}""");

        Assert.Equal((RecordStatus.Empty, null), (reply.Status, reply.Text));
        Assert.Contains(reason, reply.Reason);
        Assert.Equal(new TokenUsage(5, 9), reply.Usage);
    }

    [Fact]
    public async Task Refusal_of_the_model_is_the_content_filters()
    {
        var reply = await AnsweredAsync("""{"choices":[{"message":{"content":null,"refusal":"I can't help with that."},"finish_reason":"stop"}]}""");

        Assert.Equal(RecordStatus.ContentFilter, reply.Status);
    }

    [Theory]

    // OpenAI; DeepSeek; Google and xAI, who leave thinking out of completion_tokens; servers that count in fractions or not at all.
    [InlineData("""{"prompt_tokens":10,"completion_tokens":20,"total_tokens":30,"completion_tokens_details":{"reasoning_tokens":15},"prompt_tokens_details":{"cached_tokens":4}}""", 10, 20, 15, 4)]
    [InlineData("""{"prompt_tokens":10,"completion_tokens":20,"total_tokens":30,"prompt_cache_hit_tokens":4,"prompt_cache_miss_tokens":6}""", 10, 20, 0, 4)]
    [InlineData("""{"prompt_tokens":10,"completion_tokens":20,"total_tokens":130}""", 10, 120, 100, 0)]
    [InlineData("""{"prompt_tokens":10,"completion_tokens":20,"total_tokens":130,"completion_tokens_details":{"reasoning_tokens":100}}""", 10, 120, 100, 0)]
    [InlineData("""{"prompt_tokens":10.0,"completion_tokens":2e1,"total_tokens":null}""", 10, 20, 0, 0)]
    [InlineData("""{"prompt_tokens":-5,"completion_tokens":99999999999,"prompt_tokens_details":null,"completion_tokens_details":null}""", 0, 0, 0, 0)]
    public async Task Usage_is_read(string usage, long input, long output, long reasoning, long cached)
    {
        var reply = await AnsweredAsync("""{"choices":[{"message":{"content":"x"},"finish_reason":"stop"}],"usage":""" + usage + "}");

        Assert.Equal(new TokenUsage(input, output, reasoning, cached), reply.Usage);
    }

    [Fact]
    public async Task Fields_that_servers_get_wrong_do_no_harm()
    {
        var reply = await AnsweredAsync("""
            {"id":null,"object":"x","created":1741569952.25,"model":null,"system_fingerprint":7,"service_tier":null,
             "choices":[{"index":"0","message":{"role":"model","content":"Answer.","tool_calls":[],"function_call":null,"annotations":null,"audio":{}},"finish_reason":"STOP","logprobs":[]}],
             "usage":null,"prompt_filter_results":[]}
            """);

        Assert.Equal((RecordStatus.Ok, "Answer.", null, null), (reply.Status, reply.Text, reply.Usage, reply.ModelVersion));
    }

    [Fact]
    public async Task Text_passes_unchanged()
    {
        const string Text = " \u0000\u2028\uFEFF\"\\ \r\n\té𝒳👍🏽\u202E</script> ";
        var reply = await AnsweredAsync(new JsonObject
        {
            ["choices"] = new JsonArray(new JsonObject { ["message"] = new JsonObject { ["content"] = Text }, ["finish_reason"] = "stop" }),
        }.ToJsonString());

        Assert.Equal(Text, reply.Text);
    }

    private static async Task<ArenaBench.Core.Models.ModelReply> AnsweredAsync(string body)
    {
        await using var endpoint = await FakeEndpoint.AnsweringAsync(body);
        return await Calls.CallAsync(Calls.Model(endpoint.Base), Calls.Ask("hi"));
    }
}
