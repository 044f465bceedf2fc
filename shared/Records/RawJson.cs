using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ArenaBench.Core.Records;

/// <summary>Writes a <see cref="JsonElement"/> as it was read: escapes, number spelling and halves of surrogate pairs stay.
/// Only line breaks between tokens become spaces, since a record is one line.</summary>
public sealed class RawJson : JsonConverter<JsonElement>
{
    private static readonly SearchValues<byte> LineBreaks = SearchValues.Create("\r\n"u8);

    public override JsonElement Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonElement.ParseValue(ref reader);

    public override void Write(Utf8JsonWriter writer, JsonElement value, JsonSerializerOptions options)
    {
        if (value.ValueKind == JsonValueKind.Undefined) writer.WriteNullValue();
        else writer.WriteRawValue(OneLine(value), skipInputValidation: true);
    }

    /// <summary>The element's own bytes on one line.</summary>
    public static ReadOnlySpan<byte> OneLine(JsonElement value)
    {
        var raw = JsonMarshal.GetRawUtf8Value(value);
        if (!raw.ContainsAny(LineBreaks)) return raw;
        var line = raw.ToArray();
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] is (byte)'\r' or (byte)'\n') line[i] = (byte)' ';
        }
        return line;
    }
}
