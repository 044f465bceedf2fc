using ArenaBench.LocalRuntime.Engine;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace ArenaBench.LocalRuntime.Tests.Engine;

public sealed class ChildrenTests
{
    private static TestHub Hub() => new TestHub()
        .Activity<int, int>("Double", value => value * 2)
        .Orchestrator("Child", context => context.CallActivityAsync<int>("Double", context.GetInput<int>()))
        .Orchestrator("Waiting", context => context.WaitForExternalEvent<int>("go"))
        .Orchestrator("Bad", context => Task.FromException(new InvalidDataException("bad child")));

    private static async Task<T> CallAs<T>(TaskOrchestrationContext context, string name, object? input, string id) =>
        await context.CallSubOrchestratorAsync<T>(name, input, new SubOrchestrationOptions(instanceId: id));

    [Fact]
    public async Task Child_ReturnsItsResult_AndKnowsItsParent()
    {
        await using var hub = await Hub()
            .Orchestrator("Kin", context => Task.FromResult($"{context.Parent!.Name}/{context.Parent.InstanceId}/{context.InstanceId}"))
            .Orchestrator("Main", context => CallAs<string>(context, "Kin", null, "main:m03:s012"))
            .StartAsync();
        Assert.Equal("Main/main/main:m03:s012", (await hub.RunAsync("Main", id: "main")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Child_Fails_ParentSeesTaskFailedException()
    {
        await using var hub = await Hub().Orchestrator("Main", context => context.CallSubOrchestratorAsync("Bad")).StartAsync();
        var status = await hub.RunAsync("Main");
        Assert.Equal(
            "Microsoft.DurableTask.TaskFailedException: Task 'Bad' (#0) failed with an unhandled exception: bad child",
            status.ReadOutputAs<string>());
        Assert.True(status.FailureDetails!.InnerFailure!.IsCausedBy<InvalidDataException>());
    }

    [Fact]
    public async Task UnnamedChildren_HaveDeterministicDistinctIds()
    {
        await using var hub = await Hub().Orchestrator("Main", context => Task.WhenAll(
            context.CallSubOrchestratorAsync<int>("Child", 1), context.CallSubOrchestratorAsync<int>("Child", 2))).StartAsync();
        var id = await hub.BeginAsync("Main");
        Assert.Equal("[2,4]", (await hub.EndAsync(id)).SerializedOutput);
        var history = await hub.Engine.ReadHistoryAsync(id, TestHub.Cancel);
        var ids = history!.OfType<ChildScheduled>().Select(child => child.InstanceId).ToList();
        Assert.Equal(2, ids.Distinct().Count());
        Assert.All(ids, child => Assert.True(Guid.TryParseExact(child, "N", out _)));
        Assert.Equal(2, ReplayVerifier.Verify(history!, hub.Function("Main")) - 1);
    }

    [Fact]
    public async Task ChildStatus_IsVisibleWhileTheParentWaits()
    {
        await using var hub = await Hub()
            .Orchestrator("Slow", async context =>
            {
                context.SetCustomStatus(new { done = 3 });
                await context.WaitForExternalEvent<int>("go");
            })
            .Orchestrator("Main", context => CallAs<object>(context, "Slow", null, "main:s1"))
            .StartAsync();
        await hub.BeginAsync("Main", id: "main");
        await hub.Engine.Hub.WaitAsync("main:s1", status => status.CustomStatus is not null, TestHub.Cancel);
        var child = await hub.StatusAsync("main:s1");
        Assert.Equal("""{"done":3}""", child.SerializedCustomStatus);
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await hub.StatusAsync("main")).RuntimeStatus);
    }

    [Fact]
    public async Task SameIdAgain_AfterItEnded_RunsAnew()
    {
        await using var hub = await Hub().Orchestrator("Main", async context =>
            await CallAs<int>(context, "Child", 1, "kid") + await CallAs<int>(context, "Child", 10, "kid")).StartAsync();
        Assert.Equal(22, (await hub.RunAsync("Main")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task EndedChild_IsSealedLater_UnlessItIsPurgedBefore()
    {
        await using var hub = Hub().Orchestrator("Main", async context =>
            await CallAs<int>(context, "Child", 1, "kept") + await CallAs<int>(context, "Child", 10, "purged"));
        hub.Options = hub.Options with { SealChildrenAfter = TimeSpan.FromSeconds(1) };
        await hub.StartAsync();
        await hub.RunAsync("Main", id: "main");
        Assert.Equal(1, (await hub.Client.PurgeInstanceAsync("purged", TestHub.Cancel)).PurgedInstanceCount);
        Assert.DoesNotContain(hub.Memory.Segments, key => key.InstanceId == "purged");

        while (hub.Memory.Sealed.All(one => one.Id != "kept") || hub.Memory.Segments.Any(key => key.InstanceId == "kept"))
            await Task.Delay(20, TestHub.Cancel);

        Assert.Null(await hub.Client.GetInstanceAsync("purged", TestHub.Cancel));
        Assert.DoesNotContain(hub.Memory.Sealed, one => one.Id == "purged");
        Assert.Equal(2, (await hub.StatusAsync("kept")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task EndedChild_NotYetSealed_EndsTheSameAfterACrash()
    {
        await using var hub = Hub().Orchestrator("Main", context => CallAs<int>(context, "Child", 1, "kid"));
        hub.Options = hub.Options with { SealChildrenAfter = TimeSpan.FromHours(1) };
        await hub.StartAsync();
        await hub.RunAsync("Main", id: "main");
        Assert.DoesNotContain(hub.Memory.Sealed, one => one.Id == "kid");

        await hub.RestartAsync();

        Assert.Equal((2, 1), ((await hub.StatusAsync("kid")).ReadOutputAs<int>(), hub.Calls("Double")));
        Assert.Equal(1, (await hub.Client.PurgeInstanceAsync("kid", TestHub.Cancel)).PurgedInstanceCount);
        await hub.RestartAsync();
        Assert.Null(await hub.Client.GetInstanceAsync("kid", TestHub.Cancel));
    }

    [Fact]
    public async Task SameIdTwiceAtOnce_Fails()
    {
        await using var hub = await Hub().Orchestrator("Main", context => Task.WhenAll(
            CallAs<int>(context, "Waiting", null, "kid"), CallAs<int>(context, "Waiting", null, "kid"))).StartAsync();
        await hub.BeginAsync("Main", id: "main");
        await hub.Engine.Hub.WaitAsync("kid", status => true, TestHub.Cancel);
        await hub.Client.RaiseEventAsync("kid", "go", 1, TestHub.Cancel);
        Assert.Contains("called again", (await hub.EndAsync("main")).ReadOutputAs<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task IdOfARunningStranger_FailsTheCall()
    {
        await using var hub = await Hub().Orchestrator("Main", context => CallAs<int>(context, "Child", 1, "stranger")).StartAsync();
        await hub.BeginAsync("Waiting", id: "stranger");
        Assert.Contains("already exists", (await hub.RunAsync("Main")).ReadOutputAs<string>(), StringComparison.Ordinal);
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await hub.StatusAsync("stranger")).RuntimeStatus);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Terminate_ReachesChildren_WhenRecursive(bool recursive)
    {
        await using var hub = await Hub().Orchestrator("Main", context => CallAs<int>(context, "Waiting", null, "kid")).StartAsync();
        await hub.BeginAsync("Main", id: "main");
        await hub.Client.WaitForInstanceStartAsync("kid", TestHub.Cancel);
        await hub.Client.TerminateInstanceAsync("main", new TerminateInstanceOptions("enough", recursive), TestHub.Cancel);
        var status = await hub.EndAsync("main");
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, status.RuntimeStatus);
        Assert.Equal("enough", status.ReadOutputAs<string>());
        if (recursive)
            Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await hub.EndAsync("kid")).RuntimeStatus);
        else
            Assert.Equal(OrchestrationRuntimeStatus.Running, (await hub.StatusAsync("kid")).RuntimeStatus);
    }

    [Fact]
    public async Task TerminatedChild_FailsTheParentsCall()
    {
        await using var hub = await Hub().Orchestrator("Main", context => CallAs<int>(context, "Waiting", null, "kid")).StartAsync();
        await hub.BeginAsync("Main", id: "main");
        await hub.Client.WaitForInstanceStartAsync("kid", TestHub.Cancel);
        await hub.Client.TerminateInstanceAsync("kid", TestHub.Cancel);
        Assert.Contains("'kid' was terminated", (await hub.EndAsync("main")).ReadOutputAs<string>(), StringComparison.Ordinal);
    }
}
