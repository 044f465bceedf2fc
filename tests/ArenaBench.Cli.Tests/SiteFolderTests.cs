using System.IO.Compression;
using System.Text;
using ArenaBench.Cli.Client;
using ArenaBench.Core.Configuration;
using ArenaBench.Testing;

namespace ArenaBench.Cli.Tests;

/// <summary>Where a run's pages are unpacked to: archives come from another machine, folders hold other people's files.</summary>
public sealed class SiteFolderTests : IDisposable
{
    private const string Mark = """{"schema": 1, "run": "r", "attempt": 1, "benchmark": "b", "pages": 2}""";

    private readonly TempFolder _folder = new("site");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Folder_OfAnEarlierExport_IsReplacedAndOtherFilesStay()
    {
        var folder = new SiteFolder(_folder.File("out"));
        await folder.ReplaceAsync(Zip(("r/index.html", "old"), ("r/answers/m9/3.html", "old"), ("r/arenabench-site.json", Mark)), Cancelled);
        await File.WriteAllTextAsync(_folder.File("out", "CNAME"), "bench.example", Cancelled);
        folder.Check();

        var mark = await folder.ReplaceAsync(Zip(("r/index.html", "new"), ("r/answers/m0/0.html", "new"), ("r/arenabench-site.json", Mark)), Cancelled);

        Assert.Equal(2, mark.Pages);
        Assert.Equal(
            ["CNAME", "answers/m0/0.html", "arenabench-site.json", "index.html"],
            Directory.EnumerateFiles(_folder.File("out"), "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(_folder.File("out"), file)).Order(StringComparer.Ordinal));
        Assert.Equal("new", await File.ReadAllTextAsync(_folder.File("out", "index.html"), Cancelled));
    }

    [Fact]
    public void Folder_WithOtherFiles_IsRefused()
    {
        File.WriteAllText(_folder.File("thesis.tex"), "x");

        var refused = Assert.Throws<ProblemException>(new SiteFolder(_folder.Path).Check);
        Assert.Contains("is not empty and holds no pages of a run", refused.Message, StringComparison.Ordinal);
        Assert.Throws<ProblemException>(new SiteFolder(_folder.File("thesis.tex")).Check);
    }

    [Theory]
    [InlineData("r/../../evil.html")]
    [InlineData("r/answers/../../evil.html")]
    [InlineData("/etc/evil")]
    [InlineData("evil.html")]
    [InlineData("r/evil.html")]
    [InlineData("r/answers/..")]
    [InlineData("r/answers/a\\..\\..\\evil.html")]
    [InlineData("r/answers/.git/hooks")]
    [InlineData("r/answers/c:evil.html")]
    [InlineData("r/answers/")]
    [InlineData("r/index.html/x\n")]
    public async Task Archive_WithAnythingButPages_ChangesNothing(string name)
    {
        var folder = new SiteFolder(_folder.File("out"));
        await folder.ReplaceAsync(Zip(("r/index.html", "old"), ("r/arenabench-site.json", Mark)), Cancelled);

        await Assert.ThrowsAsync<InvalidDataException>(() => folder.ReplaceAsync(Zip(("r/index.html", "new"), ("r/arenabench-site.json", Mark), (name, "evil")), Cancelled));

        Assert.Equal("old", await File.ReadAllTextAsync(_folder.File("out", "index.html"), Cancelled));
        Assert.Equal(2, Directory.EnumerateFileSystemEntries(_folder.Path, "*", SearchOption.AllDirectories).Count(File.Exists));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("no json")]
    public async Task Archive_WithoutItsMark_ChangesNothing(string? mark)
    {
        (string, string)[] files = mark is null ? [("r/index.html", "x")] : [("r/index.html", "x"), ("r/arenabench-site.json", mark)];

        await Assert.ThrowsAsync<InvalidDataException>(() => new SiteFolder(_folder.File("out")).ReplaceAsync(Zip(files), Cancelled));

        Assert.Empty(Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories));
    }

    private static ZipArchive Zip(params (string Name, string Text)[] files)
    {
        var content = new MemoryStream();
        using (var zip = new ZipArchive(content, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in files)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return new ZipArchive(content, ZipArchiveMode.Read);
    }

    public void Dispose() => _folder.Dispose();
}
