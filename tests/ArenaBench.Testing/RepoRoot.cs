namespace ArenaBench.Testing;

/// <summary>The checkout that the tests were built from.</summary>
public static class RepoRoot
{
    private static readonly Lazy<string> Found = new(Find);

    public static string Path => Found.Value;

    /// <summary>A path in the checkout; parts separated as the system wants it.</summary>
    public static string File(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (System.IO.File.Exists(System.IO.Path.Combine(folder.FullName, "ArenaBench.Functions.sln")))
                return folder.FullName;
        }
        throw new InvalidOperationException($"No ArenaBench.Functions.sln above {AppContext.BaseDirectory}: the tests must run from a checkout.");
    }
}
