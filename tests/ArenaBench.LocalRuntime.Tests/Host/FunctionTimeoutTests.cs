using ArenaBench.LocalRuntime.Functions;

namespace ArenaBench.LocalRuntime.Tests.Host;

public sealed class FunctionTimeoutTests
{
    [Fact]
    public async Task LongerThanTheLimit_FailsWithTheName_AndCancelsTheRun()
    {
        var cancelled = new TaskCompletionSource();
        var timeout = new FunctionTimeout(TimeSpan.FromMilliseconds(1), TimeProvider.System);

        var failure = await Assert.ThrowsAsync<TimeoutException>(() => timeout.RunAsync(
            "Slow",
            async token =>
            {
                token.Register(cancelled.SetResult);
                await Task.Delay(Timeout.InfiniteTimeSpan, CancellationToken.None);
                return 0;
            },
            CancellationToken.None));

        Assert.Contains("'Slow'", failure.Message, StringComparison.Ordinal);
        await cancelled.Task;
    }

    [Fact]
    public async Task ItsOwnTimeoutException_IsLeftAsItIs()
    {
        var timeout = new FunctionTimeout(TimeSpan.FromHours(1), TimeProvider.System);

        var failure = await Assert.ThrowsAsync<TimeoutException>(
            () => timeout.RunAsync<int>("f", _ => throw new TimeoutException("mine"), CancellationToken.None));

        Assert.Equal("mine", failure.Message);
    }

    [Fact]
    public async Task WithoutALimit_RunsToItsEnd() =>
        Assert.Equal(7, await new FunctionTimeout(null, TimeProvider.System).RunAsync(
            "f", _ => Task.FromResult(7), CancellationToken.None));
}
