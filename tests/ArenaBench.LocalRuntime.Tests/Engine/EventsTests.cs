using Microsoft.DurableTask.Client;

namespace ArenaBench.LocalRuntime.Tests.Engine;

public sealed class EventsTests
{
    private static TestHub Hub() => new TestHub()
        .Activity<int, int>("Double", value => value * 2)
        .Orchestrator("WaitInt", context => context.WaitForExternalEvent<int>("Number"));

    [Fact]
    public async Task Event_RaisedWhileWaiting_EndsTheWait_NameWithoutRegardToCase()
    {
        await using var hub = await Hub().StartAsync();
        var id = await hub.BeginAsync("WaitInt");
        await hub.Client.WaitForInstanceStartAsync(id, TestHub.Cancel);
        await hub.Client.RaiseEventAsync(id, "nUMBER", 5, TestHub.Cancel);
        Assert.Equal(5, (await hub.EndAsync(id)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task Events_RaisedBeforeTheWait_AreKept_InOrder()
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
                await context.CallActivityAsync<int>("Hold", 1);
                return new[]
                {
                    await context.WaitForExternalEvent<int>("a"), await context.WaitForExternalEvent<int>("b"),
                    await context.WaitForExternalEvent<int>("A"),
                };
            });
        await hub.StartAsync();
        var id = await hub.BeginAsync("Main");
        await hub.Client.RaiseEventAsync(id, "A", 1, TestHub.Cancel);
        await hub.Client.RaiseEventAsync(id, "a", 2, TestHub.Cancel);
        await hub.Client.RaiseEventAsync(id, "B", 3, TestHub.Cancel);
        await hub.RestartAsync();
        gate.SetResult();
        Assert.Equal("[1,3,2]", (await hub.EndAsync(id)).SerializedOutput);
    }

    [Fact]
    public async Task Events_OfMoreInstancesThanMayWriteAtOnce_TheOthersWait_AndWriteTogetherWhatWaited()
    {
        await using var hub = new TestHub { Options = new("test", 4, 4) { MaxConcurrentWrites = 2 } };
        hub.Orchestrator("Both", async context => await context.WaitForExternalEvent<int>("a") + await context.WaitForExternalEvent<int>("b"));
        await hub.StartAsync();
        string[] ids = [.. Enumerable.Range(0, 5).Select(number => $"i{number}")];
        foreach (var id in ids)
        {
            await hub.BeginAsync("Both", id: id);
            await hub.Client.WaitForInstanceStartAsync(id, TestHub.Cancel);
        }

        var let = new TaskCompletionSource();
        var before = hub.Memory.Appends;
        hub.Memory.BeforeAppend = (_, _) => let.Task;
        Task[] RaiseAtAll(string name) => [.. ids.Select(id => hub.Client.RaiseEventAsync(id, name, 1, TestHub.Cancel))];
        var first = RaiseAtAll("a");
        while (hub.Memory.Appends < before + 2)
            await Task.Delay(1, TestHub.Cancel);
        var second = RaiseAtAll("b");
        await Task.Delay(50, TestHub.Cancel);
        Assert.Equal(before + 2, hub.Memory.Appends);

        let.SetResult();
        await Task.WhenAll([.. first, .. second]);
        foreach (var id in ids)
            Assert.Equal(2, (await hub.EndAsync(id)).ReadOutputAs<int>());
        Assert.Equal(before + (2 * 2) + (3 * 1), hub.Memory.Appends);
    }

