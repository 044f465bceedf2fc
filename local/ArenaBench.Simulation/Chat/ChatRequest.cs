using System.Text.Json;

namespace ArenaBench.Simulation.Chat;

internal sealed record ChatMessage(string Role, string Text);

/// <summary>A chat completion request, read as strictly as OpenAI's interface reads it.</summary>
internal sealed record ChatRequest(
    string Model,
    IReadOnlyList<ChatMessage> Messages,
    int? MaxTokens,
    int? MaxCompletionTokens,
    double? Temperature,
    int Choices,
    bool Stream,
    bool StreamUsage,
    long? Seed)
{
    /// <summary>Whichever of the two names was used.</summary>
    public int? OutputLimit => MaxCompletionTokens ?? MaxTokens;

    public int PromptTokens { get; } = Messages.Sum(m => TokenCount.Of(m.Text) + TokenCount.PerMessage);

    /// <summary>What was asked, and of whom: the same for a repeated request.</summary>
    public ulong Key { get; } = KeyOf(Model, Messages, Seed);

    private static ulong KeyOf(string model, IReadOnlyList<ChatMessage> messages, long? seed)
    {
        var hash = StableHash.Mix(StableHash.Of(0, model), (ulong)(seed ?? -1));
        foreach (var message in messages)
            hash = StableHash.Of(StableHash.Of(hash, message.Role), message.Text);
        return hash;
    }
}

/// <summary>Reads a request's body, or says what is wrong with it.</summary>
internal static class ChatRequestReader
{
    private static readonly string[] Roles = ["system", "developer", "user", "assistant", "tool"];

    private static readonly HashSet<string> KnownFields = new(StringComparer.Ordinal)
    {
        "model", "messages", "max_tokens", "max_completion_tokens", "temperature", "top_p", "n", "stream", "stream_options", "stop",
        "presence_penalty", "frequency_penalty", "logit_bias", "logprobs", "top_logprobs", "user", "seed", "response_format", "tools",
        "tool_choice", "parallel_tool_calls", "functions", "function_call", "reasoning_effort", "verbosity", "store", "metadata",
        "service_tier", "safety_identifier", "prompt_cache_key", "modalities", "prediction", "audio", "web_search_options",
    };

    /// <param name="defaultModel">Named by the address (Azure's deployments); used where the body names none.</param>
    public static ApiError? TryRead(JsonElement body, string? defaultModel, out ChatRequest request)
    {
        request = null!;
        try
        {
            if (body.ValueKind != JsonValueKind.Object)
                return ApiError.Invalid("The body is not a JSON object.");
            foreach (var field in body.EnumerateObject())
            {
                if (!KnownFields.Contains(field.Name))
                    return ApiError.Invalid($"Unrecognized request argument supplied: {field.Name}", field.Name, "unknown_parameter");
            }
            request = Read(body, defaultModel);
            return null;
        }
        catch (FieldException e)
        {
            return ApiError.Invalid(e.Message, e.Field, e.Code);
        }
    }

    private static ChatRequest Read(JsonElement body, string? defaultModel)
    {
        var model = Optional(body, "model", JsonValueKind.String)?.GetString() ?? defaultModel
            ?? throw new FieldException("model", "you must provide a model parameter");
        var messages = Optional(body, "messages", JsonValueKind.Array)
            ?? throw new FieldException("messages", "Missing required parameter: 'messages'.", "missing_required_parameter");
        var streamOptions = Optional(body, "stream_options", JsonValueKind.Object);
        var request = new ChatRequest(
            model,
            [.. messages.EnumerateArray().Select(ReadMessage)],
            (int?)Number(body, "max_tokens", 1, int.MaxValue),
            (int?)Number(body, "max_completion_tokens", 1, int.MaxValue),
            Number(body, "temperature", 0, 2),
            (int?)Number(body, "n", 1, 128) ?? 1,
            Flag(body, "stream"),
            streamOptions is { } options && Flag(options, "include_usage"),
            (long?)Number(body, "seed", long.MinValue, long.MaxValue));
        if (request.Messages.Count == 0)
            throw new FieldException("messages", "Invalid 'messages': empty array. Expected an array with minimum length 1.", "empty_array");
        if (request.MaxTokens is not null && request.MaxCompletionTokens is not null)
            throw new FieldException("max_tokens", "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.", "invalid_parameter_combination");
        return request;
    }

    private static ChatMessage ReadMessage(JsonElement message, int index)
    {
        if (message.ValueKind != JsonValueKind.Object)
            throw new FieldException($"messages[{index}]", $"Invalid type for 'messages[{index}]': expected an object.", "invalid_type");
        var role = Optional(message, "role", JsonValueKind.String)?.GetString();
        if (role is null || !Roles.Contains(role))
            throw new FieldException($"messages[{index}].role", $"Invalid value: '{role}'. Supported values are: {string.Join(", ", Roles)}.", "invalid_value");
        var hasContent = message.TryGetProperty("content", out var content);
        return new ChatMessage(role, content.ValueKind switch
        {
            JsonValueKind.String => content.GetString()!,
            JsonValueKind.Array => string.Concat(content.EnumerateArray().Select(ReadPart)),
            JsonValueKind.Null or JsonValueKind.Undefined when role == "assistant" => "",
            _ => throw new FieldException(
                $"messages[{index}].content",
                hasContent ? $"Invalid type for 'messages[{index}].content': expected a string or an array." : $"Missing required parameter: 'messages[{index}].content'.",
                hasContent ? "invalid_type" : "missing_required_parameter"),
        });
    }

    private static string ReadPart(JsonElement part) =>
        part.ValueKind == JsonValueKind.Object && part.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String
            ? text.GetString()!
            : throw new FieldException("messages", "The simulated endpoint understands text parts only.", "invalid_value");

    private static JsonElement? Optional(JsonElement element, string name, JsonValueKind kind)
    {
        if (!element.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
            return null;
        return value.ValueKind == kind
            ? value
            : throw new FieldException(name, $"Invalid type for '{name}': expected {kind.ToString().ToLowerInvariant()}, but got {value.ValueKind.ToString().ToLowerInvariant()} instead.", "invalid_type");
    }

    private static double? Number(JsonElement body, string name, double least, double most)
    {
        if (Optional(body, name, JsonValueKind.Number) is not { } value)
            return null;
        var number = value.GetDouble();
        return number >= least && number <= most
            ? number
            : throw new FieldException(name, $"Invalid '{name}': expected a value from {least} to {most}, but got {number} instead.", "invalid_value");
    }

    private static bool Flag(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False or JsonValueKind.Null => false,
            _ => throw new FieldException(name, $"Invalid type for '{name}': expected a boolean.", "invalid_type"),
        };

    private sealed class FieldException(string field, string message, string? code = null) : Exception(message)
    {
        public string Field { get; } = field;

        public string? Code { get; } = code;
    }
}
