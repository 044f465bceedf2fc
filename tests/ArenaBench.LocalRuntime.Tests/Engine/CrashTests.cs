using ArenaBench.LocalRuntime.Engine;
using Microsoft.DurableTask.Client;

namespace ArenaBench.LocalRuntime.Tests.Engine;

/// <summary>The process dies, storage stays: at every single write, before it and after it.</summary>
public sealed class CrashTests
{
    [Theory]
    [InlineData(true, 2_000)]
    [InlineData(false, 2_000)]
    [InlineData(true, 0)]
    public async Task CrashAtEveryWrite_TheRunEnds_WithTheSameResult(bool beforeTheWrite, int maxLive)
    {
        for (var at = 1; ; at++)
        {
            var run = new SampleRun();
            await using var hub = run.Register(new TestHub { Options = new("test", 16, 8, maxLive) });
            var died = new TaskCompletionSource();
            async Task DieAsync(LogKey key, int number)
            {
                if (number < at)
                    return;
                died.TrySetResult();
                await Task.Delay(Timeout.Infinite, TestHub.Cancel);
            }

            if (beforeTheWrite)
                hub.Memory.BeforeAppend = DieAsync;
            else
                hub.Memory.AfterAppend = DieAsync;
            await hub.StartAsync();
            var begin = hub.BeginAsync("Run", id: "run");
            var end = hub.Client.WaitForInstanceCompletionAsync("run", true, TestHub.Cancel);
            if (await Task.WhenAny(died.Task, end) == end)
            {
                Assert.True(at > 10, $"Only {at} writes: the test does not test much.");
                return;
            }

            await hub.CrashAsync();
            (hub.Memory.BeforeAppend, hub.Memory.AfterAppend) = (null, null);
            await hub.StartAsync();
            if (await hub.Client.GetInstanceAsync("run", TestHub.Cancel) is null)
            {
                Assert.False(begin.IsCompletedSuccessfully, "An acknowledged start was lost.");
                continue;
            }

            var status = await hub.EndAsync("run");
            Assert.Equal(SampleRun.Total, status.ReadOutputAs<int>());
            Assert.Equal(SampleRun.Shards * SampleRun.Questions, run.Records.Count);
        }
    }

    [Fact]
    public async Task EndedInstances_AreNotRunAgain()
    {
        var run = new SampleRun();
        await using var hub = await run.Register(new TestHub()).StartAsync();
        await hub.RunAsync("Run", id: "run");
        var calls = run.Calls;
        for (var i = 0; i < 3; i++)
            await hub.RestartAsync();
        var status = await hub.StatusAsync("run");
        Assert.Equal(OrchestrationRuntimeStatus.Completed, status.RuntimeStatus);
        Assert.Equal(SampleRun.Total, status.ReadOutputAs<int>());
        Assert.StartsWith("""{"shard":""", status.SerializedCustomStatus, StringComparison.Ordinal);
        Assert.Equal(calls, run.Calls);
    }

    [Fact]
    public async Task LeftoversOfAnInterruptedCleanUp_AreDeleted()
    {
        await using var hub = await new TestHub().Orchestrator("Main", _ => Task.FromResult(1)).StartAsync();
        await hub.RunAsync("Main", id: "run");
        while (hub.Memory.Segments.Count > 0)
            await Task.Delay(1, TestHub.Cancel);
        await hub.CrashAsync();
        var sealedLog = (await hub.Memory.ReadSealedAsync("run", 1, TestHub.Cancel))!.Value.ToArray();
        hub.Memory.Edit(new LogKey("run", 1, 1), _ => sealedLog); // sealed, its segment not yet deleted
        hub.Memory.Edit(new LogKey("run", 2, 1), _ => []); // the next generation, made but never written
        hub.Memory.Edit(new LogKey("purged", 1, 2), _ => sealedLog); // purged but for its second segment
        await hub.StartAsync();
        while (hub.Memory.Segments.Count > 0)
            await Task.Delay(1, TestHub.Cancel);
        Assert.Equal("1", (await hub.StatusAsync("run")).SerializedOutput);
        Assert.Null(await hub.Client.GetInstanceAsync("purged", TestHub.Cancel));
        Assert.Equal("1", (await hub.RunAsync("Main", id: "run")).SerializedOutput);
    }

    [Fact]
    public async Task ActivityInFlight_RunsAgainAfterACrash()
    {
        var first = new TaskCompletionSource();
        await using var hub = new TestHub();
        hub.ActivityAsync<int, int>("Hang", async value =>
        {
            first.TrySetResult();
            if (hub.Calls("Hang") == 1)
                await Task.Delay(Timeout.Infinite, TestHub.Cancel);
            return value;
        }).Orchestrator("Main", async context => await context.CallActivityAsync<int>("Hang", 3));
        await hub.StartAsync();
        await hub.BeginAsync("Main", id: "run");
        await first.Task;
        await hub.RestartAsync();
        Assert.Equal(3, (await hub.EndAsync("run")).ReadOutputAs<int>());
        Assert.Equal(2, hub.Calls("Hang"));
    }

    [Fact]
    public async Task Stop_LetsFinishedWorkBecomeDurable()
    {
        await using var hub = await new TestHub()
            .Activity<int, int>("Double", value => value * 2)
            .Orchestrator("Main", async context =>
            {
                for (var i = 0; i < 1_000; i++)
                    await context.CallActivityAsync<int>("Double", i);
            }).StartAsync();
        await hub.BeginAsync("Main", id: "run");
        while (hub.Calls("Double") < 50)
            await Task.Delay(1, TestHub.Cancel);
        await hub.Engine.StopAsync(TestHub.Cancel);
        var done = hub.Calls("Double");
        await hub.StartAsync();
        await hub.EndAsync("run");
        Assert.InRange(hub.Calls("Double"), 1_000, 1_001);
        Assert.InRange(done, 50, 1_000);
    }
}
