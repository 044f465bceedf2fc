using System.Buffers;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Dialects;
using ArenaBench.Core.Storage;

namespace ArenaBench.Cli.Client;

/// <summary>A benchmark that was read and found right, as archives that a host takes. Each holds the configuration and the questions,
/// so that each is valid in itself; the records are spread over as many as they need.</summary>
internal sealed class BenchmarkPacker(BenchmarkImport import, long packedLimit = 16 << 20, long unpackedLimit = 128 << 20)
{
    private readonly string _folder = $"{BlobPaths.OfBenchmark(import.Benchmark.Name)}/";

    public async IAsyncEnumerable<Stream> PackAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var pack = await Pack.StartAsync(import.Files, cancellationToken);
        var line = new ArrayBufferWriter<byte>();
        foreach (var records in import.Records.OrderBy(records => records.Kind == RecordFileKind.Reference ? 0 : 1))
        {
            var path = FileOf(records).Path[_folder.Length..];
            await pack.OpenAsync(path, cancellationToken);
            await foreach (var (_, record) in import.ReadRecordsAsync(records, cancellationToken))
            {
                if (pack.Packed > packedLimit || pack.Unpacked > unpackedLimit)
                {
                    yield return await pack.EndAsync();
                    pack = await Pack.StartAsync(import.Files, cancellationToken);
                    await pack.OpenAsync(path, cancellationToken);
                }

                JsonLines.Write(line, record);
                await pack.WriteAsync(line.WrittenMemory, cancellationToken);
                line.ResetWrittenCount();
            }
        }

        yield return await pack.EndAsync();
    }

    private CanonicalFile FileOf(ImportRecords records) => records.Kind switch
    {
        RecordFileKind.Answer => CanonicalFile.Answers(import.Benchmark.Name, records.Model),
        RecordFileKind.Reference => CanonicalFile.References(import.Benchmark.Name, records.Model),
        _ => CanonicalFile.Judgments(import.Benchmark.Name, records.Judge ?? "", records.Model),
    };

    private sealed class Pack : IAsyncDisposable
    {
        private readonly MemoryStream _bytes = new();
        private readonly ZipArchive _zip;
        private Stream? _entry;

        private Pack() => _zip = new ZipArchive(_bytes, ZipArchiveMode.Create, leaveOpen: true);

        public long Packed => _bytes.Length;

        public long Unpacked { get; private set; }

        public static async Task<Pack> StartAsync(IReadOnlyList<ImportFile> files, CancellationToken cancellationToken)
        {
            var pack = new Pack();
            foreach (var file in files)
            {
                await pack.OpenAsync(file.Path, cancellationToken);
                await pack.WriteAsync(file.Content, cancellationToken);
            }

            return pack;
        }

        public async Task OpenAsync(string path, CancellationToken cancellationToken)
        {
            if (_entry is not null)
                await _entry.DisposeAsync();
            _entry = await _zip.CreateEntry(path, CompressionLevel.Fastest).OpenAsync(cancellationToken);
        }

        public async Task WriteAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
        {
            await _entry!.WriteAsync(content, cancellationToken);
            Unpacked += content.Length;
        }

        /// <summary>The whole archive; it is the caller's.</summary>
        public async Task<Stream> EndAsync()
        {
            await DisposeAsync();
            _bytes.Position = 0;
            return _bytes;
        }

        public async ValueTask DisposeAsync()
        {
            if (_entry is not null)
                await _entry.DisposeAsync();
            await _zip.DisposeAsync();
        }
    }
}
