using ArenaBench.Core.Configuration;
using ArenaBench.Core.Storage;

namespace ArenaBench.Core.Benchmarks;

internal static class FileTreeReads
{
    /// <summary>The file's name for messages: its whole path or URL.</summary>
    public static string Describe(this IFileTree tree, string path) => $"{tree.Location.TrimEnd('/', '\\')}/{path}";

    /// <returns>Null when there is no such file.</returns>
    /// <exception cref="ProblemException">It is not YAML.</exception>
    public static async Task<ConfigNode?> ReadYamlAsync(this IFileTree tree, string path, CancellationToken cancellationToken)
    {
        await using var stream = await tree.OpenReadAsync(path, cancellationToken);
        return stream is null ? null : await YamlReader.ReadAsync(stream, tree.Describe(path), cancellationToken: cancellationToken);
    }

    public static async Task<List<string>> ListAllAsync(this IFileTree tree, string prefix, CancellationToken cancellationToken)
    {
        var paths = new List<string>();
        await foreach (var path in tree.ListAsync(prefix, cancellationToken)) paths.Add(path);
        return paths;
    }
}
