using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ArenaBench.Simulation.Chat;

internal sealed record ReplyChoice(string? Text, string? Thought, string FinishReason);

/// <summary>A completion as it goes over the wire.</summary>
internal sealed record ChatReply(string Model, ulong Key, IReadOnlyList<ReplyChoice> Choices, int PromptTokens, int CompletionTokens, int ReasoningTokens)
{
    // A reply depends on nothing but the request: no clock.
    private const long Created = 1_767_225_600;
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public ReadOnlyMemory<byte> ToJson() => Write(json =>
    {
        Start(json, "chat.completion");
        json.WriteStartArray("choices");
        for (var i = 0; i < Choices.Count; i++)
        {
            json.WriteStartObject();
            json.WriteNumber("index", i);
            json.WriteStartObject("message");
            json.WriteString("role", "assistant");
            json.WriteString("content", Choices[i].Text);
            if (Choices[i].Thought is { } thought)
                json.WriteString("reasoning_content", thought);
            json.WriteNull("refusal");
            json.WriteEndObject();
            json.WriteNull("logprobs");
            json.WriteString("finish_reason", Choices[i].FinishReason);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        WriteUsage(json);
        json.WriteEndObject();
    });

    /// <summary>The data of the server-sent events that carry the reply piece by piece.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> ToChunks(bool usage)
    {
        for (var i = 0; i < Choices.Count; i++)
        {
            var choice = Choices[i];
            if (choice.Thought is not null)
            {
                foreach (var piece in Pieces(choice.Thought))
                    yield return Chunk(i, "reasoning_content", piece, null);
            }
            foreach (var piece in Pieces(choice.Text ?? ""))
                yield return Chunk(i, "content", piece, null);
            yield return Chunk(i, null, null, choice.FinishReason);
        }
        if (usage)
        {
            yield return Write(json =>
            {
                Start(json, "chat.completion.chunk");
                json.WriteStartArray("choices");
                json.WriteEndArray();
                WriteUsage(json);
                json.WriteEndObject();
            });
        }
    }

    private ReadOnlyMemory<byte> Chunk(int index, string? field, string? piece, string? finishReason) => Write(json =>
    {
        Start(json, "chat.completion.chunk");
        json.WriteStartArray("choices");
        json.WriteStartObject();
        json.WriteNumber("index", index);
        json.WriteStartObject("delta");
        if (field is not null)
        {
            json.WriteString("role", "assistant");
            json.WriteString(field, piece);
        }
        json.WriteEndObject();
        json.WriteString("finish_reason", finishReason);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static IEnumerable<string> Pieces(string text)
    {
        const int Size = 200;
        for (var at = 0; at < text.Length;)
        {
            var end = Math.Min(at + Size, text.Length);
            if (end < text.Length && char.IsHighSurrogate(text[end - 1]))
                end++;
            yield return text[at..end];
            at = end;
        }
    }

    private void Start(Utf8JsonWriter json, string kind)
    {
        json.WriteStartObject();
        json.WriteString("id", $"chatcmpl-sim-{Key:x16}");
        json.WriteString("object", kind);
        json.WriteNumber("created", Created);
        json.WriteString("model", Model);
        json.WriteString("system_fingerprint", "fp_simulated");
    }

    private void WriteUsage(Utf8JsonWriter json)
    {
        json.WriteStartObject("usage");
        json.WriteNumber("prompt_tokens", PromptTokens);
        json.WriteNumber("completion_tokens", CompletionTokens);
        json.WriteNumber("total_tokens", PromptTokens + CompletionTokens);
        json.WriteStartObject("prompt_tokens_details");
        json.WriteNumber("cached_tokens", 0);
        json.WriteEndObject();
        json.WriteStartObject("completion_tokens_details");
        json.WriteNumber("reasoning_tokens", ReasoningTokens);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    internal static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var json = new Utf8JsonWriter(buffer, WriterOptions))
            write(json);
        return buffer.WrittenMemory;
    }

    public static ReadOnlyMemory<byte> ErrorJson(ApiError error) => Write(json =>
    {
        json.WriteStartObject();
        json.WriteStartObject("error");
        json.WriteString("message", error.Message);
        json.WriteString("type", error.Type);
        json.WriteString("param", error.Parameter);
        json.WriteString("code", error.Code);
        json.WriteEndObject();
        json.WriteEndObject();
    });
}
