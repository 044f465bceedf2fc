using ArenaBench.LocalRuntime.Engine;
using ArenaBench.LocalRuntime.Hosting;

namespace ArenaBench.LocalRuntime.Tests.Host;

public sealed class RunningActivitiesTests
{
    private static readonly ActivityCall Call = new("instance", null);

    [Fact]
    public async Task Finish_WaitsForWhatRuns_AndBeginsNothingNew()
    {
        var end = new TaskCompletionSource<string?>();
        var begun = 0;
        var running = new RunningActivities(TimeProvider.System);
        var activity = running.Counted(new ActivityFunction("a", (_, _) =>
        {
            begun++;
            return end.Task;
        }));
        using var abandon = new CancellationTokenSource();
        var first = activity.InvokeAsync(Call, abandon.Token);

        var finish = running.FinishAsync(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);
        var second = activity.InvokeAsync(Call, abandon.Token);
        Assert.False(finish.IsCompleted);
        end.SetResult("1");
        await finish;

        Assert.Equal("1", await first);
        Assert.Equal(1, begun);
        await abandon.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
    }

    [Fact]
    public async Task Finish_GivesUpAfterTheGrace()
    {
        var running = new RunningActivities(TimeProvider.System);
        _ = running.Counted(new ActivityFunction("a", (_, _) => new TaskCompletionSource<string?>().Task))
            .InvokeAsync(Call, CancellationToken.None);

        await running.FinishAsync(TimeSpan.FromMilliseconds(1), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Finish_WithNothingRunning_ReturnsAtOnce() =>
        await new RunningActivities(TimeProvider.System).FinishAsync(Timeout.InfiniteTimeSpan, TestContext.Current.CancellationToken);
}