    [Fact]
    public async Task Wait_TimesOut_ThrowsTaskCanceled_AndLeavesNothingOpen()
    {
        await using var hub = await Hub().Orchestrator("Main", async context =>
        {
            try
            {
                return await context.WaitForExternalEvent<string>("never", TimeSpan.FromMilliseconds(20));
            }
            catch (TaskCanceledException)
            {
                return "timed out";
            }
        }).StartAsync();
        Assert.Equal("timed out", (await hub.RunAsync("Main")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Wait_EventInTime_CancelsItsTimer()
    {
        await using var hub = await Hub()
            .Orchestrator("Main", context => context.WaitForExternalEvent<string>("go", TimeSpan.FromHours(1)))
            .StartAsync();
        var id = await hub.BeginAsync("Main");
        await hub.Client.RaiseEventAsync(id, "go", "went", TestHub.Cancel);
        Assert.Equal("went", (await hub.EndAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task CancelledWait_DoesNotSwallowTheEvent()
    {
        await using var hub = await Hub().Orchestrator("Main", async context =>
        {
            using var cancel = new CancellationTokenSource();
            var abandoned = context.WaitForExternalEvent<string>("go", cancel.Token);
            await context.CallActivityAsync<int>("Double", 1);
            cancel.Cancel();
            context.SetCustomStatus("abandoned");
            return await context.WaitForExternalEvent<string>("go") + abandoned.IsCanceled;
        }).StartAsync();
        var id = await hub.BeginAsync("Main");
        await hub.Engine.Hub.WaitAsync(id, status => status.CustomStatus is not null, TestHub.Cancel);
        await hub.Client.RaiseEventAsync(id, "go", "went", TestHub.Cancel);
        Assert.Equal("wentTrue", (await hub.EndAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task TwoWaits_LatestIsServedFirst()
    {
        await using var hub = await Hub().Orchestrator("Main", async context =>
        {
            var first = context.WaitForExternalEvent<int>("n");
            var second = context.WaitForExternalEvent<int>("n");
            return new[] { await second, await first };
        }).StartAsync();
        var id = await hub.BeginAsync("Main");
        await hub.Client.RaiseEventAsync(id, "n", 1, TestHub.Cancel);
        await hub.Client.RaiseEventAsync(id, "n", 2, TestHub.Cancel);
        Assert.Equal("[1,2]", (await hub.EndAsync(id)).SerializedOutput);
    }

    [Fact]
    public async Task SameName_DifferentTypes_Fails()
    {
        await using var hub = await Hub().Orchestrator("Main", async context =>
        {
            var number = context.WaitForExternalEvent<int>("n");
            var text = context.WaitForExternalEvent<string>("n");
            await Task.WhenAll(number, text);
        }).StartAsync();
        Assert.StartsWith("System.ArgumentException", (await hub.RunAsync("Main")).ReadOutputAs<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text")]
    public async Task DataOfTheWrongKind_FailsTheOrchestration(string? data)
    {
        await using var hub = await Hub().StartAsync();
        var id = await hub.BeginAsync("WaitInt");
        await hub.Client.RaiseEventAsync(id, "Number", data, TestHub.Cancel);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await hub.EndAsync(id)).RuntimeStatus);
    }

    [Fact]
    public async Task NoData_AwaitedAsReference_IsNull()
    {
        await using var hub = await Hub()
            .Orchestrator("Main", async context => await context.WaitForExternalEvent<string?>("go") ?? "nothing")
            .StartAsync();
        var id = await hub.BeginAsync("Main");
        await hub.Client.RaiseEventAsync(id, "go", TestHub.Cancel);
        Assert.Equal("nothing", (await hub.EndAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task SendEvent_ReachesTheOtherInstance_Once_AlsoAcrossARestart()
    {
        await using var hub = await Hub()
            .Orchestrator("Receiver", async context =>
            {
                var first = await context.WaitForExternalEvent<int>("n");
                return first + await context.WaitForExternalEvent<int>("n");
            })
            .Orchestrator("Sender", async context =>
            {
                context.SendEvent("receiver", "n", 40);
                context.SendEvent("nobody", "n", 1);
                await context.WaitForExternalEvent<string>("go");
                context.SendEvent("receiver", "n", 2);
            })
            .StartAsync();
        await hub.BeginAsync("Receiver", id: "receiver");
        var sender = await hub.BeginAsync("Sender");
        await hub.Client.WaitForInstanceStartAsync(sender, TestHub.Cancel);
        await hub.RestartAsync();
        await hub.RestartAsync();
        var receiver = await hub.Client.WaitForInstanceStartAsync("receiver", TestHub.Cancel);
        Assert.Equal(OrchestrationRuntimeStatus.Running, receiver.RuntimeStatus);
        await hub.Client.RaiseEventAsync(sender, "go", "now", TestHub.Cancel);
        Assert.Equal(42, (await hub.EndAsync("receiver")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task Raise_UnknownOrEnded_Throws()
    {
        await using var hub = await Hub().Orchestrator("Main", context => Task.FromResult(1)).StartAsync();
        await Assert.ThrowsAsync<ArgumentException>(() => hub.Client.RaiseEventAsync("unknown", "n", 1, TestHub.Cancel));
        await hub.RunAsync("Main", id: "ended");
        await Assert.ThrowsAsync<InvalidOperationException>(() => hub.Client.RaiseEventAsync("ended", "n", 1, TestHub.Cancel));
    }
}
