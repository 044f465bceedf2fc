using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using ArenaBench.Core.Records;

namespace ArenaBench.Core.Storage;

/// <summary>Lines of parts as bytes.</summary>
internal static class PartLine
{
    /// <summary>Ends a segment: the part goes on in the next one. Nothing is ever appended behind it.</summary>
    public static readonly byte[] Seal = [.. """{"schema":1,"continued":true}"""u8, (byte)'\n'];

    private static readonly JsonSerializerOptions Options = new(JsonFiles.Options)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new RawJson() },
    };

    /// <summary>The line without its end.</summary>
    public static byte[] Write(RecordEnvelope line) => JsonSerializer.SerializeToUtf8Bytes(line, Options);

    public static bool IsSeal(ReadOnlySpan<byte> line) => line.SequenceEqual(Seal.AsSpan()[..^1]);

    /// <param name="line">Without its end.</param>
    /// <param name="reason">Why it is no record.</param>
    public static bool TryRead(ReadOnlySpan<byte> line, [NotNullWhen(true)] out RecordEnvelope? record, [NotNullWhen(false)] out string? reason)
    {
        (record, reason) = (null, null);
        try
        {
            if (!Utf8.IsValid(line))
                reason = "it is not UTF-8";
            else if (JsonSerializer.Deserialize<RecordEnvelope>(line, Options) is not { } read)
                reason = "it is null";
            else if (read.Schema > RecordEnvelope.CurrentSchema)
                reason = $"it was written by a newer version (schema {read.Schema}, this one knows {RecordEnvelope.CurrentSchema})";
            else if (read.Key is not { QuestionId: not null, Model: not null })
                reason = "its key is missing or lacks a question or model";
            else
                record = read;
        }
        catch (JsonException e)
        {
            reason = $"it is not the JSON of a record, at {e.Path ?? "$"}, character {e.BytePositionInLine + 1}";
        }

        return record is not null;
    }
}
