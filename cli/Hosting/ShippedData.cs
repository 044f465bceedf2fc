using ArenaBench.Core.Configuration;

namespace ArenaBench.Cli.Hosting;

/// <summary>The benchmarks and files of <c>data/</c>, which lie beside the program.</summary>
internal static class ShippedData
{
    private static string Root => Path.Combine(AppContext.BaseDirectory, "data");

    public static string File(params string[] parts) => Path.Combine([Root, .. parts]);

    public static string Folder(string benchmark)
    {
        var folder = File(benchmark);
        if (System.IO.File.Exists(Path.Combine(folder, "benchmark.yaml")))
            return folder;
        var known = Directory.EnumerateFiles(Root, "benchmark.yaml", SearchOption.AllDirectories)
            .Select(file => Path.GetFileName(Path.GetDirectoryName(file)!)).Order(StringComparer.Ordinal);
        throw new ProblemException(new Problem(null, null, null, $"there is no benchmark {benchmark} in data/; there are: {string.Join(", ", known)}"));
    }
}
