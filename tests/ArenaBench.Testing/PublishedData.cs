using System.Collections.Concurrent;
using System.Formats.Tar;
using System.IO.Compression;
using Xunit;

namespace ArenaBench.Testing;

/// <summary>Published benchmark data: archives in <c>../shared/data</c> beside the checkout, or in the folder named by <c>ARENABENCH_DATA</c>.
/// Tests that need them skip visibly where they are absent.</summary>
public static class PublishedData
{
    private static readonly ConcurrentDictionary<string, Lazy<string>> Unpacked = new(StringComparer.Ordinal);

    private static string Source =>
        Environment.GetEnvironmentVariable("ARENABENCH_DATA") ?? RepoRoot.File("..", "shared", "data");

    /// <summary>The folder of arena-bench-v1: questions, seven models' answers, references, judgments. Read only.</summary>
    public static string V1OrSkip() => FolderOrSkip("arena-bench-v1");

    /// <summary>The folder of arena-hard-v0.1: questions, answers, configs, a published leaderboard. Read only.</summary>
    public static string V01OrSkip() => FolderOrSkip("arena-hard-v0.1");

    /// <summary>The folder of arena-hard-v2.0: questions, answers, configs. Read only.</summary>
    public static string V20OrSkip() => FolderOrSkip("arena-hard-v2.0");

    /// <summary>As <see cref="V1OrSkip"/>, outside of tests; null: not here.</summary>
    public static string? FindV1() => Find("arena-bench-v1");

    private static string FolderOrSkip(string name)
    {
        if (Find(name) is { } folder)
            return folder;
        Assert.Skip($"The published data are not here: {name}.tar.gz is looked for in ../shared/data beside the checkout, or in ARENABENCH_DATA.");
        throw new InvalidOperationException("Not reached: the test was skipped.");
    }

    private static string? Find(string name)
    {
        var archive = Path.GetFullPath(Path.Combine(Source, name + ".tar.gz"));
        return File.Exists(archive) ? Unpacked.GetOrAdd(archive, path => new Lazy<string>(() => Unpack(path, name))).Value : null;
    }

    private static string Unpack(string archive, string name)
    {
        var folder = new TempFolder("arenabench-data");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => folder.Dispose();
        using var file = File.OpenRead(archive);
        using var tar = new GZipStream(file, CompressionMode.Decompress);
        TarFile.ExtractToDirectory(tar, folder.Path, overwriteFiles: false);
        var data = folder.File(name);
        return Directory.Exists(data)
            ? data
            : throw new InvalidDataException($"{archive} holds no folder {name}.");
    }
}
