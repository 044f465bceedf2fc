using System.Text.Json.Nodes;

namespace ArenaBench.Core.Tests.Models;

/// <summary>
/// What providers publish of their chat requests and responses: names, types and which are required, noted down from the source
/// that each entry names. <c>name:type</c>, <c>name:type(values)</c>, and <c>!</c> after what is required.
/// </summary>
internal sealed record PublishedSchema(string Source, string Request, string Roles, string Response, string Message, string Usage)
{
    private const string OpenAIUsage = "prompt_tokens:integer! completion_tokens:integer! total_tokens:integer! prompt_tokens_details:object completion_tokens_details:object";

    public static IReadOnlyDictionary<string, PublishedSchema> All { get; } = new Dictionary<string, PublishedSchema>
    {
        // Azure's chat completions follow the same document: https://learn.microsoft.com/azure/ai-services/openai/reference
        ["openai"] = new(
            "https://github.com/openai/openai-openapi/blob/f85dbe2/openapi.yaml, CreateChatCompletionRequest and CreateChatCompletionResponse",
            "model:string! messages:array! temperature:number top_p:number max_tokens:integer max_completion_tokens:integer n:integer stop:string|array stream:boolean seed:integer reasoning_effort:string(none,minimal,low,medium,high,xhigh,max) verbosity:string frequency_penalty:number presence_penalty:number",
            "developer system user assistant",
            "id:string! object:string(chat.completion)! created:integer! model:string! choices:array! usage:object service_tier:string|null system_fingerprint:string",
            "role:string(assistant)! content:string|null! refusal:string|null! annotations:array",
            OpenAIUsage),
        ["mistral"] = new(
            "https://github.com/mistralai/client-python/blob/05629d2/docs/models/chatcompletionrequest.md, …/chatcompletionresponse.md, …/thinkchunk.md",
            "model:string! messages:array! temperature:number top_p:number max_tokens:integer stream:boolean stop:string|array random_seed:integer metadata:object response_format:object presence_penalty:number frequency_penalty:number n:integer reasoning_effort:string prompt_mode:string safe_prompt:boolean",
            "system user assistant",
            "id:string! object:string! model:string! usage:object! created:integer! choices:array!",
            "role:string content:string|array|null tool_calls:array|null prefix:boolean",
            "prompt_tokens:integer completion_tokens:integer total_tokens:integer prompt_audio_seconds:integer|null"),
        ["together"] = new(
            "https://github.com/togethercomputer/openapi/blob/090263a/openapi.yaml, ChatCompletionRequest and ChatCompletionResponse",
            "model:string! messages:array! max_tokens:integer stop:array temperature:number top_p:number top_k:integer repetition_penalty:number stream:boolean n:integer min_p:number presence_penalty:number frequency_penalty:number seed:integer chat_template_kwargs:object reasoning_effort:string(low,medium,high) reasoning:object",
            "system user assistant",
            "id:string! object:string! created:integer! model:string! choices:array! prompt:array! usage:object|null",
            "role:string(assistant)! content:string|null! reasoning:string|null tool_calls:array",
            "prompt_tokens:integer! completion_tokens:integer! total_tokens:integer!"),
        ["openrouter"] = new(
            "https://github.com/OpenRouterTeam/docs/blob/c26125a/openapi/openapi.yaml, ChatRequest and ChatResult",
            "messages:array! model:string models:array temperature:number max_tokens:integer max_completion_tokens:integer top_p:number top_k:integer min_p:number seed:integer stop:string|array stream:boolean reasoning:object reasoning_effort:string(none,minimal,low,medium,high,xhigh,max) provider:object",
            "system developer user assistant",
            "id:string! object:string(chat.completion)! created:integer! model:string! choices:array! system_fingerprint:string|null! usage:object",
            "role:string(assistant)! content:string|array|null reasoning:string|null reasoning_details:array refusal:string|null",
            OpenAIUsage + " cost:number|null is_byok:boolean cost_details:object|null"),
        ["cohere"] = new(
            "https://github.com/cohere-ai/cohere-developer-experience/blob/e814c8a/fern/pages/v2/text-generation/compatibility-api.mdx, supported parameters",
            "model:string! messages:array! stream:boolean reasoning_effort:string(none,high) response_format:object tools:array temperature:number max_tokens:integer stop:string|array seed:integer top_p:number frequency_penalty:number presence_penalty:number",
            "developer system user assistant",
            "id:string! object:string! created:integer! model:string! choices:array! usage:object",
            "role:string! content:string|null! refusal:string|null",
            OpenAIUsage),
        ["deepseek"] = new(
            "https://api-docs.deepseek.com/api/create-chat-completion",
            "messages:array! model:string! thinking:object frequency_penalty:number max_tokens:integer presence_penalty:number response_format:object stop:string|array stream:boolean temperature:number top_p:number logprobs:boolean",
            "system user assistant",
            "id:string! object:string! created:integer! model:string! system_fingerprint:string! choices:array! usage:object",
            "role:string! content:string|null! reasoning_content:string|null tool_calls:array",
            OpenAIUsage + " prompt_cache_hit_tokens:integer! prompt_cache_miss_tokens:integer!"),
        ["xai"] = new(
            "https://docs.x.ai/docs/api-reference#chat-completions",
            "messages:array! model:string! temperature:number top_p:number max_tokens:integer max_completion_tokens:integer n:integer seed:integer stop:array stream:boolean reasoning_effort:string frequency_penalty:number presence_penalty:number",
            "system user assistant",
            "id:string! object:string! created:integer! model:string! choices:array! usage:object system_fingerprint:string|null",
            "role:string! content:string|null! reasoning_content:string refusal:string|null",
            OpenAIUsage + " num_sources_used:integer cost_in_usd_ticks:integer"),
        ["gemini"] = new(
            "https://ai.google.dev/gemini-api/docs/openai",
            "model:string! messages:array! temperature:number top_p:number max_tokens:integer max_completion_tokens:integer n:integer stop:string|array stream:boolean response_format:object reasoning_effort:string(none,minimal,low,medium,high) extra_body:object",
            "system user assistant",
            "id:string object:string! created:integer! model:string! choices:array! usage:object",
            "role:string! content:string|null",
            OpenAIUsage),
        ["anthropic"] = new(
            "https://github.com/anthropics/anthropic-sdk-typescript/blob/bfa9197/src/resources/messages/messages.ts, MessageCreateParamsBase and Message",
            "max_tokens:integer! messages:array! model:string! metadata:object output_config:object service_tier:string stop_sequences:array stream:boolean system:string|array temperature:number thinking:object top_k:integer top_p:number",
            "user assistant",
            "id:string! type:string(message)! role:string(assistant)! content:array! model:string! stop_reason:string(end_turn,max_tokens,stop_sequence,tool_use,pause_turn,refusal,model_context_window_exceeded)|null! stop_sequence:string|null! usage:object!",
            "",
            "input_tokens:integer! output_tokens:integer! cache_creation_input_tokens:integer|null cache_read_input_tokens:integer|null output_tokens_details:object|null service_tier:string|null"),
    };

