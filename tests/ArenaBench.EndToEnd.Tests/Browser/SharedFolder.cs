using System.IO.Compression;
using ArenaBench.Testing;

namespace ArenaBench.EndToEnd.Tests.Browser;

/// <summary>A run's pages as files, unpacked.</summary>
internal sealed class SharedFolder : IDisposable
{
    private readonly TempFolder _folder = new("shared pages");

    /// <summary>Of index.html.</summary>
    public string Path { get; private set; } = "";

    public Uri Address => new(Path + System.IO.Path.DirectorySeparatorChar);

    /// <summary>Relative, with <c>/</c>.</summary>
    public IReadOnlyList<string> Files =>
        [.. Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories).Select(file => System.IO.Path.GetRelativePath(Path, file).Replace('\\', '/'))];

    public static async Task<SharedFolder> OfAsync(HttpClient http, string run, CancellationToken cancellationToken)
    {
        var shared = new SharedFolder();
        await using var content = await http.GetStreamAsync($"api/runs/{run}/site", cancellationToken);
        await ZipFile.ExtractToDirectoryAsync(content, shared._folder.Path, cancellationToken);
        shared.Path = shared._folder.File(run);
        return shared;
    }

    public string File(string place) => System.IO.Path.Combine(Path, place);

    public void Dispose() => _folder.Dispose();
}
