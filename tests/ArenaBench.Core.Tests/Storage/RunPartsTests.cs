using System.Text.Json;
using ArenaBench.Core.Records;
using ArenaBench.Core.Storage;
using ArenaBench.Testing;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Time.Testing;

namespace ArenaBench.Core.Tests.Storage;

public sealed class RunPartsTests(AzuriteFixture azurite) : StorageTest(azurite)
{
    private const string Run = "run-1";
    private const string Part = "m00-s000";
    private const string Path = "runs/run-1/parts/m00-s000.jsonl";

    [Fact]
    public async Task Append_Records_AreFoundHereAndByAHostThatStartsLater()
    {
        var store = await OpenAsync();
        await store.Parts.AppendAsync(Run, Part, [Ok("a"), Failed("b")], Cancelled);

        foreach (var host in new[] { store, await OpenAsync() })
        {
            Assert.Equal("fine", TextOf(await host.Parts.FindAsync(Run, Part, RecordKey.ForAnswer("a", "m"), Cancelled)));
            var failed = await host.Parts.FindAsync(Run, Part, RecordKey.ForAnswer("b", "m"), Cancelled);
            Assert.Equal((RecordStatus.Timeout, "no answer"), (failed!.Status, failed.Reason));
            Assert.Null(await host.Parts.FindAsync(Run, Part, RecordKey.ForAnswer("c", "m"), Cancelled));
            Assert.Null(await host.Parts.FindAsync(Run, "m00-s001", RecordKey.ForAnswer("a", "m"), Cancelled));
        }
    }

    [Fact]
    public async Task Append_ManyAtOnce_ShareBlocks()
    {
        var store = await OpenAsync();
        await Task.WhenAll(Enumerable.Range(0, 500).Select(i => store.Parts.AppendAsync(Run, Part, Ok($"q{i}"), Cancelled)));

        Assert.Equal(500, (await RawAsync(Path)).Count(c => c == '\n'));
        BlobProperties properties = await (await ContainerAsync()).GetBlobClient(Path).GetPropertiesAsync(cancellationToken: Cancelled);
        Assert.InRange(properties.BlobCommittedBlockCount, 1, 100);
    }

    [Fact]
    public async Task Append_ToMorePartsThanMayBeWrittenAtOnce_TheOthersWait_AndWriteTogetherWhatWaited()
    {
        var let = new TaskCompletionSource();
        var appends = 0;
        var held = new FaultPolicy((_, _) => Fault.None)
        {
            Hold = request =>
            {
                if (!request.Uri.Query.Contains("comp=appendblock", StringComparison.Ordinal))
                    return Task.CompletedTask;
                Interlocked.Increment(ref appends);
                return let.Task;
            },
        };
        var store = await OpenAsync(held, new PartsOptions { MaxAppends = 2 });
        Task[] AppendToAll(string question) => [.. Enumerable.Range(0, 5).Select(part => store.Parts.AppendAsync(Run, $"m00-s{part:000}", Ok(question), Cancelled))];

        var first = AppendToAll("a");
        while (Volatile.Read(ref appends) < 2)
            await Task.Delay(1, Cancelled);
        var second = AppendToAll("b");
        await Task.Delay(50, Cancelled);
        Assert.Equal(2, Volatile.Read(ref appends));

        let.SetResult();
        await Task.WhenAll([.. first, .. second]);
        Assert.Equal((2 * 2) + (3 * 1), appends);
    }

    [Fact]
    public async Task Append_MoreThanABlockHolds_GoesIntoSeveral()
    {
        var store = await OpenAsync(parts: new PartsOptions { MaxBlockBytes = 1000 });
        await store.Parts.AppendAsync(Run, Part, [.. Enumerable.Range(0, 20).Select(i => Ok($"q{i}", new string('x', i == 7 ? 5000 : 100)))], Cancelled);

        Assert.Equal(20, (await ListAsync((await OpenAsync()).Parts.ReadShardAsync(Run, Part, Cancelled))).Count);
    }

