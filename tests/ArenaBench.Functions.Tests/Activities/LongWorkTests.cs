using ArenaBench.Functions.Activities;

namespace ArenaBench.Functions.Tests.Activities;

public sealed class LongWorkTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Work_StaysOnOneThreadOfItsOwn_AlsoAfterItHasWaited()
    {
        using var longWork = new LongWork();
        var threads = new List<Thread>();
        await longWork.RunAsync(
            async () =>
            {
                threads.Add(Thread.CurrentThread);
                await Task.Delay(1, Cancelled);
                threads.Add(Thread.CurrentThread);
            },
            Cancelled);

        Assert.Single(threads.Distinct());
        Assert.False(threads[0].IsThreadPoolThread);
    }

    [Fact]
    public async Task Work_OfMoreThanMayRunAtOnce_Waits_AndAllOfItIsDone()
    {
        using var longWork = new LongWork();
        var (running, most, done) = (0, 0, 0);
        await Task.WhenAll(Enumerable.Range(0, 4 * Environment.ProcessorCount).Select(_ => longWork.RunAsync(
            async () =>
            {
                lock (longWork)
                    most = Math.Max(most, ++running);
                await Task.Delay(5, Cancelled);
                lock (longWork)
                    (running, done) = (running - 1, done + 1);
            },
            Cancelled)));

        Assert.Equal(4 * Environment.ProcessorCount, done);
        Assert.InRange(most, 1, Math.Max(1, Environment.ProcessorCount / 2));
    }

    [Fact]
    public async Task Work_ThatFails_FailsItsCaller_AndLeavesItsPlaceToTheNext()
    {
        using var longWork = new LongWork();
        for (var i = 0; i <= Environment.ProcessorCount; i++)
        {
            var failure = await Assert.ThrowsAsync<InvalidDataException>(() => longWork.RunAsync(
                async () =>
                {
                    await Task.Yield();
                    throw new InvalidDataException("no");
                },
                Cancelled));
            Assert.Equal("no", failure.Message);
        }
    }
}
