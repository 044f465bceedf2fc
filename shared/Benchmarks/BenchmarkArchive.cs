using System.Formats.Tar;
using System.IO.Compression;
using ArenaBench.Core.Configuration;

namespace ArenaBench.Core.Benchmarks;

/// <param name="Entries">Files at most.</param>
/// <param name="Bytes">Of all files together, unpacked.</param>
public sealed record ArchiveLimits(int Entries = 5_000, long Bytes = 256L << 20)
{
    public static ArchiveLimits Default { get; } = new();
}

/// <summary>An archive that unpacks to more than is taken.</summary>
public sealed class ArchiveTooLargeException(string message) : Exception(message);

/// <summary>Reads an uploaded archive, zip or tar.gz, into memory. Nothing is unpacked to disk; names that would leave the folder refuse it.</summary>
public static class BenchmarkArchive
{
    /// <summary>For messages.</summary>
    public const string Name = "the archive";

    private const int BlockSize = 64 << 10;

    /// <exception cref="ProblemException">It is no archive, is damaged, or holds what no benchmark's folder can: every such entry.</exception>
    /// <exception cref="ArchiveTooLargeException">It is over a limit; read no further.</exception>
    public static async Task<MemoryTree> ReadAsync(byte[] archive, ArchiveLimits limits, CancellationToken cancellationToken)
    {
        var reading = new Reading(limits);
        try
        {
            if (archive.AsSpan().StartsWith("PK"u8))
                await ReadZipAsync(archive, reading, cancellationToken);
            else if (archive.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x1f, 0x8b]))
                await ReadTarAsync(archive, reading, cancellationToken);
            else
                throw new ProblemException(new Problem(Name, null, null, "is neither a zip nor a tar.gz archive; send one of a benchmark's folder"));
        }
        catch (Exception damaged) when (damaged is InvalidDataException or EndOfStreamException or FormatException or NotSupportedException)
        {
            throw new ProblemException(new Problem(Name, null, null, $"is damaged: {damaged.Message}"));
        }

        return reading.ToTree();
    }

    private static async Task ReadZipAsync(byte[] archive, Reading reading, CancellationToken cancellationToken)
    {
        await using var zip = new ZipArchive(new MemoryStream(archive, writable: false), ZipArchiveMode.Read);
        foreach (var entry in zip.Entries)
        {
            if (entry.FullName.EndsWith('/') || !reading.Takes(entry.FullName))
                continue;
            await using var content = await entry.OpenAsync(cancellationToken);
            await reading.AddAsync(entry.FullName, content, cancellationToken);
        }
    }

    private static async Task ReadTarAsync(byte[] archive, Reading reading, CancellationToken cancellationToken)
    {
        await using var unpacked = new GZipStream(new MemoryStream(archive, writable: false), CompressionMode.Decompress);
        await using var tar = new TarReader(new Bounded(unpacked, reading.Limits));
        while (await tar.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
        {
            if (entry.EntryType is TarEntryType.Directory or TarEntryType.GlobalExtendedAttributes)
                continue;
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile))
            {
                reading.Refuse(entry.Name, $"is a {entry.EntryType}; only files and folders are taken");
                continue;
            }

            var name = entry.Name.StartsWith("./", StringComparison.Ordinal) ? entry.Name[2..] : entry.Name;
            if (reading.Takes(name))
                await reading.AddAsync(name, entry.DataStream ?? Stream.Null, cancellationToken);
        }
    }

    private sealed class Reading(ArchiveLimits limits)
    {
        private readonly Dictionary<string, byte[]> _files = new(StringComparer.Ordinal);
        private readonly ProblemLog _problems = new();
        private int _entries;
        private long _bytes;

        public ArchiveLimits Limits => limits;

        public void Refuse(string entry, string why)
        {
            Count();
            _problems.Add(new Problem($"{Name}/{Shown(entry)}", null, null, why));
        }

        /// <summary>Whether it is a file to read: what file managers add of their own is passed over, a bad name is a problem.</summary>
        public bool Takes(string path)
        {
            Count();
            var parts = path.Split('/');
            if (parts[0] == "__MACOSX" || parts[^1] is ".DS_Store" or "Thumbs.db" || parts[^1].StartsWith("._", StringComparison.Ordinal))
                return false;
            var wrong = path.Contains('\\') ? "holds a backslash; folders are divided by /"
                : path.Any(char.IsControl) ? "holds a control character"
                : path.StartsWith('/') || (path.Length > 1 && path[1] == ':') ? "is not relative to the archive"
                : parts.Any(part => part is "" or "." or "..") ? "leaves the folder, or names no file in it"
                : _files.ContainsKey(path) ? "is there twice"
                : null;
            if (wrong is not null)
                _problems.Add(new Problem($"{Name}/{Shown(path)}", null, null, $"the name {wrong}"));
            return wrong is null;
        }

        public async Task AddAsync(string path, Stream content, CancellationToken cancellationToken)
        {
            using var copy = new MemoryStream();
            var block = new byte[BlockSize];
            for (int read; (read = await content.ReadAsync(block, cancellationToken)) > 0;)
            {
                if ((_bytes += read) > limits.Bytes)
                    throw TooLarge(limits);
                copy.Write(block, 0, read);
            }

            _files[path] = copy.ToArray();
        }

        public MemoryTree ToTree()
        {
            _problems.ThrowIfAny();
            return new MemoryTree(Name, _files);
        }

        private void Count()
        {
            if (++_entries > limits.Entries)
                throw new ArchiveTooLargeException($"The archive holds more than {limits.Entries} files.");
        }

        private static string Shown(string entry)
        {
            var clean = new string([.. entry.Select(c => char.IsControl(c) ? '?' : c)]);
            return clean.Length <= 120 ? clean : clean[..120] + "…";
        }
    }

    private static ArchiveTooLargeException TooLarge(ArchiveLimits limits) =>
        new($"The archive unpacks to more than {limits.Bytes} bytes. Send the records in several archives: each holds the configuration and the questions, and some of the records.");

    /// <summary>Skipped entries are inflated too: what passes is counted.</summary>
    private sealed class Bounded(Stream inner, ArchiveLimits limits) : Stream
    {
        private long _passed;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => _passed; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Counted(inner.Read(buffer, offset, count));

        public override int Read(Span<byte> buffer) => Counted(inner.Read(buffer));

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Counted(await inner.ReadAsync(buffer, cancellationToken));

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        // Headers and padding come on top of the files.
        private int Counted(int read) =>
            (_passed += read) > limits.Bytes + (2048L * limits.Entries) ? throw TooLarge(limits) : read;
    }
}
