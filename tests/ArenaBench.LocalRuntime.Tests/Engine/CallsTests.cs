using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace ArenaBench.LocalRuntime.Tests.Engine;

public sealed class CallsTests
{
    private static TestHub Hub() => new TestHub()
        .Activity<int, int>("Double", value => value * 2)
        .Activity<string, string>("Boom", value => throw new FileNotFoundException(value))
        .Activity<string?, string?>("Nothing", _ => null)
        .Activity<Colored, Colored>("Echo", value => value);

    public enum Color
    {
        Red,
        Green,
    }

    public sealed record Colored(Color Color, string Name);

    [Fact]
    public async Task Orchestration_CallsActivity_ReturnsItsResult()
    {
        await using var hub = await Hub()
            .Orchestrator("Main", async context => await context.CallActivityAsync<int>("double", context.GetInput<int>()))
            .StartAsync();
        var status = await hub.RunAsync("main", 21);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, status.RuntimeStatus);
        Assert.Equal(42, status.ReadOutputAs<int>());
        Assert.Equal(21, status.ReadInputAs<int>());
    }

    [Fact]
    public async Task Activity_BeginsWhileItsCallIsWritten_AndItsResultWaitsForTheWrite()
    {
        var (began, seen) = (new TaskCompletionSource(), new List<string>());
        await using var hub = new TestHub()
            .ActivityAsync<int, int>("Double", value =>
            {
                began.SetResult();
                return Task.FromResult(value * 2);
            })
            .Orchestrator("Main", async context =>
            {
                var doubled = await context.CallActivityAsync<int>("Double", 21);
                seen.Add("result");
                return doubled;
            });
        hub.Memory.BeforeAppend = async (_, number) =>
        {
            if (number != 2)
                return;
            await began.Task.WaitAsync(TestHub.Cancel);
            Assert.Empty(seen);
            seen.Add("written");
        };
        await hub.StartAsync();

        Assert.Equal(42, (await hub.RunAsync("Main")).ReadOutputAs<int>());

        Assert.Equal(["written", "result"], seen);
    }

    [Fact]
    public async Task Activity_WhoseCallWasNotWrittenBeforeACrash_RunsAgain()
    {
        var began = new TaskCompletionSource();
        await using var hub = new TestHub()
            .ActivityAsync<int, int>("Double", value =>
            {
                began.TrySetResult();
                return Task.FromResult(value * 2);
            })
            .Orchestrator("Main", context => context.CallActivityAsync<int>("Double", 21));
        hub.Memory.BeforeAppend = (_, number) => number == 2 ? Task.Delay(Timeout.Infinite, TestHub.Cancel) : Task.CompletedTask;
        await hub.StartAsync();
        await hub.BeginAsync("Main", id: "main");
        await began.Task.WaitAsync(TestHub.Cancel);

        hub.Memory.BeforeAppend = null;
        await hub.RestartAsync();

        Assert.Equal(42, (await hub.EndAsync("main")).ReadOutputAs<int>());
        Assert.Equal(2, hub.Calls("Double"));
    }

    [Fact]
    public async Task Data_NamesAsDeclared_EnumsAsNumbers_ReadWithoutRegardToCase()
    {
        await using var hub = await Hub()
            .Orchestrator("Main", context => context.CallActivityAsync<Colored>("Echo", new { color = 1, NAME = "leaf" }))
            .StartAsync();
        var status = await hub.RunAsync("Main");
        Assert.Equal("""{"Color":1,"Name":"leaf"}""", status.SerializedOutput);
    }

    [Fact]
    public async Task Activity_Fails_OrchestratorSeesTaskFailedException()
    {
        await using var hub = await Hub().Orchestrator("Main", async context =>
        {
            await context.CallActivityAsync<int>("Double", 1);
            try
            {
                await context.CallActivityAsync("Boom", "it broke");
                return "no failure";
            }
            catch (TaskFailedException failed)
            {
                return $"{failed.Message}|{failed.TaskName}|{failed.TaskId}|{failed.FailureDetails.ErrorMessage}|"
                    + failed.FailureDetails.IsCausedBy<IOException>();
            }
        }).StartAsync();
        var status = await hub.RunAsync("Main");
        Assert.Equal(
            "Task 'Boom' (#1) failed with an unhandled exception: it broke|Boom|1|it broke|True", status.ReadOutputAs<string>());
    }

    [Fact]
    public async Task Orchestrator_Throws_InstanceFailsWithTypeAndMessage()
    {
        await using var hub = await Hub().Orchestrator("Main", async context =>
        {
            await context.CallActivityAsync<int>("Double", 1);
            throw new InvalidDataException("wrong");
        }).StartAsync();
        var status = await hub.RunAsync("Main");
        Assert.Equal(OrchestrationRuntimeStatus.Failed, status.RuntimeStatus);
        Assert.Equal("System.IO.InvalidDataException: wrong", status.ReadOutputAs<string>());
        Assert.Equal("wrong", status.FailureDetails!.ErrorMessage);
    }

    [Fact]
    public async Task Orchestrator_LetsActivityFailureThrough_FailsWithItsMessageAndInnerDetails()
    {
        await using var hub = await Hub()
            .Orchestrator("Main", context => context.CallActivityAsync("Boom", "it broke"))
            .StartAsync();
        var status = await hub.RunAsync("Main");
        Assert.Equal(
            "Microsoft.DurableTask.TaskFailedException: Task 'Boom' (#0) failed with an unhandled exception: it broke",
            status.ReadOutputAs<string>());
        Assert.Equal("it broke", status.FailureDetails!.InnerFailure!.ErrorMessage);
    }

    [Fact]
    public async Task MissingActivity_FailsTheCall()
    {
        await using var hub = await Hub().Orchestrator("Main", context => context.CallActivityAsync("Absent")).StartAsync();
        var status = await hub.RunAsync("Main");
        Assert.Equal(OrchestrationRuntimeStatus.Failed, status.RuntimeStatus);
        Assert.Contains("'Absent' does not exist", status.ReadOutputAs<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task MissingOrchestrator_IsScheduled_ThenFails()
    {
        await using var hub = await Hub().StartAsync();
        var status = await hub.RunAsync("Absent");
        Assert.Equal(OrchestrationRuntimeStatus.Failed, status.RuntimeStatus);
        Assert.Contains("'Absent' does not exist", status.ReadOutputAs<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NullResult_IsTheDefaultValue()
    {
        await using var hub = await Hub()
            .Orchestrator("Main", context => context.CallActivityAsync<int>("Nothing"))
            .StartAsync();
        Assert.Equal(0, (await hub.RunAsync("Main")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task OptionsPassedAsInput_AreRefused()
    {
        var options = TaskOptions.FromRetryPolicy(new RetryPolicy(1, TimeSpan.FromSeconds(1)));
        await using var hub = await Hub()
            .Orchestrator("Main", context => context.CallActivityAsync<int>("Double", (object)options))
            .StartAsync();
        Assert.StartsWith("System.ArgumentException", (await hub.RunAsync("Main")).ReadOutputAs<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task InputOfWrongShape_FailsTheInstance()
    {
        await using var hub = await Hub().Orchestrator("Main", context => Task.FromResult(context.GetInput<int>())).StartAsync();
        var status = await hub.RunAsync("Main", "text");
        Assert.StartsWith("System.Text.Json.JsonException", status.ReadOutputAs<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task FanOut_ManyActivities_AllResultsInOrder_EventsShareBlocks()
    {
        await using var hub = await Hub().Orchestrator("Main", async context =>
            await Task.WhenAll(Enumerable.Range(0, 500).Select(i => context.CallActivityAsync<int>("Double", i)))).StartAsync();
        var status = await hub.RunAsync("Main");
        Assert.Equal(Enumerable.Range(0, 500).Select(i => i * 2), status.ReadOutputAs<int[]>()!);
        Assert.True(hub.Memory.Appends < 300, $"{hub.Memory.Appends} appends for 500 activities: events are not grouped.");
    }

    [Fact]
    public async Task ActivitiesAtOnce_StayWithinTheLimit_AndReachIt()
    {
        const int Limit = 5;
        var running = 0;
        var most = 0;
        var full = new TaskCompletionSource();
        await using var hub = new TestHub { Options = new("test", Limit, 2) };
        hub.ActivityAsync<int, int>("Work", async value =>
        {
            var now = Interlocked.Increment(ref running);
            InterlockedMax(ref most, now);
            if (now == Limit)
                full.TrySetResult();
            await full.Task.WaitAsync(TestHub.Cancel);
            await Task.Yield();
            Interlocked.Decrement(ref running);
            return value;
        });
        hub.Orchestrator("Main", context =>
            Task.WhenAll(Enumerable.Range(0, 50).Select(i => context.CallActivityAsync<int>("Work", i))));
        await hub.StartAsync();
        await hub.RunAsync("Main");
        Assert.Equal(Limit, most);

        static void InterlockedMax(ref int place, int value)
        {
            for (var seen = place; value > seen; seen = place)
                if (Interlocked.CompareExchange(ref place, value, seen) == seen)
                    return;
        }
    }

    [Fact]
    public async Task OneInstancesThousand_DoesNotHoldUpAnothersOne()
    {
        var big = new TaskCompletionSource();
        var order = new List<string>();
        await using var hub = new TestHub { Options = new("test", MaxConcurrentActivities: 1, MaxConcurrentOrchestrators: 2) };
        hub.ActivityAsync<string, string>("Work", async name =>
        {
            await big.Task.WaitAsync(TestHub.Cancel);
            lock (order)
                order.Add(name);
            return name;
        });
        hub.Orchestrator("Main", async context =>
        {
            var (name, count) = (context.InstanceId, context.GetInput<int>());
            await Task.WhenAll(Enumerable.Range(0, count).Select(_ => context.CallActivityAsync<string>("Work", name)));
            context.SetCustomStatus("called");
        });
        await hub.StartAsync();
        await hub.BeginAsync("Main", 1000, "big");
        await hub.Client.WaitForInstanceStartAsync("big", TestHub.Cancel);
        await hub.BeginAsync("Main", 1, "small");
        while (hub.Engine.Hub.Activities.Waiting < 1000)
            await Task.Delay(5, TestHub.Cancel);
        big.SetResult();
        await hub.EndAsync("small");
        lock (order)
            Assert.True(order.IndexOf("small") < 10, $"served as number {order.IndexOf("small")}");
    }
}
