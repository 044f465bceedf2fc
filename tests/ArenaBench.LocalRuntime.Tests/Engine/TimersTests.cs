using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace ArenaBench.LocalRuntime.Tests.Engine;

public sealed class TimersTests
{
    private readonly ManualTime _time = new();

    private TestHub Hub() => new TestHub { Time = _time }
        .Activity<int, int>("Double", value => value * 2)
        .Orchestrator("Sleep", async context =>
        {
            var begun = context.CurrentUtcDateTime;
            context.SetCustomStatus("asleep");
            await context.CreateTimer(TimeSpan.FromHours(3), CancellationToken.None);
            return context.CurrentUtcDateTime - begun;
        });

    private static async Task AsleepAsync(TestHub hub, string id) =>
        await hub.Engine.Hub.WaitAsync(id, status => status.CustomStatus == "\"asleep\"", TestHub.Cancel);

    [Fact]
    public async Task Timer_FiresWhenDue_NotBefore()
    {
        await using var hub = await Hub().StartAsync();
        var id = await hub.BeginAsync("Sleep");
        await AsleepAsync(hub, id);
        _time.Advance(TimeSpan.FromHours(3) - TimeSpan.FromSeconds(1));
        await hub.Engine.ReadHistoryAsync(id, TestHub.Cancel); // whatever is under way is done after this
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await hub.StatusAsync(id)).RuntimeStatus);
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.True((await hub.EndAsync(id)).ReadOutputAs<TimeSpan>() >= TimeSpan.FromHours(3));
    }

    [Fact]
    public async Task Timer_DueWhileStopped_FiresAfterTheNextStart()
    {
        await using var hub = await Hub().StartAsync();
        var id = await hub.BeginAsync("Sleep");
        await AsleepAsync(hub, id);
        await hub.CrashAsync();
        _time.Advance(TimeSpan.FromHours(5));
        await hub.StartAsync();
        var end = hub.EndAsync(id);
        _time.Advance(TimeSpan.FromMilliseconds(5));
        Assert.Equal(TimeSpan.FromHours(5), TimeSpan.FromHours(Math.Floor((await end).ReadOutputAs<TimeSpan>().TotalHours)));
    }

    [Fact]
    public async Task ClockSetForward_TimerFollowsTheClock()
    {
        await using var hub = await Hub().StartAsync();
        var id = await hub.BeginAsync("Sleep");
        await AsleepAsync(hub, id);
        _time.SetClock(_time.GetUtcNow() + TimeSpan.FromHours(4));
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await hub.EndAsync(id)).RuntimeStatus);
    }

    [Fact]
    public async Task ClockSetBack_TimeInTheOrchestrationNeverGoesBack()
    {
        var go = new TaskCompletionSource();
        await using var hub = Hub()
            .ActivityAsync<int, int>("Wait", async value =>
            {
                await go.Task;
                return value;
            })
            .Orchestrator("Main", async context =>
            {
                var before = context.CurrentUtcDateTime;
                await context.CallActivityAsync<int>("Wait", 1);
                return context.CurrentUtcDateTime >= before;
            });
        await hub.StartAsync();
        var id = await hub.BeginAsync("Main");
        await hub.Client.WaitForInstanceStartAsync(id, TestHub.Cancel);
        _time.SetClock(_time.GetUtcNow() - TimeSpan.FromDays(1));
        go.SetResult();
        Assert.True((await hub.EndAsync(id)).ReadOutputAs<bool>());
    }

    [Fact]
    public async Task ForgottenTimer_KeepsTheInstanceRunningUntilItFires()
    {
        await using var hub = await Hub().Orchestrator("Main", async context =>
        {
            var slow = context.CreateTimer(TimeSpan.FromMinutes(10), CancellationToken.None);
            await Task.WhenAny(slow, context.CallActivityAsync<int>("Double", 1));
            context.SetCustomStatus("returned");
            return "done";
        }).StartAsync();
        var id = await hub.BeginAsync("Main");
        await hub.Engine.Hub.WaitAsync(id, status => status.CustomStatus == "\"returned\"", TestHub.Cancel);
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await hub.StatusAsync(id)).RuntimeStatus);
        _time.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal("done", (await hub.EndAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task CancelledTimer_LetsTheInstanceEnd_AndThrowsWhereAwaited()
    {
        await using var hub = await Hub().Orchestrator("Main", async context =>
        {
            using var cancel = new CancellationTokenSource();
            var slow = context.CreateTimer(TimeSpan.FromMinutes(10), cancel.Token);
            await context.CallActivityAsync<int>("Double", 1);
            cancel.Cancel();
            try
            {
                await slow;
                return "not cancelled";
            }
            catch (OperationCanceledException)
            {
                return "cancelled";
            }
        }).StartAsync();
        Assert.Equal("cancelled", (await hub.RunAsync("Main")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task ScheduledStart_StaysPendingUntilItsTime_AlsoAcrossARestart()
    {
        await using var hub = await Hub().Orchestrator("Main", context => Task.FromResult(1)).StartAsync();
        var start = new StartOrchestrationOptions("later", _time.GetUtcNow() + TimeSpan.FromHours(2));
        await hub.Client.ScheduleNewOrchestrationInstanceAsync("Main", start, TestHub.Cancel);
        await hub.RestartAsync();
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(OrchestrationRuntimeStatus.Pending, (await hub.StatusAsync("later")).RuntimeStatus);
        var end = hub.EndAsync("later");
        _time.Advance(TimeSpan.FromHours(2));
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await end).RuntimeStatus);
    }
}
