namespace ArenaBench.Core.Storage;

/// <summary>Which paths name a file of the container. Clients and servers resolve <c>..</c> in URLs: such a path would name another.</summary>
public static class BlobPaths
{
    private const int Longest = 1024;

    /// <summary>Folders of the container that are no benchmarks.</summary>
    public static IReadOnlyList<string> OwnFolders { get; } = ["config", "runs", "claims", "coordination"];

    /// <exception cref="ArgumentException">The name is taken by a folder of ours.</exception>
    public static string OfBenchmark(string name) => OwnFolders.Contains(name)
        ? throw new ArgumentException($"A benchmark cannot be called \"{name}\": {string.Join(", ", OwnFolders)} are folders of the store itself.", nameof(name))
        : BlobNames.Escape(name);

    public static bool IsValid(string path) => WhatIsWrong(path) is null;

    /// <exception cref="ArgumentException">The path cannot be a blob's; says why.</exception>
    public static string Checked(string path) =>
        WhatIsWrong(path) is { } wrong ? throw new ArgumentException($"\"{path}\" cannot name a file: {wrong}.", nameof(path)) : path;

    private static string? WhatIsWrong(string path)
    {
        if (path.Length is 0 or > Longest)
            return $"1 to {Longest} characters are wanted";
        if (path.Contains('\\') || path.Any(char.IsControl))
            return "it holds a backslash or a control character";
        foreach (var segment in path.Split('/'))
        {
            if (segment.Length == 0)
                return "one of its parts is empty";
            if (segment.EndsWith('.'))
                return $"its part \"{segment}\" ends in a dot";
        }

        return null;
    }
}
