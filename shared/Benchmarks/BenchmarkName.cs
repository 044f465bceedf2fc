using System.Text.RegularExpressions;
using ArenaBench.Core.Configuration;
using ArenaBench.Core.Storage;

namespace ArenaBench.Core.Benchmarks;

/// <summary>Names that a benchmark can be stored under.</summary>
public static partial class BenchmarkName
{
    /// <exception cref="ProblemException">It cannot be one; says why.</exception>
    public static string Checked(string name)
    {
        if (!Pattern().IsMatch(name))
            throw new ProblemException(new Problem(null, null, null, "a benchmark's name has 1 to 100 of A-Z, a-z, 0-9, . _ and -, and begins and ends with a letter or digit"));
        return BlobPaths.OwnFolders.Contains(name)
            ? throw new ProblemException(new Problem(null, null, null, $"a benchmark cannot be called {name}: {string.Join(", ", BlobPaths.OwnFolders)} are folders of the store itself"))
            : name;
    }

    [GeneratedRegex("^[A-Za-z0-9]([A-Za-z0-9._-]{0,98}[A-Za-z0-9])?$", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
