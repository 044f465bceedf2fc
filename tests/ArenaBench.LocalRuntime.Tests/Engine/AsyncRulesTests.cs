using ArenaBench.LocalRuntime.Engine;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace ArenaBench.LocalRuntime.Tests.Engine;

/// <summary>What an orchestrator must not await fails it, loudly; what is deterministic works.</summary>
public sealed class AsyncRulesTests
{
    private static TestHub Hub() => new TestHub()
        .Activity<int, int>("Double", value => value * 2)
        .ActivityAsync<int, int>("Never", async _ =>
        {
            await Task.Delay(Timeout.Infinite, TestHub.Cancel);
            return 0;
        });

    public static TheoryData<string> Forbidden => [.. Bodies.Keys];

    private static Dictionary<string, Func<TaskOrchestrationContext, Task>> Bodies { get; } = new()
    {
        ["Task.Delay first"] = async context => await Task.Delay(20),
        ["Task.Delay after an activity"] = async context =>
        {
            await context.CallActivityAsync<int>("Double", 1);
            await Task.Delay(20);
        },
        ["Task.Delay beside a waiting lane"] = async context =>
        {
            var lane = context.CallActivityAsync<int>("Never", 1);
            await Task.Delay(20);
            await lane;
        },
        ["Task.Run"] = async context =>
        {
            await Task.Run(() => Thread.Sleep(20));
            await context.CallActivityAsync<int>("Double", 1);
        },
        ["ConfigureAwait(false), then the context"] = async context =>
        {
            await context.CallActivityAsync<int>("Double", 1).ConfigureAwait(false);
            await context.CallActivityAsync<int>("Double", 2).ConfigureAwait(false);
        },
        ["ConfigureAwait(false), then the end"] = async context =>
            await context.CallActivityAsync<int>("Double", 1).ConfigureAwait(false),
        ["ConfigureAwait(false) beside a waiting lane"] = async context =>
        {
            async Task Lane()
            {
                await context.CallActivityAsync<int>("Double", 1).ConfigureAwait(false);
                await context.CallActivityAsync<int>("Double", 2);
            }

            await Task.WhenAll(context.CallActivityAsync<int>("Never", 1), Lane());
        },
        ["a gate opened from elsewhere"] = async context =>
        {
            var gate = new TaskCompletionSource();
            _ = Task.Delay(20).ContinueWith(_ => gate.SetResult(), TaskScheduler.Default);
            await gate.Task;
            await context.CallActivityAsync<int>("Double", 1);
        },
        ["a token cancelled by a clock"] = async context =>
        {
            using var cancel = new CancellationTokenSource(20);
            await context.CreateTimer(TimeSpan.FromHours(1), cancel.Token);
        },
        ["a gate that nothing opens"] = async context =>
        {
            await context.CallActivityAsync<int>("Double", 1);
            await new TaskCompletionSource().Task;
        },
    };

    [Theory]
    [MemberData(nameof(Forbidden))]
    public async Task ForbiddenAwait_FailsTheInstance(string what)
    {
        await using var hub = await Hub().Orchestrator("Main", Bodies[what]).StartAsync();
        var status = await hub.RunAsync("Main");
        Assert.Equal(OrchestrationRuntimeStatus.Failed, status.RuntimeStatus);
        Assert.Equal($"System.InvalidOperationException: {OrchestratorTurn.ViolationMessage}", status.ReadOutputAs<string>());
    }

    [Fact]
    public async Task AsyncVoid_ThatThrows_FailsTheInstanceNotTheHost()
    {
        await using var hub = await Hub().Orchestrator("Main", async context =>
        {
            async void Stray()
            {
                await context.CallActivityAsync<int>("Double", 1);
                throw new InvalidDataException("stray");
            }

            Stray();
            await context.CallActivityAsync<int>("Double", 2);
            await context.WaitForExternalEvent<int>("never");
        }).StartAsync();
        Assert.Equal("System.IO.InvalidDataException: stray", (await hub.RunAsync("Main")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task YieldAndContinueWith_StayOnTheTurn()
    {
        await using var hub = await Hub().Orchestrator("Main", async context =>
        {
            await Task.Yield();
#pragma warning disable CA2008 // the current scheduler is meant
            return await context.CallActivityAsync<int>("Double", 1).ContinueWith(
                task => context.CallActivityAsync<int>("Double", task.Result)).Unwrap();
#pragma warning restore CA2008
        }).StartAsync();
        Assert.Equal(4, (await hub.RunAsync("Main")).ReadOutputAs<int>());
    }

    [Theory]
    [InlineData(TaskCreationOptions.None)]
    [InlineData(TaskCreationOptions.RunContinuationsAsynchronously)]
    public async Task Gates_CounterAndQueue_BoundWhatIsInFlight(TaskCreationOptions creation)
    {
        var most = 0;
        await using var hub = await Hub().Orchestrator("Main", async context =>
        {
            var free = 3;
            var waiting = new Queue<TaskCompletionSource>();
            var inside = 0;

            async Task EnterAsync()
            {
                if (free > 0)
                {
                    free--;
                    return;
                }

                var turn = new TaskCompletionSource(creation);
                waiting.Enqueue(turn);
                await turn.Task;
            }

            void Leave()
            {
                if (waiting.TryDequeue(out var turn))
                    turn.SetResult();
                else
                    free++;
            }

            async Task<int> LaneAsync(int i)
            {
                await EnterAsync();
                most = Math.Max(most, ++inside);
                var result = await context.CallActivityAsync<int>("Double", i);
                await context.CreateTimer(TimeSpan.FromMilliseconds(1), CancellationToken.None);
                inside--;
                Leave();
                return result;
            }

            return await Task.WhenAll(Enumerable.Range(0, 40).Select(LaneAsync));
        }).StartAsync();
        var status = await hub.RunAsync("Main");
        Assert.Equal(Enumerable.Range(0, 40).Select(i => i * 2), status.ReadOutputAs<int[]>()!);
        Assert.Equal(3, most);
    }
}
