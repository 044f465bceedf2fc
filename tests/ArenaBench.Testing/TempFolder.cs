namespace ArenaBench.Testing;

/// <summary>A folder of its own, deleted with everything in it when disposed.</summary>
public sealed class TempFolder : IDisposable
{
    public TempFolder(string name = "arenabench")
    {
        Path = Directory.CreateTempSubdirectory(name + "-").FullName;
    }

    public string Path { get; }

    public string File(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // The test deleted it, which some do to see what happens.
        }
    }
}
