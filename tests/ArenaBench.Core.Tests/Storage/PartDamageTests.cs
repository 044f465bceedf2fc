using ArenaBench.Core.Records;
using ArenaBench.Core.Storage;
using ArenaBench.Testing;
using Azure.Storage.Blobs.Specialized;

namespace ArenaBench.Core.Tests.Storage;

/// <summary>Parts that something else has written into, cut, or that the storage has partly forgotten.</summary>
public sealed class PartDamageTests(AzuriteFixture azurite) : StorageTest(azurite)
{
    private const string Run = "run-1";
    private const string Part = "p";
    private const string Path = "runs/run-1/parts/p.jsonl";

    [Theory]
    [InlineData("not json", "not the JSON of a record")]
    [InlineData("""{"schema":1,"key":{"kind":"answer","question_id":"x","model":"m"},"status":"ok","attempts":1,"rec""", "not the JSON of a record")]
    [InlineData("""{"schema":1,"status":"ok","attempts":1}""", "key")]
    [InlineData("""{"schema":1,"key":{"kind":"answer","question_id":"x","model":"m"},"status":"splendid","attempts":1}""", "$.status")]
    [InlineData("""{"schema":2,"key":{"kind":"answer","question_id":"x","model":"m"},"status":"ok","attempts":1}""", "newer version")]
    [InlineData("null", "null")]
    public async Task Read_DamagedLine_IsNamedAndLeftOut(string line, string reason)
    {
        await (await OpenAsync()).Parts.AppendAsync(Run, Part, Ok("a"), Cancelled);
        var offset = (await RawAsync(Path)).Length;
        await AppendRawAsync(Path, line + "\n");
        var store = await OpenAsync();
        await store.Parts.AppendAsync(Run, Part, Ok("b"), Cancelled);

        var (read, damaged) = await ReadAsync(store);
        Assert.Equal(["a", "b"], read);
        var damage = Assert.Single(damaged);
        Assert.Equal((Path, (long)offset), (damage.Path, damage.Offset));
        Assert.Contains(reason, damage.Reason);
    }

    [Fact]
    public async Task Append_AfterATornLine_IsNotGluedToIt()
    {
        var store = await OpenAsync();
        await store.Parts.AppendAsync(Run, Part, Ok("a"), Cancelled);
        var whole = (await RawAsync(Path)).TrimEnd('\n').Replace("\"a\"", "\"torn\"");
        await AppendRawAsync(Path, whole[..(whole.Length / 2)]);

        await store.Parts.AppendAsync(Run, Part, [Ok("b"), Ok("c")], Cancelled);

        foreach (var host in new[] { store, await OpenAsync() })
        {
            var (read, damaged) = await ReadAsync(host);
            Assert.Equal(["a", "b", "c"], read);
            Assert.NotEmpty(damaged);
        }
    }

    [Fact]
    public async Task Read_LastLineWithoutItsEnd_IsNoRecordUntilItIsEnded()
    {
        await (await OpenAsync()).Parts.AppendAsync(Run, Part, Ok("a"), Cancelled);
        await AppendRawAsync(Path, (await RawAsync(Path)).TrimEnd('\n').Replace("\"a\"", "\"cut\""));
        var store = await OpenAsync();
        Assert.Equal(["a"], (await ListAsync(store.Parts.ReadShardAsync(Run, Part, Cancelled))).Select(read => read.Key.QuestionId));

        await store.Parts.AppendAsync(Run, Part, Ok("b"), Cancelled);

        // It turned out to be whole: every host sees the same.
        foreach (var host in new[] { store, await OpenAsync() })
            Assert.Equal(["a", "cut", "b"], (await ListAsync(host.Parts.ReadShardAsync(Run, Part, Cancelled))).Select(read => read.Key.QuestionId));
    }

    [Theory]
    [InlineData(3)] // the last lines are gone
    [InlineData(0)] // the blob is gone
    public async Task Append_StorageLostAcknowledgedLines_TheyAreWrittenAgain(int kept)
    {
        var store = await OpenAsync();
        for (var i = 0; i < 6; i++)
            await store.Parts.AppendAsync(Run, Part, Ok($"q{i}", $"text {i}"), Cancelled);
        await RollBackAsync(kept);

        await store.Parts.AppendAsync(Run, Part, Ok("new", "text new"), Cancelled);

        foreach (var host in new[] { store, await OpenAsync() })
        {
            var lines = await ListAsync(host.Parts.ReadShardAsync(Run, Part, Cancelled));
            Assert.Equal(["new", "q0", "q1", "q2", "q3", "q4", "q5"], lines.Select(line => line.Key.QuestionId).Order());
            Assert.All(lines, line => Assert.EndsWith(line.Key.QuestionId.TrimStart('q'), TextOf(line)));
        }

        Assert.Equal(7, (await RawAsync(Path)).Count(c => c == '\n'));
    }

