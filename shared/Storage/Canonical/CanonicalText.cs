using System.Buffers;
using System.Text.Json;
using ArenaBench.Core.Dialects;

namespace ArenaBench.Core.Storage;

/// <summary>The lines of a canonical file. What is not replaced is written back byte for byte.</summary>
internal sealed class CanonicalText
{
    private static readonly string[] QuestionFields = ["question_id", "uid"];

    private readonly List<(string Place, byte[] Line)> _damaged = [];

    /// <summary>By question id. Of several lines of one question the first counts.</summary>
    public SortedDictionary<string, JsonElement> Lines { get; } = new(StringComparer.Ordinal);

    public IReadOnlyList<(string Place, byte[] Line)> Damaged => _damaged;

    public static async Task<CanonicalText> ReadAsync(BinaryData? content, string path, CancellationToken cancellationToken)
    {
        var text = new CanonicalText();
        if (content is null)
            return text;
        await using var stream = content.ToStream();
        using var lines = new LineReader(stream);
        while (await lines.ReadAsync(cancellationToken))
        {
            if (JsonLines.IsBlank(lines))
                continue;
            if (Parse(lines.Line) is { } record && QuestionOf(record) is { } question)
                text.Lines.TryAdd(question, record);
            else
                text._damaged.Add(($"{path}:{lines.Number}", lines.Line.ToArray()));
        }

        return text;
    }

    /// <summary>Records in order; after them, whatever was damaged, for somebody to mend.</summary>
    public BinaryData Write()
    {
        var bytes = new ArrayBufferWriter<byte>();
        foreach (var record in Lines.Values)
            JsonLines.Write(bytes, record);
        foreach (var (_, line) in _damaged)
        {
            bytes.Write(line);
            bytes.Write("\n"u8);
        }

        return new BinaryData(bytes.WrittenMemory);
    }

    private static JsonElement? Parse(ReadOnlyMemory<byte> line)
    {
        try
        {
            return JsonElement.Parse(line.Span);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? QuestionOf(JsonElement record)
    {
        if (record.ValueKind != JsonValueKind.Object)
            return null;
        foreach (var field in QuestionFields)
        {
            if (!record.TryGetProperty(field, out var id))
                continue;
            if (id.ValueKind == JsonValueKind.String)
                return JsonText.Read(id);
            if (id.ValueKind == JsonValueKind.Number)
                return id.GetRawText();
        }

        return null;
    }
}
