using System.Text;
using System.Text.Json;
using ArenaBench.Core.Models.Failures;
using ArenaBench.Core.Records;

namespace ArenaBench.Core.Models.Providers;

/// <summary>
/// Brings a completion of any OpenAI-compatible server into the few fields and values that OpenAI's SDK accepts, which
/// refuses many that real servers send: other finish reasons, content in parts, <c>reasoning</c>, counts as fractions.
/// </summary>
internal static class CompletionBody
{
    /// <exception cref="CallFailedException">Not a completion: not JSON, cut off, without choices, or an error with a status of success.</exception>
    public static byte[] Normalize(ReadOnlyMemory<byte> body, RequestFacts facts)
    {
        using var document = Parse(body, facts);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
            throw Malformed(facts, "a JSON value that is no completion");
        if (!root.TryGetProperty("choices", out var choices) || choices.ValueKind != JsonValueKind.Array || choices.GetArrayLength() == 0)
            throw NoChoices(root, facts);
        var choice = choices[0];
        if (choice.ValueKind != JsonValueKind.Object || !choice.TryGetProperty("message", out var message) || message.ValueKind != JsonValueKind.Object)
            throw Malformed(facts, "a choice without a message");

        var finish = FinishReason(Text(choice, "finish_reason"));
        if (finish == "error")
            throw new CallFailedException(ErrorFinish(choice, facts));

        using var buffer = new MemoryStream(body.Length + 64);
        using (var writer = new Utf8JsonWriter(buffer))
            Write(writer, root, message, finish);
        return buffer.ToArray();
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> body, RequestFacts facts)
    {
        if (ErrorBody.LooksLikeHtml(body.Span))
        {
            throw new CallFailedException(new CallFailure(RecordStatus.Malformed,
                $"{facts.Url} answers with a web page; is api_base right? Most end with /v1", TimeSpan.FromSeconds(1), MayBePaid: true, FailureKind.WebPage));
        }

        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            throw Malformed(facts, body.Length == 0 ? "nothing" : "JSON that is cut off or broken");
        }
    }

    private static CallFailedException NoChoices(JsonElement root, RequestFacts facts)
    {
        if (!root.TryGetProperty("error", out var error) || error.ValueKind is JsonValueKind.Null)
            return Malformed(facts, "a completion without choices");
        // OpenRouter and others report an upstream's error with status 200; the real status is in its code.
        using var headers = new HttpResponseMessage();
        var said = ErrorBody.Read(root);
        var status = int.TryParse(said.Code, out var code) && code is >= 400 and < 600 ? code : 502;
        return new CallFailedException(ErrorClassifier.Classify(status, headers.Headers, said, facts, DateTimeOffset.UnixEpoch));
    }

    private static CallFailure ErrorFinish(JsonElement choice, RequestFacts facts)
    {
        var said = choice.TryGetProperty("error", out _) ? UntrustedText.Clean(ErrorBody.Read(choice).Message) : "";
        return new CallFailure(RecordStatus.EndpointFailed,
            $"{facts.Host} broke off its answer{(said.Length > 0 ? $": \"{said}\"" : "")}", TimeSpan.FromSeconds(1), MayBePaid: true, FailureKind.Endpoint);
    }

    private static CallFailedException Malformed(RequestFacts facts, string what) =>
        new(new CallFailure(RecordStatus.Malformed, $"{facts.Host} answered with {what}", TimeSpan.FromSeconds(1), MayBePaid: true));

    private static void Write(Utf8JsonWriter writer, JsonElement root, JsonElement message, string finish)
    {
        var (content, thought) = Content(message);
        writer.WriteStartObject();
        writer.WriteString("id", Text(root, "id") ?? "");
        writer.WriteString("object", "chat.completion");
        writer.WriteNumber("created", 0);
        writer.WriteString("model", Text(root, "model") ?? "");
        writer.WriteStartArray("choices");
        writer.WriteStartObject();
        writer.WriteNumber("index", 0);
        writer.WriteString("finish_reason", finish);
        writer.WriteStartObject("message");
        writer.WriteString("role", "assistant");
        writer.WriteString("content", content);
        if (Text(message, "refusal") is { Length: > 0 } refusal)
            writer.WriteString("refusal", refusal);
        if (thought is { Length: > 0 })
            writer.WriteString("reasoning_content", thought);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndArray();
        if (root.TryGetProperty("usage", out var usage) && usage.ValueKind == JsonValueKind.Object)
            WriteUsage(writer, usage);
        writer.WriteEndObject();
    }

    // Some providers leave thinking out of completion_tokens (Google, xAI): the total tells, and it is paid as output.
    private static void WriteUsage(Utf8JsonWriter writer, JsonElement usage)
    {
        var input = Count(usage, "prompt_tokens");
        var output = Count(usage, "completion_tokens");
        var unnamed = Math.Max(0, Count(usage, "total_tokens") - input - output);
        var reasoning = Math.Max(Count(usage, "completion_tokens_details", "reasoning_tokens"), unnamed);
        var cached = Math.Max(Count(usage, "prompt_tokens_details", "cached_tokens"), Count(usage, "prompt_cache_hit_tokens"));
        writer.WriteStartObject("usage");
        writer.WriteNumber("prompt_tokens", input);
        writer.WriteNumber("completion_tokens", Clamp((long)output + unnamed));
        writer.WriteNumber("total_tokens", Clamp((long)input + output + unnamed));
        writer.WriteStartObject("prompt_tokens_details");
        writer.WriteNumber("cached_tokens", Math.Min(cached, input));
        writer.WriteEndObject();
        writer.WriteStartObject("completion_tokens_details");
        writer.WriteNumber("reasoning_tokens", Math.Min(reasoning, Clamp((long)output + unnamed)));
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>Content as a string or in parts (Mistral's <c>thinking</c> parts among them), thinking under either of its names.</summary>
    private static (string Content, string? Thought) Content(JsonElement message)
    {
        var thought = Text(message, "reasoning_content") ?? Text(message, "reasoning");
        if (!message.TryGetProperty("content", out var content) || content.ValueKind != JsonValueKind.Array)
            return (Text(message, "content") ?? "", thought);

        var (text, thinking) = (new StringBuilder(), new StringBuilder());
        foreach (var part in content.EnumerateArray())
        {
            if (part.ValueKind == JsonValueKind.String)
                text.Append(part.GetString());
            else if (part.ValueKind == JsonValueKind.Object && part.TryGetProperty("thinking", out var thoughts))
                AppendTexts(thinking, thoughts);
            else if (part.ValueKind == JsonValueKind.Object)
                text.Append(Text(part, "text"));
        }

        return (text.ToString(), thinking.Length > 0 ? thinking.ToString() : thought);
    }

    private static void AppendTexts(StringBuilder into, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String)
            into.Append(value.GetString());
        else if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray())
                into.Append(item.ValueKind == JsonValueKind.Object ? Text(item, "text") : null);
        }
    }

    /// <summary>The five that OpenAI's schema has, and <c>error</c>. What nobody knows counts as a normal end: the text is there.</summary>
    private static string FinishReason(string? reason) => reason?.ToUpperInvariant() switch
    {
        "LENGTH" or "MAX_TOKENS" or "MODEL_LENGTH" or "MAX_LENGTH" or "MODEL_CONTEXT_WINDOW_EXCEEDED" => "length",
        "CONTENT_FILTER" or "SAFETY" or "PROHIBITED_CONTENT" or "RECITATION" or "BLOCKLIST" or "SPII" or "REFUSAL" or "SENSITIVE" => "content_filter",
        { } google when google.StartsWith("CONTENT_FILTER", StringComparison.Ordinal) => "content_filter",
        "ERROR" or "INSUFFICIENT_SYSTEM_RESOURCE" or "NETWORK_ERROR" => "error",
        _ => "stop",
    };

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static int Count(JsonElement element, string name, string inner) =>
        element.TryGetProperty(name, out var details) && details.ValueKind == JsonValueKind.Object ? Count(details, inner) : 0;

    private static int Count(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var count)
            ? Clamp(count is >= 0 and <= int.MaxValue ? (long)count : 0)
            : 0;

    private static int Clamp(long count) => (int)Math.Clamp(count, 0, int.MaxValue);
}
