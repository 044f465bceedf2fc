using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ArenaBench.LocalRuntime.Engine;

/// <summary>
/// Lines of a log: a JSON object whose last field is a checksum (CRC-32C) over the line and, through the checksum of
/// the line before, over all lines up to it. An edited, missing, repeated or torn line breaks the chain at its place.
/// </summary>
internal static class LogCodec
{
    private const int SuffixLength = 18;

    /// <summary>Appends a line and returns the chain's checksum after it.</summary>
    public static uint Write<T>(ArrayBufferWriter<byte> block, T value, JsonTypeInfo<T> type, uint chain)
    {
        var start = block.WrittenCount;
        using (var json = new Utf8JsonWriter(block, new JsonWriterOptions { Encoder = type.Options.Encoder }))
            JsonSerializer.Serialize(json, value, type);
        var body = block.WrittenSpan[start..^1];
        chain = Checksum(chain, body);

        // The closing brace is written over by the checksum's field.
        var separator = body.Length > 1 ? "," : "";
        var suffix = Encoding.ASCII.GetBytes($"{separator}\"crc\":\"{chain:x8}\"}}\n");
        MemoryMarshal.AsMemory(block.WrittenMemory).Span[^1] = suffix[0];
        block.Write(suffix.AsSpan(1));
        return chain;
    }

    /// <summary>Splits bytes into lines, checks each against the chain, and hands over its JSON without the checksum.</summary>
    /// <exception cref="LogDamagedException">A line is torn or does not fit the chain.</exception>
    public static uint Read(ReadOnlySpan<byte> content, uint chain, string place, Action<int, ReadOnlySpan<byte>> onLine)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        for (var line = 1; !content.IsEmpty; line++)
        {
            var end = content.IndexOf((byte)'\n');
            if (end < 0)
                throw new LogDamagedException($"{place}, line {line}: the line is cut off.");
            var text = content[..end];
            content = content[(end + 1)..];
            if (text.Length <= SuffixLength || !TryReadSuffix(text[^SuffixLength..], out var stated))
                throw new LogDamagedException($"{place}, line {line}: the checksum is missing.");

            chain = Checksum(chain, text[..^SuffixLength]);
            if (chain != stated)
                throw new LogDamagedException(
                    $"{place}, line {line}: the checksum does not fit; the line, or one before it, was changed or removed.");
            buffer.ResetWrittenCount();
            buffer.Write(text[..^SuffixLength]);
            buffer.Write("}"u8);
            onLine(line, buffer.WrittenSpan);
        }

        return chain;
    }

    private static bool TryReadSuffix(ReadOnlySpan<byte> suffix, out uint checksum)
    {
        checksum = 0;
        return suffix.StartsWith(",\"crc\":\""u8)
            && suffix.EndsWith("\"}"u8)
            && uint.TryParse(suffix[8..16], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out checksum);
    }

    private static uint Checksum(uint chain, ReadOnlySpan<byte> bytes)
    {
        chain = ~chain;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes))
            chain = BitOperations.Crc32C(chain, word);
        foreach (var rest in bytes[(bytes.Length & ~7)..])
            chain = BitOperations.Crc32C(chain, rest);
        return ~chain;
    }
}
