using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using ArenaBench.Core.Dialects;
using ArenaBench.Core.Records;
using Azure;

namespace ArenaBench.Core.Storage;

/// <summary>The side files of canonical files: which line was made from what. A fingerprint is kept with a hash of its line, and
/// counts only for that very line.</summary>
internal sealed class FingerprintFiles(BlobTree files)
{
    /// <summary>Marks kept per question: lines that another publisher is just replacing must not lose theirs.</summary>
    private const int KeptPerQuestion = 4;

    public async Task<FingerprintMarks> ReadAsync(string path, CancellationToken cancellationToken) =>
        new(await ParseAsync((await files.ReadAsync(path, cancellationToken))?.Content, cancellationToken));

    /// <param name="known">The file as it was read already.</param>
    /// <param name="standing">Hashes of the lines that are about to be replaced: until they are, their marks stay.</param>
    public async Task AddAsync(
        string path, StoredFile? known, IReadOnlyList<CanonicalLine> lines, IReadOnlySet<string> standing, CancellationToken cancellationToken)
    {
        var added = lines.Where(line => line.Fingerprint is not null)
            .Select(line => new FingerprintLine(FingerprintLine.CurrentSchema, line.QuestionId, line.Fingerprint!, LineHash.Of(line.Record), line.Truncated)).ToArray();
        if (added.Length == 0)
            return;
        for (var stored = known; ; stored = await files.ReadAsync(path, cancellationToken))
        {
            // The newest last: a mark that is added again must not be the one that is dropped.
            var marks = (await ParseAsync(stored?.Content, cancellationToken)).Except(added).Concat(added.Distinct());
            var content = Write(marks.GroupBy(mark => mark.QuestionId, StringComparer.Ordinal)
                .OrderBy(group => group.Key, StringComparer.Ordinal).SelectMany(group => Kept([.. group], standing)));
            if (stored is not null && content.ToMemory().Span.SequenceEqual(stored.Content))
                return;
            if (await files.WriteAsync(path, content, stored?.ETag ?? ETag.All, cancellationToken) is not null)
                return;
        }
    }

    private static IEnumerable<FingerprintLine> Kept(IReadOnlyList<FingerprintLine> marks, IReadOnlySet<string> standing) =>
        marks.Where((mark, i) => i >= marks.Count - KeptPerQuestion || standing.Contains(mark.LineHash));

    private static BinaryData Write(IEnumerable<FingerprintLine> marks)
    {
        var bytes = new ArrayBufferWriter<byte>();
        foreach (var mark in marks)
        {
            bytes.Write(JsonSerializer.SerializeToUtf8Bytes(mark, JsonFiles.Options));
            bytes.Write("\n"u8);
        }

        return new BinaryData(bytes.WrittenMemory);
    }

    private static async Task<List<FingerprintLine>> ParseAsync(BinaryData? content, CancellationToken cancellationToken)
    {
        var marks = new List<FingerprintLine>();
        if (content is null)
            return marks;
        await using var stream = content.ToStream();
        using var lines = new LineReader(stream);
        while (await lines.ReadAsync(cancellationToken))
        {
            try
            {
                if (JsonSerializer.Deserialize<FingerprintLine>(lines.Line.Span, JsonFiles.Options)
                    is { Schema: <= FingerprintLine.CurrentSchema, QuestionId: not null, Fingerprint: not null, LineHash: not null } mark)
                    marks.Add(mark);
            }
            catch (JsonException)
            {
                // A damaged line only loses a fingerprint: its record counts as imported.
            }
        }

        return marks;
    }
}

/// <param name="Truncated">The answer was cut at its token limit.</param>
internal sealed record FingerprintLine(
    int Schema, string QuestionId, string Fingerprint, string LineHash,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Truncated = false)
{
    public const int CurrentSchema = 1;
}

internal sealed class FingerprintMarks(IEnumerable<FingerprintLine> lines)
{
    private readonly Dictionary<(string, string), FingerprintLine> _marks =
        lines.GroupBy(line => (line.QuestionId, line.LineHash)).ToDictionary(group => group.Key, group => group.Last());

    public FingerprintLine? Find(string question, string lineHash) => _marks.GetValueOrDefault((question, lineHash));
}
