using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;
using ArenaBench.Core.Configuration;

namespace ArenaBench.Core.Dialects;

/// <param name="Number">Of the line in its file, from 1; blank lines count.</param>
public readonly record struct JsonLine<T>(int Number, T Value);

/// <summary>JSONL files, streamed: a byte order mark, CRLF, blank lines and a last line without an end are all fine.</summary>
public static class JsonLines
{
    /// <summary>Damaged lines are reported with file and line, and left out: a tolerant caller counts them, a strict one calls
    /// <see cref="ProblemLog.ThrowIfAny"/> at the end.</summary>
    public static IAsyncEnumerable<JsonLine<JsonElement>> ReadAsync(
        Stream stream, string file, ProblemLog problems, CancellationToken cancellationToken = default) =>
        ReadAsync(stream, file, static line => line, problems, cancellationToken);

    /// <param name="read">Such as <see cref="Dialect.ReadAnswer"/>; its <see cref="RecordFormatException"/> is a damaged line.</param>
    public static async IAsyncEnumerable<JsonLine<T>> ReadAsync<T>(
        Stream stream,
        string file,
        Func<JsonElement, T> read,
        ProblemLog problems,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var lines = new LineReader(stream);
        while (await lines.ReadAsync(cancellationToken))
        {
            if (IsBlank(lines)) continue;
            if (TryRead(lines, file, read, problems, out var value)) yield return new JsonLine<T>(lines.Number, value);
        }
    }

    /// <summary>Writes the record and a line end. What was read from a line is written back byte for byte.</summary>
    public static void Write(IBufferWriter<byte> output, JsonElement record)
    {
        var raw = JsonMarshal.GetRawUtf8Value(record);
        var span = output.GetSpan(raw.Length + 1);
        var length = 0;
        // Line ends occur in JSON only between its tokens: without them it is the same record on one line.
        foreach (var b in raw)
            if (b is not ((byte)'\n' or (byte)'\r'))
                span[length++] = b;
        span[length++] = (byte)'\n';
        output.Advance(length);
    }

    internal static bool IsBlank(LineReader lines) =>
        !lines.IsTooLong && lines.Line.Span.IndexOfAnyExcept(" \t\r"u8) < 0;

    /// <summary>Reads the current line; a damaged one is reported.</summary>
    internal static bool TryRead<T>(LineReader lines, string file, Func<JsonElement, T> read, ProblemLog problems, [MaybeNullWhen(false)] out T value)
    {
        value = default;
        try
        {
            if (lines.IsTooLong)
                problems.Add(new Problem(file, lines.Number, null, $"the line is longer than {LineReader.DefaultLongestLine >> 20} MiB"));
            else if (!Utf8.IsValid(lines.Line.Span))
                problems.Add(new Problem(file, lines.Number, null, "the line is not UTF-8"));
            else
            {
                value = read(JsonElement.Parse(lines.Line.Span));
                return true;
            }
        }
        catch (JsonException e)
        {
            problems.Add(new Problem(file, lines.Number, (int?)e.BytePositionInLine + 1, $"is not JSON: {Reason(e)}"));
        }
        catch (RecordFormatException e)
        {
            problems.Add(new Problem(file, lines.Number, null, e.Message));
        }
        return false;
    }

    // The parser appends its own idea of the place, which counts lines from the start of this one.
    private static string Reason(JsonException e)
    {
        var end = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return end < 0 ? e.Message : e.Message[..end];
    }
}
