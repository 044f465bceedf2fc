using ArenaBench.LocalRuntime.Engine;

namespace ArenaBench.LocalRuntime.Tests.Engine;

public sealed class ContinueAsNewTests
{
    private static TestHub Hub(bool preserve = true) => new TestHub()
        .Activity<int, int>("Double", value => value * 2)
        .Orchestrator("Count", async context =>
        {
            var n = context.GetInput<int>();
            await context.CallActivityAsync<int>("Double", n);
            if (n < 5)
                context.ContinueAsNew(n + 1);
            return n;
        })
        .Orchestrator("Sum", async context =>
        {
            var (left, sum) = (context.GetInput<int[]>()![0], context.GetInput<int[]>()![1]);
            sum += await context.WaitForExternalEvent<int>("add");
            context.SetCustomStatus($"sum {sum}");
            if (left > 1)
                context.ContinueAsNew(new[] { left - 1, sum }, preserve);
            return sum;
        });

    [Fact]
    public async Task ContinuedInstance_KeepsItsId_ShowsTheNewestInput_DropsOldHistory()
    {
        await using var hub = await Hub().StartAsync();
        var status = await hub.RunAsync("Count", 1, "run");
        Assert.Equal(5, status.ReadOutputAs<int>());
        Assert.Equal(5, status.ReadInputAs<int>());
        Assert.Equal(5, hub.Calls("Double"));
        await hub.Engine.ReadHistoryAsync("run", TestHub.Cancel);
        Assert.All(hub.Memory.Segments, key => Assert.Equal(5, key.Generation));
    }

    [Fact]
    public async Task UnprocessedEvents_AreCarriedOver()
    {
        await using var hub = await Hub().StartAsync();
        await hub.BeginAsync("Sum", new[] { 4, 0 }, "run");
        await hub.Client.SuspendInstanceAsync("run", TestHub.Cancel);
        foreach (var n in new[] { 1, 2, 3, 4 })
            await hub.Client.RaiseEventAsync("run", "add", n, TestHub.Cancel);
        await hub.Client.ResumeInstanceAsync("run", TestHub.Cancel);
        Assert.Equal(10, (await hub.EndAsync("run")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task UnprocessedEvents_AreDropped_WhenNotPreserved()
    {
        await using var hub = await Hub(preserve: false).StartAsync();
        await hub.BeginAsync("Sum", new[] { 2, 0 }, "run");
        await hub.Client.SuspendInstanceAsync("run", TestHub.Cancel);
        foreach (var n in new[] { 1, 2, 3 })
            await hub.Client.RaiseEventAsync("run", "add", n, TestHub.Cancel);
        await hub.Client.ResumeInstanceAsync("run", TestHub.Cancel);
        await hub.Engine.Hub.WaitAsync("run", status => status.Generation == 2, TestHub.Cancel);
        Assert.Equal("sum 1", (await hub.StatusAsync("run")).ReadCustomStatusAs<string>());
        await hub.Client.RaiseEventAsync("run", "add", 40, TestHub.Cancel);
        Assert.Equal(41, (await hub.EndAsync("run")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task EventsRaisedMeanwhile_AreNotLost()
    {
        await using var hub = await Hub().StartAsync();
        await hub.BeginAsync("Sum", new[] { 50, 0 }, "run");
        await Task.WhenAll(Enumerable.Range(1, 50).Select(n => hub.Client.RaiseEventAsync("run", "add", n, TestHub.Cancel)));
        Assert.Equal(1275, (await hub.EndAsync("run")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task ChildThatContinues_StillAnswersItsParent()
    {
        await using var hub = await Hub()
            .Orchestrator("Main", context => context.CallSubOrchestratorAsync<int>("Count", 1))
            .StartAsync();
        Assert.Equal(5, (await hub.RunAsync("Main")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task ResultsOfOpenCalls_AreDropped()
    {
        var gate = new TaskCompletionSource();
        await using var hub = Hub()
            .ActivityAsync<int, int>("Hold", async value =>
            {
                await gate.Task;
                return value;
            })
            .Orchestrator("Main", async context =>
            {
                if (context.GetInput<int>() == 1)
                {
                    _ = context.CallActivityAsync<int>("Hold", 1);
                    await context.CallActivityAsync<int>("Double", 1);
                    context.ContinueAsNew(2);
                    return 0;
                }

                return await context.WaitForExternalEvent<int>("go");
            });
        await hub.StartAsync();
        await hub.BeginAsync("Main", 1, "run");
        await hub.Engine.Hub.WaitAsync("run", status => status.Generation == 2, TestHub.Cancel);
        gate.SetResult();
        await hub.Client.RaiseEventAsync("run", "go", 8, TestHub.Cancel);
        Assert.Equal(8, (await hub.EndAsync("run")).ReadOutputAs<int>());
        Assert.Empty((await hub.Engine.ReadHistoryAsync("run", TestHub.Cancel))!.OfType<TaskCompleted>());
    }
}