    [Fact]
    public async Task Read_StorageLostAcknowledgedLines_TheyAreWrittenAgain()
    {
        var store = await OpenAsync();
        for (var i = 0; i < 6; i++)
            await store.Parts.AppendAsync(Run, Part, Ok($"q{i}"), Cancelled);
        await RollBackAsync(2);

        Assert.Equal(6, (await ListAsync(store.Parts.ReadShardAsync(Run, Part, Cancelled))).Count);
        Assert.Equal(6, (await ListAsync((await OpenAsync()).Parts.ReadShardAsync(Run, Part, Cancelled))).Count);
    }

    [Fact]
    public async Task Append_StorageWentBackAndOnInAnotherWay_IsReadAnew()
    {
        var store = await OpenAsync();
        await store.Parts.AppendAsync(Run, Part, [Ok("a", "short"), Ok("b", "short")], Cancelled);
        await RollBackAsync(0);
        await (await OpenAsync()).Parts.AppendAsync(Run, Part, [Ok("c", new string('x', 2000)), Ok("a", "other")], Cancelled);

        await store.Parts.AppendAsync(Run, Part, Ok("d"), Cancelled);

        var lines = await ListAsync(store.Parts.ReadShardAsync(Run, Part, Cancelled));
        Assert.Equal(["a", "b", "c", "d"], lines.Select(line => line.Key.QuestionId).Order());
        Assert.Equal("other", TextOf(lines.Single(line => line.Key.QuestionId == "a")));
    }

    [Fact]
    public async Task Append_FullSegments_GoOnInTheNext()
    {
        var options = new PartsOptions { MaxSegmentBlocks = 3, RefreshAfter = TimeSpan.Zero };
        var hosts = new[] { await OpenAsync(parts: options), await OpenAsync(parts: options) };
        for (var i = 0; i < 12; i++)
            await hosts[i % 2].Parts.AppendAsync(Run, Part, Ok($"q{i}"), Cancelled);

        // A host with other limits reads and goes on all the same.
        var other = await OpenAsync();
        await other.Parts.AppendAsync(Run, Part, [Ok("q12"), Ok("q3", "again")], Cancelled);
        foreach (var host in hosts.Append(other).Append(await OpenAsync()))
        {
            var lines = await ListAsync(host.Parts.ReadShardAsync(Run, Part, Cancelled));
            Assert.Equal(Enumerable.Range(0, 13).Select(i => $"q{i}"), lines.Select(line => line.Key.QuestionId));
            Assert.All(lines, line => Assert.Equal("fine", TextOf(line)));
            Assert.Equal("fine", TextOf(await host.Parts.FindAsync(Run, Part, RecordKey.ForAnswer("q3", "m"), Cancelled)));
        }

        Assert.NotEmpty(await RawAsync("runs/run-1/parts/p~s5.jsonl"));
    }

    [Fact]
    public async Task Append_StorageLostSegments_LinesOfAllAreWrittenAgain()
    {
        var store = await OpenAsync(parts: new PartsOptions { MaxSegmentBlocks = 3 });
        for (var i = 0; i < 7; i++)
            await store.Parts.AppendAsync(Run, Part, Ok($"q{i}"), Cancelled);
        var container = await ContainerAsync();
        foreach (var segment in new[] { "~s1", "~s2", "~s3" })
            await container.DeleteBlobIfExistsAsync($"runs/run-1/parts/p{segment}.jsonl", cancellationToken: Cancelled);

        await store.Parts.AppendAsync(Run, Part, Ok("q7"), Cancelled);

        Assert.Equal(8, (await ListAsync((await OpenAsync()).Parts.ReadShardAsync(Run, Part, Cancelled))).Count);
    }

    /// <summary>What an emulator does that is killed: it wakes up with an older state.</summary>
    private async Task RollBackAsync(int lines)
    {
        var old = string.Concat((await RawAsync(Path)).Split('\n').Take(lines).Select(line => line + "\n"));
        await (await ContainerAsync()).GetAppendBlobClient(Path).DeleteAsync(cancellationToken: Cancelled);
        if (old.Length > 0)
            await AppendRawAsync(Path, old);
    }

    private static async Task<(IReadOnlyList<string> Questions, IReadOnlyList<DamagedLine> Damaged)> ReadAsync(ArenaContainer store)
    {
        var damaged = new List<DamagedLine>();
        var read = await ListAsync(store.Parts.ReadPlacedAsync(Run, [Part], Cancelled, damaged.Add));
        return ([.. read.Select(placed => placed.Line.Key.QuestionId)], damaged);
    }
}