    [Fact]
    public async Task Append_SeveralOfOneKey_FirstRecordCountsAndIsStoredOnce()
    {
        var store = await OpenAsync();
        foreach (var line in new[] { Failed("a", "one"), Failed("a", "two"), Ok("a", "first"), Ok("a", "second"), Failed("a", "late") })
            await store.Parts.AppendAsync(Run, Part, line, Cancelled);
        await store.Parts.AppendAsync(Run, Part, [Failed("b", "one"), Failed("b", "two"), Ok("c", "1"), Ok("c", "2")], Cancelled);

        foreach (var host in new[] { store, await OpenAsync() })
        {
            var lines = await ListAsync(host.Parts.ReadShardAsync(Run, Part, Cancelled));
            Assert.Equal(["first", "two", "1"], lines.Select(line => TextOf(line) ?? line.Reason));
            Assert.Equal("first", TextOf(await host.Parts.FindAsync(Run, Part, RecordKey.ForAnswer("a", "m"), Cancelled)));
        }

        Assert.DoesNotContain("second", await RawAsync(Path));
    }

    [Fact]
    public async Task Append_ARecordThatAnotherHostStored_LeavesTheirs()
    {
        var (one, other) = (await OpenAsync(), await OpenAsync());
        Assert.Null(await other.Parts.FindAsync(Run, Part, RecordKey.ForAnswer("a", "m"), Cancelled));
        await one.Parts.AppendAsync(Run, Part, Ok("a", "theirs"), Cancelled);
        await other.Parts.AppendAsync(Run, Part, [Ok("a", "ours"), Ok("b", "ours")], Cancelled);

        Assert.Equal("theirs", TextOf(await other.Parts.FindAsync(Run, Part, RecordKey.ForAnswer("a", "m"), Cancelled)));
        Assert.Equal(2, (await RawAsync(Path)).Count(c => c == '\n'));
    }

    [Fact]
    public async Task Find_WhatAnotherHostStored_IsSeenOnceKnowledgeIsOld()
    {
        var time = new FakeTimeProvider();
        var alone = await OpenAsync(parts: new PartsOptions { RefreshAfter = Timeout.InfiniteTimeSpan }, time: time);
        var host = await OpenAsync(parts: new PartsOptions { RefreshAfter = TimeSpan.FromSeconds(10) }, time: time);
        var key = RecordKey.ForAnswer("a", "m");
        Assert.Null(await alone.Parts.FindAsync(Run, Part, key, Cancelled));
        Assert.Null(await host.Parts.FindAsync(Run, Part, key, Cancelled));
        var other = await OpenAsync();
        await other.Parts.AppendAsync(Run, Part, Ok("a"), Cancelled);

        time.Advance(TimeSpan.FromSeconds(9));
        Assert.Null(await host.Parts.FindAsync(Run, Part, key, Cancelled));
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.NotNull(await host.Parts.FindAsync(Run, Part, key, Cancelled));
        Assert.Null(await alone.Parts.FindAsync(Run, Part, key, Cancelled));
    }

    [Theory]
    [InlineData(Fault.After)]
    [InlineData(Fault.TimeoutAfter)]
    public async Task Append_WhoseAnswerWasLost_IsFoundByWhoeverWaitedForIt(Fault fault)
    {
        var once = 1;
        var store = await OpenAsync(new FaultPolicy((_, request) =>
            request.Uri.Query.Contains("comp=appendblock", StringComparison.Ordinal) && Interlocked.Exchange(ref once, 0) == 1 ? fault : Fault.None));
        var key = RecordKey.ForAnswer("a", "m");
        Assert.Null(await store.Parts.FindAsync(Run, Part, key, Cancelled));

        await store.Parts.AppendAsync(Run, Part, Ok("a"), Cancelled);

        Assert.NotNull(await store.Parts.FindAsync(Run, Part, key, Cancelled));
        Assert.Equal(1, (await RawAsync(Path)).Count(c => c == '\n'));
    }

