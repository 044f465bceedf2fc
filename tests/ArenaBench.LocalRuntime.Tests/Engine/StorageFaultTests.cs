using ArenaBench.LocalRuntime.Engine;
using Microsoft.DurableTask.Client;

namespace ArenaBench.LocalRuntime.Tests.Engine;

/// <summary>Storage fails, answers too late, or comes back older than it was; the process lives.</summary>
public sealed class StorageFaultTests
{
    private static readonly Exception s_cause = new IOException("cut");

    private static async Task AssertWholeAsync(TestHub hub, SampleRun run)
    {
        var status = await hub.EndAsync("run");
        Assert.True(status.RuntimeStatus == OrchestrationRuntimeStatus.Completed, status.SerializedOutput);
        Assert.Equal(SampleRun.Total, status.ReadOutputAs<int>());
        Assert.Equal(SampleRun.Shards * SampleRun.Questions, run.Records.Count);
        await hub.RestartAsync();
        Assert.Equal(SampleRun.Total, (await hub.StatusAsync("run")).ReadOutputAs<int>());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task EveryThirdWriteFails_BeforeOrAfterItHappened_NothingIsLostOrDoubled(bool before)
    {
        var run = new SampleRun();
        await using var hub = run.Register(new TestHub());
        Task Fail(LogKey key, int number) => number % 3 == 0
            ? Task.FromException(new StorageUnavailableException("busy", s_cause))
            : Task.CompletedTask;
        if (before)
            hub.Memory.BeforeAppend = Fail;
        else
            hub.Memory.AfterAppend = Fail;
        await hub.StartAsync();
        await hub.BeginAsync("Run", id: "run");
        await AssertWholeAsync(hub, run);
        Assert.Equal(SampleRun.Shards * SampleRun.Questions, run.Calls);
    }

    [Fact]
    public async Task LostStorage_ThatComesBackAsItWas_IsGoneOnWith()
    {
        var run = new SampleRun();
        await using var hub = run.Register(new TestHub());
        hub.Memory.BeforeAppend = (_, number) => number is >= 8 and < 14
            ? Task.FromException(new StorageLostException("refused", s_cause))
            : Task.CompletedTask;
        await hub.StartAsync();
        await hub.BeginAsync("Run", id: "run");
        await AssertWholeAsync(hub, run);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(false, 4)]
    [InlineData(false, 100)]
    [InlineData(true, 1)]
    [InlineData(true, 4)]
    [InlineData(true, 100)]
    public async Task StorageGoesBackInTime_AtAnyMoment_TheRunStillEndsWhole(bool withTheRecords, int back)
    {
        for (var at = 3; ; at += 2)
        {
            var run = new SampleRun();
            await using var hub = run.Register(new TestHub());
            var storage = hub.Memory;
            var past = new Queue<(object Logs, object Records)>();
            var went = false;
            Task GoBackAsync(LogKey key, int number)
            {
                lock (past)
                {
                    past.Enqueue((storage.Snapshot(), run.Snapshot()));
                    if (past.Count > back)
                        past.Dequeue();
                    if (number < at || went)
                        return Task.CompletedTask;
                    went = true;
                    var (logs, records) = past.Peek();
                    if (withTheRecords)
                    {
                        run.Restore(records);
                        return Task.FromException(storage.Die(logs));
                    }

                    // Without an outage to be noticed: only the logs disagree.
                    storage.Restore(logs);
                    return Task.CompletedTask;
                }
            }

            storage.BeforeAppend = GoBackAsync;
            await hub.StartAsync();
            await hub.BeginAsync("Run", id: "run");
            await AssertWholeAsync(hub, run);
            if (!went)
                return;
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Everything_Together_ManyTimes(int seed)
    {
        var random = new Random(seed);
        var run = new SampleRun();
        await using var hub = run.Register(new TestHub { Options = new("test", 16, 8, seed % 3, MaxBlocksPerSegment: 3) });
        var storage = hub.Memory;
        var snapshot = (Logs: storage.Snapshot(), Records: run.Snapshot());
        var troubles = 40;
        storage.BeforeAppend = (_, _) =>
        {
            lock (random)
            {
                if (troubles == 0)
                    return Task.CompletedTask;
                switch (random.Next(12))
                {
                    case 0:
                        troubles--;
                        return Task.FromException(new StorageUnavailableException("busy", s_cause));
                    case 1:
                        troubles--;
                        return Task.FromException(new StorageLostException("refused", s_cause));
                    case 2:
                        snapshot = (storage.Snapshot(), run.Snapshot());
                        break;
                    case 3:
                        troubles--;
                        run.Restore(snapshot.Records);
                        return Task.FromException(storage.Die(snapshot.Logs));
                }

                return Task.CompletedTask;
            }
        };
        storage.AfterAppend = (_, _) =>
        {
            lock (random)
            {
                return troubles > 0 && random.Next(10) == 0
                    ? Task.FromException(new StorageUnavailableException("answer lost", s_cause))
                    : Task.CompletedTask;
            }
        };
        await hub.StartAsync();
        await hub.BeginAsync("Run", id: "run");
        await AssertWholeAsync(hub, run);
    }

    [Fact]
    public async Task FullSegments_GoOnInTheNext_AndAreSealedIntoOne()
    {
        await using var hub = new TestHub { Options = new("test", 4, 4, MaxBlocksPerSegment: 3) };
        hub.Activity<int, int>("Double", value => value * 2).Orchestrator("Main", async context =>
        {
            var sum = 0;
            for (var i = 0; i < 20; i++)
                sum += await context.CallActivityAsync<int>("Double", i);
            await context.WaitForExternalEvent<int>("go");
            return sum;
        });
        await hub.StartAsync();
        await hub.BeginAsync("Main", id: "run");
        while (hub.Calls("Double") < 20)
            await Task.Delay(1, TestHub.Cancel);
        await hub.RestartAsync();
        Assert.True(hub.Memory.Segments.Count >= 6, $"{hub.Memory.Segments.Count} segments");
        await hub.Client.RaiseEventAsync("run", "go", 1, TestHub.Cancel);
        Assert.Equal(380, (await hub.EndAsync("run")).ReadOutputAs<int>());
        Assert.NotEmpty((await hub.Engine.ReadHistoryAsync("run", TestHub.Cancel))!);
        while (hub.Memory.Segments.Count > 0)
            await Task.Delay(1, TestHub.Cancel);
        Assert.Equal(("run", 1), Assert.Single(hub.Memory.Sealed));
        var sealedHistory = await hub.Engine.ReadHistoryAsync("run", TestHub.Cancel);
        Assert.Equal(43, sealedHistory!.Count(line => line is IncomingEvent) + sealedHistory!.Count(line => line is TaskScheduled));
        await hub.RestartAsync();
        Assert.Equal(380, (await hub.StatusAsync("run")).ReadOutputAs<int>());
    }
}
