using ArenaBench.LocalRuntime.Engine;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace ArenaBench.LocalRuntime.Tests.Engine;

public sealed class ReplayTests
{
    private static readonly DurableEngineOptions s_noneLive = new("test", 16, 8, MaxLiveOrchestrations: 0);

    [Fact]
    public async Task NothingKeptInMemory_EveryEventIsAReplay_SameOutcome()
    {
        var run = new SampleRun();
        await using var hub = await run.Register(new TestHub { Options = s_noneLive }).StartAsync();
        var status = await hub.RunAsync("Run", id: "run");
        Assert.Equal(SampleRun.Total, status.ReadOutputAs<int>());
        Assert.Equal(SampleRun.Shards * SampleRun.Questions, run.Calls);
        Assert.Equal(0, hub.Engine.Hub.Live.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public async Task TimeAndGuids_AreTheSameOnReplay_LogsAreWrittenOnce(int maxLive)
    {
        var logs = new CollectedLogs();
        await using var hub = new TestHub { Logs = logs, Options = s_noneLive with { MaxLiveOrchestrations = maxLive } };
        hub.Activity<string, string>("Echo", value => value).Orchestrator("Main", async context =>
        {
            var logger = context.CreateReplaySafeLogger("main");
            var (time, guid, other) = (context.CurrentUtcDateTime, context.NewGuid(), context.NewGuid());
            logger.LogInformation("begun");
            var first = await context.CallActivityAsync<string>("Echo", $"{time:o} {guid} {other}");
            logger.LogInformation("after the first");
            var go = await context.WaitForExternalEvent<string>("go");
            logger.LogInformation("after the event");
            var second = await context.CallActivityAsync<string>("Echo", $"{time:o} {guid} {other}");
            return first == second && guid != other && context.CurrentUtcDateTime >= time ? go : $"{first} became {second}";
        });
        await hub.StartAsync();
        var id = await hub.BeginAsync("Main");
        await hub.Client.WaitForInstanceStartAsync(id, TestHub.Cancel);
        await hub.RestartAsync();
        await hub.Client.RaiseEventAsync(id, "go", "same", TestHub.Cancel);
        Assert.Equal("same", (await hub.EndAsync(id)).ReadOutputAs<string>());
        Assert.Equal(["begun", "after the first", "after the event"], logs.Of("main"));
    }

    [Fact]
    public async Task IsReplaying_OnlyWhileHistoryIsReplayed()
    {
        var seen = new List<string>();
        await using var hub = await new TestHub { Options = s_noneLive }
            .Activity<int, int>("Double", value => value * 2)
            .Orchestrator("Main", async context =>
            {
                seen.Add($"begin {context.IsReplaying}");
                await context.CallActivityAsync<int>("Double", 1);
                seen.Add($"one {context.IsReplaying}");
                await context.CallActivityAsync<int>("Double", 2);
                seen.Add($"two {context.IsReplaying}");
            }).StartAsync();
        await hub.RunAsync("Main");
        Assert.Equal(["begin False", "begin True", "one False", "begin True", "one True", "two False"], seen);
    }

    public static TheoryData<string> Changes => ["other activity", "another order", "one fewer", "one more", "a child instead"];

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task ChangedCode_FailsTheInstance_WithTheLine(string change)
    {
        static TestHub With(TestHub hub, Func<TaskOrchestrationContext, Task> body) => hub
            .Activity<int, int>("A", value => value)
            .Activity<int, int>("B", value => value)
            .Orchestrator("Main", async context =>
            {
                await body(context);
                await context.WaitForExternalEvent<int>("go");
            });

        await using var hub = With(new TestHub(), async context =>
        {
            await context.CallActivityAsync<int>("A", 1);
            await context.CallActivityAsync<int>("B", 1);
        });
        await hub.StartAsync();
        await hub.BeginAsync("Main", id: "run");
        while ((await hub.Engine.ReadHistoryAsync("run", TestHub.Cancel))!.OfType<TaskCompleted>().Count() < 2)
            await Task.Delay(1, TestHub.Cancel);
        await hub.CrashAsync();

        With(hub, async context =>
        {
            switch (change)
            {
                case "other activity":
                    await context.CallActivityAsync<int>("A", 1);
                    await context.CallActivityAsync<int>("A", 1);
                    break;
                case "another order":
                    await context.CallActivityAsync<int>("B", 1);
                    await context.CallActivityAsync<int>("A", 1);
                    break;
                case "one fewer":
                    await context.CallActivityAsync<int>("A", 1);
                    break;
                case "one more":
                    await context.CallActivityAsync<int>("A", 1);
                    await Task.WhenAll(context.CallActivityAsync<int>("B", 1), context.CallActivityAsync<int>("B", 1));
                    break;
                case "a child instead":
                    await context.CallSubOrchestratorAsync<int>("A", 1);
                    break;
            }
        });
        await hub.StartAsync();
        await hub.Client.RaiseEventAsync("run", "go", 1, TestHub.Cancel);
        var status = await hub.EndAsync("run");
        Assert.Equal(OrchestrationRuntimeStatus.Failed, status.RuntimeStatus);
        Assert.Contains("Non-deterministic orchestrator: at history line", status.ReadOutputAs<string>(), StringComparison.Ordinal);
        await hub.RestartAsync();
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await hub.StatusAsync("run")).RuntimeStatus);
    }

    [Fact]
    public async Task Verifier_PassesEveryPrefix_OfWhatReallyRan()
    {
        await using var hub = await new SampleRun().Register(new TestHub()).StartAsync();
        await hub.RunAsync("Run", id: "run");
        var history = await hub.Engine.ReadHistoryAsync("run", TestHub.Cancel);
        Assert.Equal(1 + SampleRun.Shards, ReplayVerifier.Verify(history!, hub.Function("Run")));
        var shard = await hub.Engine.ReadHistoryAsync("run:s1", TestHub.Cancel);
        Assert.True(ReplayVerifier.Verify(shard!, hub.Function("Shard")) > 2 * SampleRun.Questions);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Verifier_CatchesABrokenOrchestrator_AlsoWhenOnlyAnInputDiffers(bool inputOnly)
    {
        var runs = 0;
        await using var hub = await new TestHub()
            .Activity<int, int>("A", value => value)
            .Activity<int, int>("B", value => value)
            .Orchestrator("Main", async context =>
            {
                var parity = runs++ % 2;
                await context.CallActivityAsync<int>(parity == 0 || inputOnly ? "A" : "B", parity);
            }).StartAsync();
        var id = await hub.BeginAsync("Main");
        await hub.EndAsync(id);
        var history = await hub.Engine.ReadHistoryAsync(id, TestHub.Cancel);
        var broken = Assert.Throws<NonDeterministicOrchestrationException>(
            () => ReplayVerifier.Verify(history!, hub.Function("Main")));
        Assert.Contains("history line 3", broken.Message, StringComparison.Ordinal);
    }

    private sealed class CollectedLogs : ILoggerFactory
    {
        private readonly List<(string Category, string Text)> _lines = [];

        public IEnumerable<string> Of(string category)
        {
            lock (_lines)
                return [.. _lines.Where(line => line.Category == category).Select(line => line.Text)];
        }

        public ILogger CreateLogger(string categoryName) => new Collector(this, categoryName);

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public void Dispose()
        {
        }

        private sealed class Collector(CollectedLogs logs, string category) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(
                LogLevel logLevel, EventId eventId, TState state, Exception? exception,
                Func<TState, Exception?, string> formatter)
            {
                lock (logs._lines)
                    logs._lines.Add((category, formatter(state, exception)));
            }
        }
    }
}