    [Theory]
    [InlineData("""{"question_id":"q","text":"half \ud83d of a pair","rating":7.0,"big":12345678901234567890123}""")]
    [InlineData("""{ "text" : "spaces  stay, \u00e9 and é too, trailing \n  " , "x":[1, 2.50] }""")]
    public async Task Append_Record_StaysByteForByte(string json)
    {
        var line = Ok("a") with { Record = JsonElement.Parse(json) };
        await (await OpenAsync()).Parts.AppendAsync(Run, Part, line, Cancelled);

        Assert.Contains(json, await RawAsync(Path));
        var read = await (await OpenAsync()).Parts.FindAsync(Run, Part, line.Key, Cancelled);
        Assert.Equal(json, read!.Record!.Value.GetRawText());
        Assert.Equal(line with { Record = null }, read with { Record = null });
    }

    [Fact]
    public async Task Append_RecordOnSeveralLines_IsStoredOnOne()
    {
        await (await OpenAsync()).Parts.AppendAsync(Run, Part, Ok("a") with { Record = JsonElement.Parse("{\n  \"text\": \"x\"\r\n}") }, Cancelled);

        Assert.Equal("x", TextOf(Assert.Single(await ListAsync((await OpenAsync()).Parts.ReadShardAsync(Run, Part, Cancelled)))));
        Assert.Equal(1, (await RawAsync(Path)).Count(c => c == '\n'));
    }

    [Theory]
    [InlineData(1, 64 << 20)] // parts closed again and again
    [InlineData(1024, 0)] // no text in memory
    public async Task Reading_WithLittleMemory_FindsTheSame(int open, long cache)
    {
        var store = await OpenAsync(parts: new PartsOptions { MaxOpen = open, CacheBytes = cache });
        for (var i = 0; i < 30; i++)
            await store.Parts.AppendAsync(Run, $"p{i % 3}", Ok($"q{i}", $"text {i}"), Cancelled);

        for (var i = 0; i < 30; i++)
            Assert.Equal($"text {i}", TextOf(await store.Parts.FindAsync(Run, $"p{i % 3}", RecordKey.ForAnswer($"q{i}", "m"), Cancelled)));
        var all = await ListAsync(store.Parts.ReadAllAsync(Run, Cancelled));
        Assert.Equal(30, all.Select(placed => placed.Line.Key).Distinct().Count());
        foreach (var placed in all)
            Assert.Equal(TextOf(placed.Line), TextOf(await store.Parts.ReadAsync(Run, placed.Place, Cancelled)));
    }

    [Fact]
    public async Task Read_PlaceThatIsNone_IsNull()
    {
        var store = await OpenAsync();
        await store.Parts.AppendAsync(Run, Part, Ok("a"), Cancelled);

        Assert.Null(await store.Parts.ReadAsync(Run, new RecordPlace(Part, 0, 5, 20), Cancelled));
        Assert.Null(await store.Parts.ReadAsync(Run, new RecordPlace(Part, 0, 5000, 20), Cancelled));
        Assert.Null(await store.Parts.ReadAsync(Run, new RecordPlace("none", 0, 0, 20), Cancelled));
    }

    [Fact]
    public async Task List_PartsOfARun_NamesEachOnce()
    {
        var store = await OpenAsync(parts: new PartsOptions { MaxSegmentBlocks = 2 });
        foreach (var part in new[] { "m01-s000", "a2-m00-s000", "m00-settled" })
        {
            for (var i = 0; i < 4; i++)
                await store.Parts.AppendAsync(Run, part, Ok($"q{i}"), Cancelled);
        }

        Assert.Equal(["a2-m00-s000", "m00-settled", "m01-s000"], await ListAsync(store.Parts.ListAsync(Run, Cancelled)));
        Assert.Empty(await ListAsync(store.Parts.ListAsync("run-10", Cancelled)));
    }

    [Theory]
    [InlineData("../bench")]
    [InlineData("")]
    [InlineData("Run")]
    [InlineData("a/b")]
    public async Task AnyCall_RunIdThatLeadsElsewhere_IsRefused(string run)
    {
        var store = await OpenAsync();
        await Assert.ThrowsAsync<ArgumentException>(async () => await store.Parts.AppendAsync(run, Part, Ok("a"), Cancelled));
        await Assert.ThrowsAsync<ArgumentException>(async () => await store.Runs.ReadAsync(run, "spec.json", Cancelled));
    }
}
