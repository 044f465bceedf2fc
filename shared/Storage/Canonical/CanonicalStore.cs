using System.Buffers;
using System.Text.Json;
using ArenaBench.Core.Dialects;
using Azure;

namespace ArenaBench.Core.Storage;

/// <summary>Reads and merges canonical files. One line per question, sorted by its id, changed only against the ETag that was read.</summary>
public sealed class CanonicalStore(BlobTree files)
{
    private readonly FingerprintFiles _fingerprints = new(files);

    public async Task<CanonicalContent> ReadAsync(CanonicalFile file, CancellationToken cancellationToken)
    {
        if (await files.ReadAsync(file.Path, cancellationToken) is not { } stored)
            return CanonicalContent.Empty;
        var marks = await _fingerprints.ReadAsync(file.FingerprintsPath, cancellationToken);
        var text = await CanonicalText.ReadAsync(stored.Content, file.Path, cancellationToken);
        return new CanonicalContent(
            text.Lines.ToDictionary(
                line => line.Key,
                line => marks.Find(line.Key, LineHash.Of(line.Value)) is { } mark
                    ? new CanonicalLine(line.Key, line.Value, mark.Fingerprint, mark.Truncated)
                    : new CanonicalLine(line.Key, line.Value, null),
                StringComparer.Ordinal),
            [.. text.Damaged.Select(damaged => damaged.Place)]);
    }

    /// <summary>Merges records: each replaces the line of its question, the others stay as they are, damaged ones too. A fingerprint is
    /// written first; it counts only while the line that it was written for stands, so that a crash between the two writes can never
    /// make a record trusted wrongly. May be repeated.</summary>
    public async Task PublishAsync(CanonicalFile file, IReadOnlyList<CanonicalLine> lines, CancellationToken cancellationToken)
    {
        if (lines.Count == 0)
            return;
        while (true)
        {
            var marking = files.ReadAsync(file.FingerprintsPath, cancellationToken);
            var stored = await files.ReadAsync(file.Path, cancellationToken);
            var text = await CanonicalText.ReadAsync(stored?.Content, file.Path, cancellationToken);
            var standing = new HashSet<string>(StringComparer.Ordinal);
            foreach (var line in lines)
            {
                if (text.Lines.TryGetValue(line.QuestionId, out var replaced))
                    standing.Add(LineHash.Of(replaced));
                text.Lines[line.QuestionId] = line.Record;
            }

            await _fingerprints.AddAsync(file.FingerprintsPath, await marking, lines, standing, cancellationToken);
            var content = text.Write();
            if (stored is not null && content.ToMemory().Span.SequenceEqual(stored.Content))
                return;
            if (await files.WriteAsync(file.Path, content, stored?.ETag ?? ETag.All, cancellationToken) is not null)
                return;
        }
    }

    /// <summary>Models that have answers to a benchmark, in ordinal order.</summary>
    public async Task<IReadOnlyList<string>> ListAnsweredAsync(string benchmark, CancellationToken cancellationToken)
    {
        const string Extension = ".jsonl";
        var folder = $"{BlobNames.Escape(benchmark)}/{CanonicalFile.AnswerFolder}/";
        var models = new List<string>();
        await foreach (var path in files.ListAsync(folder, cancellationToken))
        {
            if (!path.EndsWith(Extension, StringComparison.Ordinal))
                continue;
            var name = path[folder.Length..^Extension.Length];
            models.Add(BlobNames.IsShortened(name) && await ModelInAsync(path, cancellationToken) is { } model
                ? model
                : BlobNames.TryUnescape(name) ?? name);
        }

        return [.. models.Order(StringComparer.Ordinal)];
    }

    /// <summary>The model by the file's own records, where its name was too long for the file's.</summary>
    private async Task<string?> ModelInAsync(string path, CancellationToken cancellationToken)
    {
        var text = await CanonicalText.ReadAsync((await files.ReadAsync(path, cancellationToken))?.Content, path, cancellationToken);
        return text.Lines.Values.Select(ModelOf).FirstOrDefault(model => model is not null);
    }

    private static string? ModelOf(JsonElement record) =>
        (record.TryGetProperty("model_id", out var model) || record.TryGetProperty("model", out model)) && model.ValueKind == JsonValueKind.String
            ? model.GetString()
            : null;
}

/// <summary>What makes a line the one that a fingerprint was kept for: the bytes of its JSON.</summary>
internal static class LineHash
{
    public static string Of(JsonElement record)
    {
        var line = new ArrayBufferWriter<byte>();
        JsonLines.Write(line, record);
        return BlobNames.Hash(line.WrittenSpan[..^1]);
    }
}