    public IEnumerable<string> ProblemsOfRequest(JsonObject body) =>
        ProblemsOf(body, Request, "request").Concat(body["messages"]!.AsArray()
            .Where(message => !Roles.Split(' ').Contains(message!["role"]!.GetValue<string>()))
            .Select(message => $"there is no role {message!["role"]}"));

    public IEnumerable<string> ProblemsOfResponse(JsonObject body) =>
        ProblemsOf(body, Response, "response")
            .Concat(body["usage"] is JsonObject usage ? ProblemsOf(usage, Usage, "usage") : [])
            .Concat(body["choices"] is JsonArray choices ? choices.SelectMany(choice => ProblemsOf(choice!["message"]!.AsObject(), Message, "message")) : []);

    private static IEnumerable<string> ProblemsOf(JsonObject body, string fields, string where)
    {
        var known = fields.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(field => field.Split(':', 2)).ToDictionary(field => field[0], field => field[1]);
        foreach (var (name, value) in body)
        {
            if (!known.TryGetValue(name, out var type))
                yield return $"{where} has a field {name} that is not published";
            else if (!type.TrimEnd('!').Split('|').Any(one => Is(value, one)))
                yield return $"{where}.{name} is {value?.ToJsonString() ?? "null"}, published as {type}";
        }

        foreach (var (name, type) in known)
        {
            if (type.EndsWith('!') && !body.ContainsKey(name))
                yield return $"{where} has no {name}, which is required";
        }
    }

    private static bool Is(JsonNode? value, string type)
    {
        var (name, values) = type.Split('(', ')') is [var before, var list, ..] ? (before, list.Split(',')) : (type, null);
        return name switch
        {
            "null" => value is null,
            "array" => value is JsonArray,
            "object" => value is JsonObject,
            _ => value is JsonValue one && one.GetValueKind() switch
            {
                System.Text.Json.JsonValueKind.String => name == "string" && (values is null || values.Contains(one.GetValue<string>())),
                System.Text.Json.JsonValueKind.Number => name == "number" || (name == "integer" && one.TryGetValue<long>(out _)),
                System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False => name == "boolean",
                _ => false,
            },
        };
    }
}
