using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Dialects;
using ArenaBench.Core.Records;
using ArenaBench.Core.Runs;
using ArenaBench.Testing;
using Microsoft.Extensions.Time.Testing;

namespace ArenaBench.Core.Tests.Storage;

public sealed class RunCatalogTests(AzuriteFixture azurite) : StorageTest(azurite)
{
    private static readonly RunPlanFile Plan = new(RunPlanFile.CurrentSchema, [], []);

    [Fact]
    public async Task RunThatWasDeletedAndBegunAnew_IsTheNewOne_OnAHostThatKnewTheOld()
    {
        var (store, time) = (await OpenAsync(), new FakeTimeProvider());
        var (here, elsewhere) = (new RunCatalog(store, time), new RunCatalog(await OpenAsync(), time));
        Assert.True(await here.AcceptAsync(Run(seed: 1), Cancelled));
        await here.WritePlanAsync("r", 1, Plan, Cancelled);
        Assert.Equal(1, (await elsewhere.GetAsync("r", 1, Cancelled)).Spec.Seed);
        Assert.Equal(1, (await here.GetAsync("r", 1, Cancelled)).Spec.Seed);

        await store.Runs.DeleteAsync("r", Cancelled);
        Assert.False(await here.ExistsAsync("r", 1, Cancelled));
        Assert.True(await here.AcceptAsync(Run(seed: 2), Cancelled));

        var anew = await here.GetAsync("r", 1, Cancelled);
        Assert.Equal((2, true), (anew.Spec.Seed, anew.Plan is null));
        time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(2, (await elsewhere.GetAsync("r", 1, Cancelled)).Spec.Seed);
    }

    [Fact]
    public async Task RunThatWasAcceptedHere_IsKnownHere_AsAnotherHostReadsIt()
    {
        var (store, time) = (await OpenAsync(), new FakeTimeProvider());
        var (here, elsewhere) = (new RunCatalog(store, time), new RunCatalog(await OpenAsync(), time));
        await here.AcceptAsync(Run(seed: 1), Cancelled);

        var (known, read) = (await here.GetAsync("r", 1, Cancelled), await elsewhere.GetAsync("r", 1, Cancelled));

        Assert.Equal(JsonFiles.Write(read.Spec).ToString(), JsonFiles.Write(known.Spec).ToString());
        Assert.Same(known, await here.GetAsync("r", 1, Cancelled));
        // Not for ever: it may be deleted elsewhere.
        await store.Runs.DeleteAsync("r", Cancelled);
        time.Advance(TimeSpan.FromSeconds(6));
        Assert.Null(await here.FindAsync("r", 1, Cancelled));
    }

    [Fact]
    public async Task PlanThatIsWrittenLater_IsSeenAtOnce_AndKept()
    {
        var (store, time) = (await OpenAsync(), new FakeTimeProvider());
        var (writer, reader) = (new RunCatalog(store, time), new RunCatalog(await OpenAsync(), time));
        await writer.AcceptAsync(Run(seed: 1), Cancelled);
        Assert.Null((await reader.GetAsync("r", 1, Cancelled)).Plan);

        Assert.True(await writer.WritePlanAsync("r", 1, Plan, Cancelled));

        var planned = await reader.GetAsync("r", 1, Cancelled);
        Assert.NotNull(planned.Plan);
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Same(planned, await reader.GetAsync("r", 1, Cancelled));
    }

    [Fact]
    public async Task RunThatIsGone_IsNotFound_AndOneThatNeverWas()
    {
        var (store, time) = (await OpenAsync(), new FakeTimeProvider());
        var (writer, reader) = (new RunCatalog(store, time), new RunCatalog(await OpenAsync(), time));
        await writer.AcceptAsync(Run(seed: 1), Cancelled);
        Assert.NotNull(await reader.FindAsync("r", 1, Cancelled));

        await store.Runs.DeleteAsync("r", Cancelled);
        time.Advance(TimeSpan.FromSeconds(6));

        Assert.Null(await reader.FindAsync("r", 1, Cancelled));
        Assert.Null(await reader.FindAsync("other", 1, Cancelled));
    }

    [Fact]
    public async Task RunThatIsOnlyLookedAt_IsAnsweredAtOnce_AndLookedAtAgainMeanwhile()
    {
        var (store, time) = (await OpenAsync(), new FakeTimeProvider());
        var (writer, reader) = (new RunCatalog(store, time), new RunCatalog(await OpenAsync(), time));
        await writer.AcceptAsync(Run(seed: 1), Cancelled);
        await writer.WritePlanAsync("r", 1, Plan, Cancelled);
        Assert.Equal(1, (await reader.GetKnownAsync("r", 1, Cancelled)).Spec.Seed);
        await store.Runs.DeleteAsync("r", Cancelled);
        await writer.AcceptAsync(Run(seed: 2), Cancelled);
        time.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal(1, (await reader.GetKnownAsync("r", 1, Cancelled)).Spec.Seed);

        while ((await reader.GetKnownAsync("r", 1, Cancelled)).Spec.Seed == 1)
            await Task.Delay(10, Cancelled);
    }

    private static FrozenRun Run(int seed) => new(
        new RunSpec(1, "r", 1, "bench", "v1", RunWork.Answer, [], [], [], new GenerationConfig(0, new Dictionary<string, double>(), null, 1, 1, []),
            JudgeConfigReader.Default(Dialect.Get("v1"), isPublished: true), 0, "", false, seed, 1, ""),
        [], null);
}
