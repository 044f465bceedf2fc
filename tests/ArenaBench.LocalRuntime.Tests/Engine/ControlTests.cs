using ArenaBench.LocalRuntime.Engine;
using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace ArenaBench.LocalRuntime.Tests.Engine;

public sealed class ControlTests
{
    private static TestHub Hub() => new TestHub()
        .Activity<int, int>("Double", value => value * 2)
        .Orchestrator("Quick", context => Task.FromResult(context.GetInput<int>()))
        .Orchestrator("Waiting", async context =>
        {
            var got = await context.WaitForExternalEvent<int>("go");
            return await context.CallActivityAsync<int>("Double", got);
        });

    [Fact]
    public async Task IdInUse_CannotBeStartedAgain_AfterTheEndItCan()
    {
        await using var hub = await Hub().StartAsync();
        await hub.BeginAsync("Waiting", id: "run");
        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(() => hub.BeginAsync("Quick", 1, "run"));
        await hub.Client.TerminateInstanceAsync("run", TestHub.Cancel);
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await hub.EndAsync("run")).RuntimeStatus);
        Assert.Equal("7", (await hub.RunAsync("Quick", 7, "run")).SerializedOutput);
        await hub.RestartAsync();
        Assert.Equal("7", (await hub.StatusAsync("run")).SerializedOutput);
    }

    [Fact]
    public async Task ManyStartsOfOneId_ExactlyOneWins()
    {
        await using var hub = await Hub().StartAsync();
        var starts = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            try
            {
                return await hub.BeginAsync("Waiting", id: "run");
            }
            catch (OrchestrationAlreadyExistsException)
            {
                return null;
            }
        }));
        Assert.Single(starts, id => id is not null);
    }

    [Theory]
    [InlineData("@entity")]
    [InlineData("a/b")]
    [InlineData("a#b")]
    [InlineData("a\nb")]
    [InlineData("")]
    public async Task BadIds_AreRefused(string id)
    {
        await using var hub = await Hub().StartAsync();
        await Assert.ThrowsAsync<ArgumentException>(() => hub.BeginAsync("Quick", 1, id));
        await Assert.ThrowsAsync<ArgumentException>(() => hub.BeginAsync("Quick", 1, new string('x', 101)));
    }

    [Fact]
    public async Task Suspend_HoldsEverything_ResumeCatchesUp_AlsoAcrossARestart()
    {
        await using var hub = await Hub().StartAsync();
        await hub.BeginAsync("Waiting", id: "run");
        await hub.Client.SuspendInstanceAsync("run", "lunch", TestHub.Cancel);
        var suspended = await hub.StatusAsync("run");
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, suspended.RuntimeStatus);
        Assert.Equal("lunch", suspended.ReadOutputAs<string>());

        await hub.Client.RaiseEventAsync("run", "go", 21, TestHub.Cancel);
        await hub.RestartAsync();
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await hub.StatusAsync("run")).RuntimeStatus);
        Assert.Equal(0, hub.Calls("Double"));

        await hub.Client.ResumeInstanceAsync("run", "back", TestHub.Cancel);
        Assert.Equal(42, (await hub.EndAsync("run")).ReadOutputAs<int>());
        var history = await hub.Engine.ReadHistoryAsync("run", TestHub.Cancel);
        ReplayVerifier.Verify(history!, hub.Function("Waiting"));
    }

    [Fact]
    public async Task Suspend_InFlightActivityEnds_ItsResultWaits()
    {
        var gate = new TaskCompletionSource();
        await using var hub = Hub()
            .ActivityAsync<int, int>("Hold", async value =>
            {
                await gate.Task;
                return value;
            })
            .Orchestrator("Main", async context =>
                await context.CallActivityAsync<int>("Hold", 1) + await context.CallActivityAsync<int>("Double", 1));
        await hub.StartAsync();
        await hub.BeginAsync("Main", id: "run");
        await hub.Client.WaitForInstanceStartAsync("run", TestHub.Cancel);
        await hub.Client.SuspendInstanceAsync("run", TestHub.Cancel);
        gate.SetResult();
        while (!(await hub.Engine.ReadHistoryAsync("run", TestHub.Cancel))!.OfType<TaskCompleted>().Any())
            await Task.Delay(1, TestHub.Cancel);
        Assert.Equal(0, hub.Calls("Double"));
        await hub.Client.ResumeInstanceAsync("run", TestHub.Cancel);
        Assert.Equal(3, (await hub.EndAsync("run")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task SuspendedBeforeItBegan_BeginsWhenResumed()
    {
        await using var hub = await Hub().StartAsync();
        var start = new StartOrchestrationOptions("run", TimeProvider.System.GetUtcNow().AddMilliseconds(50));
        await hub.Client.ScheduleNewOrchestrationInstanceAsync("Quick", 3, start, TestHub.Cancel);
        await hub.Client.SuspendInstanceAsync("run", TestHub.Cancel);
        await Task.Delay(100, TestHub.Cancel);
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await hub.StatusAsync("run")).RuntimeStatus);
        await hub.Client.ResumeInstanceAsync("run", TestHub.Cancel);
        Assert.Equal(3, (await hub.EndAsync("run")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task Unknown_IsNull_PurgesNothing_CannotBeControlled()
    {
        await using var hub = await Hub().StartAsync();
        Assert.Null(await hub.Client.GetInstanceAsync("unknown", TestHub.Cancel));
        Assert.Equal(0, (await hub.Client.PurgeInstanceAsync("unknown", TestHub.Cancel)).PurgedInstanceCount);
        await Assert.ThrowsAsync<ArgumentException>(() => hub.Client.TerminateInstanceAsync("unknown", TestHub.Cancel));
        await Assert.ThrowsAsync<ArgumentException>(() => hub.Client.SuspendInstanceAsync("unknown", TestHub.Cancel));
        Assert.Null(await hub.Engine.ReadHistoryAsync("unknown", TestHub.Cancel));
    }

    [Fact]
    public async Task Purge_RemovesEndedInstances_AndTheirLogs_NotRunningOnes()
    {
        await using var hub = await Hub().StartAsync();
        await hub.RunAsync("Quick", 1, "ended");
        await hub.BeginAsync("Waiting", id: "running");
        Assert.Equal(1, (await hub.Client.PurgeInstanceAsync("ended", TestHub.Cancel)).PurgedInstanceCount);
        Assert.Equal(0, (await hub.Client.PurgeInstanceAsync("running", TestHub.Cancel)).PurgedInstanceCount);
        Assert.Null(await hub.Client.GetInstanceAsync("ended", TestHub.Cancel));
        Assert.DoesNotContain(hub.Memory.Segments, key => key.InstanceId == "ended");
        Assert.DoesNotContain(hub.Memory.Sealed, key => key.Id == "ended");
        await hub.RestartAsync();
        Assert.Null(await hub.Client.GetInstanceAsync("ended", TestHub.Cancel));
        Assert.Equal(2, (await hub.RunAsync("Quick", 2, "ended")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task PurgeAll_GoesByTheFilter()
    {
        await using var hub = await Hub().Orchestrator("Bad", context => Task.FromException(new InvalidDataException())).StartAsync();
        for (var i = 0; i < 5; i++)
            await hub.RunAsync("Quick", i);
        await hub.RunAsync("Bad");
        var filter = new PurgeInstancesFilter(Statuses: [OrchestrationRuntimeStatus.Completed]);
        Assert.Equal(5, (await hub.Client.PurgeAllInstancesAsync(filter, TestHub.Cancel)).PurgedInstanceCount);
        Assert.Single(await hub.Client.GetAllInstancesAsync().ToListAsync(TestHub.Cancel));
    }

    [Fact]
    public async Task Query_PagesInOrder_WithContinuation()
    {
        await using var hub = await Hub().StartAsync();
        for (var i = 0; i < 25; i++)
            await hub.RunAsync("Quick", i, $"run-{i:D2}");
        await hub.RunAsync("Quick", 1, "other");
        var query = new OrchestrationQuery(InstanceIdPrefix: "run-", PageSize: 10, FetchInputsAndOutputs: true);
        var pages = await hub.Client.GetAllInstancesAsync(query).AsPages().ToListAsync(TestHub.Cancel);
        Assert.Equal([10, 10, 5], pages.Select(page => page.Values.Count));
        Assert.Equal(Enumerable.Range(0, 25), pages.SelectMany(page => page.Values).Select(one => one.ReadInputAs<int>()));
        var rest = await hub.Client.GetAllInstancesAsync(query with { ContinuationToken = pages[1].ContinuationToken })
            .ToListAsync(TestHub.Cancel);
        Assert.Equal(5, rest.Count);
    }

    [Fact]
    public async Task Restart_RunsTheSameInputAgain()
    {
        await using var hub = await Hub().StartAsync();
        await hub.RunAsync("Quick", 9, "run");
        Assert.Equal("run", await hub.Client.RestartAsync("run", false, TestHub.Cancel));
        Assert.Equal(9, (await hub.EndAsync("run")).ReadOutputAs<int>());
        var other = await hub.Client.RestartAsync("run", true, TestHub.Cancel);
        Assert.NotEqual("run", other);
        Assert.Equal(9, (await hub.EndAsync(other)).ReadOutputAs<int>());
        await Assert.ThrowsAsync<ArgumentException>(() => hub.Client.RestartAsync("unknown", false, TestHub.Cancel));
    }

    [Fact]
    public async Task CustomStatus_OverSixteenKilobytes_Fails_AtTheLimitNot()
    {
        await using var hub = await Hub().Orchestrator("Main", context =>
        {
            context.SetCustomStatus(new string('x', context.GetInput<int>()));
            return Task.FromResult("kept");
        }).StartAsync();
        Assert.Equal("kept", (await hub.RunAsync("Main", 8190)).ReadOutputAs<string>());
        Assert.Contains("16384", (await hub.RunAsync("Main", 8191)).ReadOutputAs<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tags_AreKept()
    {
        await using var hub = await Hub().StartAsync();
        var options = new StartOrchestrationOptions("run") { Tags = new Dictionary<string, string> { ["team"] = "blue" } };
        await hub.Client.ScheduleNewOrchestrationInstanceAsync("Quick", 1, options, TestHub.Cancel);
        await hub.EndAsync("run");
        await hub.RestartAsync();
        Assert.Equal("blue", (await hub.StatusAsync("run")).Tags["team"]);
    }
}
