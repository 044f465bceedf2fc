using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using ArenaBench.Core.Dialects;
using ArenaBench.Core.Records;

namespace ArenaBench.Core.Storage;

/// <summary>Rows of a run's records, <c>runs/{run}/index/…</c>: one compressed file per model, so that a filter over all of them
/// reads a few megabytes, never the texts.</summary>
public sealed class RunIndex(RunStore runs)
{
    private const string ContentsFile = "index/index.json";

    internal static JsonSerializerOptions Options { get; } = new(JsonFiles.Options)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new ScoreJson() },
    };

    /// <summary>A new index of a run, to be filled and written once; rows may come in any order and are kept in it.</summary>
    public RunIndexWriter Begin(string run, int attempt) => new(runs, run, attempt);

    /// <returns>Null when the run has no index, as before it has ended. It is that of the newest attempt that has ended.</returns>
    public async Task<RunIndexContents?> ReadContentsAsync(string run, CancellationToken cancellationToken)
    {
        if (await runs.ReadAsync(run, ContentsFile, cancellationToken) is not { } content)
            return null;
        var contents = JsonSerializer.Deserialize<RunIndexContents>(content, Options);
        return contents is { Schema: <= RunIndexContents.CurrentSchema }
            ? contents
            : throw new InvalidDataException($"The index of run {run} was written by a newer version.");
    }

    /// <summary>The rows of one model; none when the index has none of it.</summary>
    public async IAsyncEnumerable<IndexRow> ReadAsync(string run, string model, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (await runs.ReadAsync(run, FileOf(model), cancellationToken) is not { } content)
            yield break;
        await using var packed = content.ToStream();
        await using var stream = new GZipStream(packed, CompressionMode.Decompress);
        using var lines = new LineReader(stream);
        while (await lines.ReadAsync(cancellationToken))
            yield return JsonSerializer.Deserialize<IndexRow>(lines.Line.Span, Options)!;
    }

    internal static string FileOf(string model) => $"index/{BlobNames.Escape(model)}.jsonl.gz";

    internal static Task WriteContentsAsync(RunStore runs, string run, RunIndexContents contents, CancellationToken cancellationToken) =>
        runs.WriteAsync(run, ContentsFile, new BinaryData(JsonSerializer.SerializeToUtf8Bytes(contents, Options)), createOnly: false, cancellationToken);
}

/// <summary>Collects rows, compressed as they come: memory grows with the index's files, not with its rows.</summary>
public sealed class RunIndexWriter(RunStore runs, string run, int attempt) : IDisposable
{
    private const int WrittenAtOnce = 8;

    private readonly SortedDictionary<string, ModelRows> _models = new(StringComparer.Ordinal);

    public void Add(IndexRow row)
    {
        if (!_models.TryGetValue(row.Key.Model, out var rows))
            _models[row.Key.Model] = rows = new ModelRows();
        rows.Add(row);
    }

    /// <summary>Writes the files, that of the contents last: it names only what is there.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        await Parallel.ForEachAsync(
            _models,
            new ParallelOptions { MaxDegreeOfParallelism = WrittenAtOnce, CancellationToken = cancellationToken },
            async (entry, cancelled) => await runs.WriteAsync(run, RunIndex.FileOf(entry.Key), entry.Value.Finish(), createOnly: false, cancelled));
        var contents = new RunIndexContents(RunIndexContents.CurrentSchema, attempt, [.. _models.Select(entry => new IndexedModel(entry.Key, entry.Value.Count))]);
        await RunIndex.WriteContentsAsync(runs, run, contents, cancellationToken);
    }

    public void Dispose()
    {
        foreach (var rows in _models.Values)
            rows.Dispose();
    }

    private sealed class ModelRows : IDisposable
    {
        private readonly MemoryStream _packed = new();
        private readonly GZipStream _rows;

        public ModelRows() => _rows = new GZipStream(_packed, CompressionLevel.Optimal, leaveOpen: true);

        public int Count { get; private set; }

        public void Add(IndexRow row)
        {
            JsonSerializer.Serialize(_rows, row, RunIndex.Options);
            _rows.WriteByte((byte)'\n');
            Count++;
        }

        public BinaryData Finish()
        {
            _rows.Dispose();
            return new BinaryData(_packed.ToArray());
        }

        public void Dispose()
        {
            _rows.Dispose();
            _packed.Dispose();
        }
    }
}
