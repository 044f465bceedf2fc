namespace ArenaBench.Core.Tests.Benchmarks;

public sealed class FolderTreeTests
{
    [Fact]
    public async Task List_GivesPathsWithSlashesInOrdinalOrder()
    {
        using var files = new BenchmarkFiles().With("b/z.jsonl").With("b/A.jsonl").With("b/sub dir/x.jsonl").With("bc/y.jsonl");
        Assert.Equal(["b/A.jsonl", "b/sub dir/x.jsonl", "b/z.jsonl"], await ListAsync("b/"));
        Assert.Equal(["b/A.jsonl", "b/sub dir/x.jsonl", "b/z.jsonl", "bc/y.jsonl"], await ListAsync("b"));
        Assert.Equal(["b/sub dir/x.jsonl"], await ListAsync("b/su"));
        Assert.Empty(await ListAsync("none/"));

        async Task<List<string>> ListAsync(string prefix) =>
            await files.Tree.ListAsync(prefix, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData("../x")]
    [InlineData("b/../../x")]
    [InlineData("/etc/passwd")]
    [InlineData("b\\..\\x")]
    [InlineData("./x")]
    public async Task Open_PathThatLeavesTheFolder_IsRefused(string path)
    {
        using var files = new BenchmarkFiles();
        await Assert.ThrowsAsync<ArgumentException>(() => files.Tree.OpenReadAsync(path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Open_MissingFile_IsNull()
    {
        using var files = new BenchmarkFiles();
        Assert.Null(await files.Tree.OpenReadAsync("b/none.jsonl", TestContext.Current.CancellationToken));
    }
}
