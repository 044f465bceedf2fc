using ArenaBench.LocalRuntime.Engine;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace ArenaBench.LocalRuntime.Tests.Engine;

public sealed class RetryTests
{
    private static readonly TaskFailureDetails s_failure = new("System.Exception", "x", null, null, null);

    [Fact]
    public async Task Policy_FailsTwice_ThirdAttemptSucceeds_PausesAreDurableTimers()
    {
        var time = new ManualTime();
        var failures = 2;
        await using var hub = await new TestHub { Time = time }
            .Activity<int, int>("Flaky", value => failures-- > 0 ? throw new InvalidOperationException("not yet") : value)
            .Orchestrator("Main", context => context.CallActivityAsync<int>(
                "Flaky", 7, TaskOptions.FromRetryPolicy(new RetryPolicy(3, TimeSpan.FromSeconds(10), backoffCoefficient: 2))))
            .StartAsync();
        var id = await hub.BeginAsync("Main");
        var end = hub.EndAsync(id);
        var begun = time.GetUtcNow();
        while (!end.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(2, TestHub.Cancel);
        }

        Assert.Equal(7, (await end).ReadOutputAs<int>());
        Assert.Equal(3, hub.Calls("Flaky"));
        var history = await hub.Engine.ReadHistoryAsync(id, TestHub.Cancel);
        Assert.Equal(2, history!.OfType<TimerFired>().Count());
        Assert.True((await end).LastUpdatedAt - begun >= TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Policy_AllAttemptsFail_LastFailureIsThrown()
    {
        await using var hub = await new TestHub()
            .Activity<int, int>("Flaky", _ => throw new InvalidOperationException("never"))
            .Orchestrator("Main", context => context.CallActivityAsync<int>(
                "Flaky", 1, TaskOptions.FromRetryPolicy(new RetryPolicy(3, TimeSpan.FromMilliseconds(1)))))
            .StartAsync();
        var status = await hub.RunAsync("Main");
        Assert.Equal(OrchestrationRuntimeStatus.Failed, status.RuntimeStatus);
        Assert.Equal(3, hub.Calls("Flaky"));
        Assert.Contains("(#4)", status.ReadOutputAs<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Policy_FailureNotWorthRetrying_IsThrownAtOnce()
    {
        var policy = new RetryPolicy(5, TimeSpan.FromMilliseconds(1))
        {
            HandleFailure = failure => failure.ErrorMessage != "final",
        };
        await using var hub = await new TestHub()
            .Activity<int, int>("Flaky", _ => throw new InvalidOperationException("final"))
            .Orchestrator("Main", context => context.CallActivityAsync<int>("Flaky", 1, TaskOptions.FromRetryPolicy(policy)))
            .StartAsync();
        await hub.RunAsync("Main");
        Assert.Equal(1, hub.Calls("Flaky"));
    }

    [Fact]
    public async Task Handler_DecidesPerAttempt()
    {
        var attempts = new List<int>();
        await using var hub = await new TestHub()
            .Activity<int, int>("Flaky", _ => throw new InvalidOperationException("never"))
            .Orchestrator("Main", async context =>
            {
                var options = TaskOptions.FromRetryHandler(retry =>
                {
                    attempts.Add(retry.LastAttemptNumber);
                    return retry.LastAttemptNumber < 4;
                });
                await context.CallActivityAsync<int>("Flaky", 1, options);
            })
            .StartAsync();
        await hub.RunAsync("Main");
        Assert.Equal([1, 2, 3, 4], attempts);
    }

    [Fact]
    public async Task SubOrchestration_IsRetriedUnderItsOwnId()
    {
        var failures = 1;
        await using var hub = await new TestHub()
            .Activity<int, int>("Flaky", value => failures-- > 0 ? throw new InvalidOperationException("not yet") : value)
            .Orchestrator("Child", context => context.CallActivityAsync<int>("Flaky", 5))
            .Orchestrator("Main", context => context.CallSubOrchestratorAsync<int>(
                "Child", null,
                TaskOptions.FromRetryPolicy(new RetryPolicy(2, TimeSpan.FromMilliseconds(1))).WithInstanceId("the-child")))
            .StartAsync();
        Assert.Equal(5, (await hub.RunAsync("Main")).ReadOutputAs<int>());
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await hub.StatusAsync("the-child")).RuntimeStatus);
    }

    [Theory]
    [InlineData(1, 0, 10)]
    [InlineData(2, 0, 20)]
    [InlineData(3, 0, 35)] // capped
    [InlineData(4, 0, null)] // the last attempt
    [InlineData(1, 100, null)] // out of time
    public void NextDelay_FollowsThePolicy(int attempt, int elapsedSeconds, int? expectedSeconds)
    {
        var policy = new RetryPolicy(
            4, TimeSpan.FromSeconds(10), 2, maxRetryInterval: TimeSpan.FromSeconds(35), retryTimeout: TimeSpan.FromSeconds(100));
        var delay = RetryLoop.NextDelay(policy, attempt, TimeSpan.FromSeconds(elapsedSeconds), s_failure);
        Assert.Equal(expectedSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null, delay);
    }

    [Fact]
    public void RetryPolicy_RefusesNonsense()
    {
        var second = TimeSpan.FromSeconds(1);
        Assert.Throws<ArgumentOutOfRangeException>(() => new RetryPolicy(0, second));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RetryPolicy(1, TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RetryPolicy(1, second, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RetryPolicy(1, second, 1, TimeSpan.FromMilliseconds(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RetryPolicy(1, second, 1, null, TimeSpan.FromMilliseconds(1)));
        Assert.Equal(TimeSpan.FromHours(1), new RetryPolicy(1, second).MaxRetryInterval);
    }
}
