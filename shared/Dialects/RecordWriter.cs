using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using ArenaBench.Core.Answers;
using ArenaBench.Core.Judging;

namespace ArenaBench.Core.Dialects;

/// <summary>Makes the JSON of new records.</summary>
internal static class RecordWriter
{
    // As published: text stays readable, only what JSON demands is escaped.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonElement Object(Action<Utf8JsonWriter> writeFields)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
        {
            writer.WriteStartObject();
            writeFields(writer);
            writer.WriteEndObject();
        }
        return JsonElement.Parse(buffer.WrittenSpan);
    }

    /// <summary>The value as it was written, under the property's name.</summary>
    public static void Copy(this Utf8JsonWriter writer, JsonProperty property, JsonElement value)
    {
        writer.WritePropertyName(property.Name);
        writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);
    }

    /// <summary>As published: a whole rating without a point, a label, or null.</summary>
    public static void WriteScore(this Utf8JsonWriter writer, string name, Score score)
    {
        if (score.Rating is { } rating && rating == Math.Floor(rating)) writer.WriteNumber(name, (long)rating);
        else if (score.Rating is { } fraction) writer.WriteNumber(name, fraction);
        else if (score.Verdict is { } verdict) writer.WriteString(name, VerdictLabel.Of(verdict));
        else writer.WriteNull(name);
    }

    public static void WriteStyle(this Utf8JsonWriter writer, string name, StyleMetadata style)
    {
        writer.WriteStartObject(name);
        writer.WriteNumber("token_len", style.TokenLen);
        writer.WriteCounts("header_count", style.HeaderCount);
        writer.WriteCounts("list_count", style.ListCount);
        writer.WriteCounts("bold_count", style.BoldCount);
        writer.WriteEndObject();
    }

    private static void WriteCounts(this Utf8JsonWriter writer, string name, IReadOnlyDictionary<string, int> counts)
    {
        writer.WriteStartObject(name);
        foreach (var (key, count) in counts) writer.WriteNumber(key, count);
        writer.WriteEndObject();
    }
}
