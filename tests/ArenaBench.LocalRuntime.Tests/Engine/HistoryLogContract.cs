using System.Text;
using ArenaBench.LocalRuntime.Engine;
using ArenaBench.Testing;
using Azure.Storage.Blobs;

namespace ArenaBench.LocalRuntime.Tests.Engine;

/// <summary>What the engine relies on, of every kind of storage for its logs.</summary>
public abstract class HistoryLogContract
{
    private static readonly LogKey s_first = new("run:m03:s012 ü%/x", 1, 1);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private protected abstract Task<IHistoryLog> OpenAsync();

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text(ReadOnlyMemory<byte>? bytes) => Encoding.UTF8.GetString(bytes!.Value.Span);

    [Fact]
    public async Task Append_AtTheEnd_AddsWholeBlocks()
    {
        var log = await OpenAsync();
        await log.AppendAsync(s_first, 0, Bytes("one\n"), Cancel);
        await log.AppendAsync(s_first, 4, Bytes("two\n"), Cancel);
        Assert.Equal("one\ntwo\n", Text(await log.ReadAsync(s_first, Cancel)));
        var info = Assert.Single(await log.ListAsync(Cancel));
        Assert.Equal(new LogInfo(s_first, 8, false, null), info);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(9)]
    public async Task Append_Elsewhere_IsAConflict_AndChangesNothing(long position)
    {
        var log = await OpenAsync();
        await log.AppendAsync(s_first, 0, Bytes("one\n"), Cancel);
        await Assert.ThrowsAsync<LogConflictException>(() => log.AppendAsync(s_first, position, Bytes("two\n"), Cancel));
        Assert.Equal("one\n", Text(await log.ReadAsync(s_first, Cancel)));
    }

    [Theory]
    [InlineData(0, "one\n")]
    [InlineData(4, "two\n")]
    public async Task Append_TheSameBlockAgain_DoesNoHarm(long position, string block)
    {
        var log = await OpenAsync();
        await log.AppendAsync(s_first, 0, Bytes("one\n"), Cancel);
        if (position > 0)
            await log.AppendAsync(s_first, position, Bytes(block), Cancel);
        await log.AppendAsync(s_first, position, Bytes(block), Cancel);
        Assert.Equal(position + 4, (await log.ReadAsync(s_first, Cancel))!.Value.Length);
    }

    [Fact]
    public async Task Append_ToWhatIsGone_IsAConflict()
    {
        var log = await OpenAsync();
        await Assert.ThrowsAsync<LogConflictException>(() => log.AppendAsync(s_first, 10, Bytes("two\n"), Cancel));
    }

    [Fact]
    public async Task Missing_IsNull_AndDeletingItNoError()
    {
        var log = await OpenAsync();
        Assert.Null(await log.ReadAsync(s_first, Cancel));
        Assert.Null(await log.ReadSealedAsync("none", 1, Cancel));
        await log.DeleteAsync(s_first, isSealed: false, Cancel);
        await log.DeleteAsync(s_first, isSealed: true, Cancel);
    }

    [Fact]
    public async Task Seal_KeepsContentAndSummary_CanBeRepeated_IsDeletedOnItsOwn()
    {
        var log = await OpenAsync();
        await log.AppendAsync(s_first, 0, Bytes("one\n"), Cancel);
        const string Summary = """{"name":"caf\u00E9","runtimeStatus":"Completed","output":"\"it \\u0022 works\""}""";
        for (var i = 0; i < 2; i++)
            await log.SealAsync(s_first.InstanceId, 1, Bytes("one\ntwo\n"), Summary, Cancel);
        Assert.Equal("one\ntwo\n", Text(await log.ReadSealedAsync(s_first.InstanceId, 1, Cancel)));
        var closed = Assert.Single(await log.ListAsync(Cancel), info => info.Sealed);
        Assert.Equal((Summary, s_first.InstanceId, 1), (closed.Summary, closed.Key.InstanceId, closed.Key.Generation));

        await log.DeleteAsync(s_first, isSealed: false, Cancel);
        Assert.True(Assert.Single(await log.ListAsync(Cancel)).Sealed);
        await log.DeleteAsync(s_first, isSealed: true, Cancel);
        Assert.Empty(await log.ListAsync(Cancel));
    }

    [Fact]
    public async Task LongSummary_IsKept()
    {
        var log = await OpenAsync();
        var summary = new string('x', 6_000);
        await log.SealAsync("run", 1, Bytes("one\n"), summary, Cancel);
        Assert.Equal(summary, Assert.Single(await log.ListAsync(Cancel)).Summary);
    }

    [Fact]
    public async Task ManyWritersOfDifferentLogs_DoNotDisturbOneAnother()
    {
        var log = await OpenAsync();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            for (var block = 0; block < 10; block++)
                await log.AppendAsync(new LogKey($"run-{i}", 1, 1), block * 4, Bytes($"{i:D2}{block}\n"), Cancel);
        }));
        var infos = await log.ListAsync(Cancel);
        Assert.Equal(20, infos.Count);
        Assert.All(infos, info => Assert.Equal(40, info.Length));
    }
}

public sealed class MemoryHistoryLogTests : HistoryLogContract
{
    private protected override Task<IHistoryLog> OpenAsync() => Task.FromResult<IHistoryLog>(new MemoryHistoryLog());
}

public sealed class BlobHistoryLogTests(AzuriteFixture azurite) : HistoryLogContract
{
    private protected override async Task<IHistoryLog> OpenAsync()
    {
        var storage = new BlobServiceClient(await azurite.ConnectionStringOrSkipAsync(), DurableEngine.StorageOptions());
        var log = new BlobHistoryLog(storage.GetBlobContainerClient(AzuriteFixture.NewContainerName()));
        await log.ListAsync(TestContext.Current.CancellationToken);
        return log;
    }

    [Fact]
    public async Task NobodyListening_IsLostStorage_OnThisMachine()
    {
        var log = new BlobHistoryLog(new BlobContainerClient(new Uri("http://127.0.0.1:1/account/container"), DurableEngine.StorageOptions()));
        await Assert.ThrowsAsync<StorageLostException>(
            () => log.AppendAsync(new LogKey("run", 1, 1), 0, new byte[4], TestContext.Current.CancellationToken));
    }
}
