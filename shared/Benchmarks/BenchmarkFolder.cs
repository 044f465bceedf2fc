using ArenaBench.Core.Configuration;

namespace ArenaBench.Core.Benchmarks;

/// <summary>A benchmark's folder on this machine, as a place in a file tree.</summary>
/// <param name="Prefix">Of the benchmark in the tree; ends in <c>/</c> or is empty.</param>
public sealed record BenchmarkFolder(FolderTree Tree, string Name, string Prefix)
{
    private static readonly string[] Signs = ["question.jsonl", BenchmarkManifest.FileName, "model_answer", "model_judgment"];

    /// <summary>The tree reaches two folders up, so that a configuration of the checkout around is found.</summary>
    /// <param name="name">The benchmark's name; null: what its <c>benchmark.yaml</c> says, else the folder's.</param>
    /// <exception cref="ProblemException">There is no such folder, or it holds no benchmark: says where there is one.</exception>
    public static BenchmarkFolder Open(string folder, string? name = null)
    {
        if (!Directory.Exists(folder)) throw new ProblemException(new Problem(folder, null, null, "there is no such folder"));
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (!LooksLikeBenchmark(full)) throw new ProblemException(new Problem(folder, null, null, NotABenchmark(full)));

        var top = full;
        for (var level = 0; level < 2; level++)
        {
            // The root of a disk is nobody's checkout.
            if (Path.GetDirectoryName(top) is not { } up || Path.GetDirectoryName(up) is null) break;
            top = up;
        }
        var prefix = top == full ? "" : Path.GetRelativePath(top, full).Replace(Path.DirectorySeparatorChar, '/') + "/";
        return new BenchmarkFolder(new FolderTree(top), name ?? NameIn(full) ?? Path.GetFileName(full), prefix);
    }

    public Task<Benchmark> ReadAsync(ConfigNode? judgeConfig = null, CancellationToken cancellationToken = default) =>
        BenchmarkReader.ReadAsync(Tree, Name, Prefix, judgeConfig, cancellationToken);

    // A file that cannot be read is reported, with its place, when the benchmark is.
    private static string? NameIn(string folder)
    {
        var file = Path.Combine(folder, BenchmarkManifest.FileName);
        try
        {
            return File.Exists(file) ? new ConfigReader(YamlReader.Parse(File.ReadAllText(file), file), []).Text("name") : null;
        }
        catch (ProblemException)
        {
            return null;
        }
    }

    private static bool LooksLikeBenchmark(string folder) =>
        Signs.Any(sign => File.Exists(Path.Combine(folder, sign)) || Directory.Exists(Path.Combine(folder, sign)));

    private static string NotABenchmark(string folder)
    {
        var inside = Directory.GetDirectories(folder).Concat(Directory.Exists(Path.Combine(folder, "data"))
                ? Directory.GetDirectories(Path.Combine(folder, "data")) : [])
            .Where(LooksLikeBenchmark).Select(d => Path.GetRelativePath(folder, d)).Order(StringComparer.Ordinal).ToList();
        return inside.Count == 0
            ? $"holds no benchmark: none of {string.Join(", ", Signs)} is there"
            : $"holds no benchmark itself, but there is one in: {string.Join(", ", inside)}";
    }
}
