using ArenaBench.Core.Runs;
using ArenaBench.Core.Storage;
using ArenaBench.Testing;

namespace ArenaBench.Functions.Tests.Crashes;

/// <summary>Every write of a run goes wrong once, in every way that a write can: docs/decisions/write-order.md says why it holds.</summary>
public sealed class WriteFaultTests(AzuriteFixture azurite)
{
    private const string Run = "run";
    private const int Questions = 2;
    private const int Calls = 2 * Questions;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Fault.Before)]
    [InlineData(Fault.Busy)]
    [InlineData(Fault.After)]
    [InlineData(Fault.TimeoutAfter)]
    public async Task EveryWrite_Fails_TheRunEndsTheSame_AndPaysForNothingTwice(Fault fault)
    {
        var undisturbed = await UndisturbedAsync();
        for (var write = 0; ; write++)
        {
            var faults = FaultPolicy.OnceAtWrite(write, fault);
            var (container, models) = await SetUpAsync();

            await (await ProcessAsync(container, models, faults)).RunAsync(Run, new Journal());

            Assert.Equal(undisturbed, await ReadAsync(container, models));
            Assert.Equal((Calls, 0), (models.Paid, models.PaidAgain));
            if (faults.Struck == 0)
            {
                Assert.True(write > 12, $"Only {write} writes: the test does not test much.");
                return;
            }
        }
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(true, false)]
    public async Task ProcessDies_AtEveryWrite_TheNextEndsTheSame_AndPaysTwiceOnlyForWhatWasInFlight(bool isDone, bool historyIsKept)
    {
        var undisturbed = await UndisturbedAsync();
        for (var write = 0; ; write++)
        {
            var faults = FaultPolicy.DieAtWrite(write, isDone);
            var (container, models) = await SetUpAsync();
            var journal = new Journal();
            var dying = await ProcessAsync(container, models, faults);
            var first = dying.RunAsync(Run, journal);
            if (await Task.WhenAny(first, faults.Died) == first)
            {
                await first;
                Assert.True(write > 12, $"Only {write} writes: the test does not test much.");
                return;
            }

            var recorded = await RecordedAsync(container, models);
            // Without its history every activity runs a second time.
            await (await ProcessAsync(container, models)).RunAsync(Run, historyIsKept ? journal : new Journal());

            Assert.Equal(undisturbed, await ReadAsync(container, models));
            // Counted now: what the dying process was about to call when it died, it may have called after its records were counted.
            Assert.InRange(models.PaidAgain, 0, dying.Paid - recorded);
        }
    }

    private async Task<string> UndisturbedAsync()
    {
        var (container, models) = await SetUpAsync();
        await (await ProcessAsync(container, models)).RunAsync(Run, new Journal());
        Assert.Equal((Calls, 0), (models.Paid, models.PaidAgain));
        return await ReadAsync(container, models);
    }

    private async Task<(string Container, CountedModels Models)> SetUpAsync()
    {
        var container = AzuriteFixture.NewContainerName("write");
        var models = new CountedModels();
        var process = await ProcessAsync(container, models);
        await SmallBenchmark.SetUpAsync(process.Store, new Uri("http://127.0.0.1:9/v1"), Questions, parallel: 2, Cancel);
        await process.AcceptAsync(Run, "benchmark: small\nmodels: [sim-strong]\n", Cancel);
        return (container, models);
    }

    private async Task<AppProcess> ProcessAsync(string container, CountedModels models, FaultPolicy? faults = null) =>
        new(await azurite.ConnectionStringOrSkipAsync(), container, models, faults);

    private async Task<int> RecordedAsync(string container, CountedModels models) =>
        await (await ProcessAsync(container, models)).Store.Parts.ReadAllAsync(Run, Cancel).CountAsync(placed => placed.Line.Record is not null, Cancel);

    /// <summary>All that a run leaves and that must not depend on what went wrong; claims and half-written files would show.</summary>
    private async Task<string> ReadAsync(string container, CountedModels models)
    {
        var store = (await ProcessAsync(container, models)).Store;
        var answers = await store.Canonical.ReadAsync(CanonicalFile.Answers(SmallBenchmark.Name, "sim-strong"), Cancel);
        var judgments = await store.Canonical.ReadAsync(CanonicalFile.Judgments(SmallBenchmark.Name, "sim-judge", "sim-strong"), Cancel);
        var lines = await store.Parts.ReadAllAsync(Run, Cancel).Select(placed => $"{placed.Line.Key} {placed.Line.Status}").ToListAsync(Cancel);
        Assert.All(answers.Lines.Values.Concat(judgments.Lines.Values), line => Assert.NotNull(line.Fingerprint));
        return string.Join('\n', [
            .. lines.Order(StringComparer.Ordinal),
            .. answers.Lines.Keys.Concat(judgments.Lines.Keys).Order(StringComparer.Ordinal),
            .. (await store.Files.ListAsync("", Cancel).ToListAsync(Cancel)).Where(path => !path.StartsWith("limits/", StringComparison.Ordinal)),
            (await store.Runs.ReadAsync(Run, RunFiles.LeaderboardJson, Cancel))!.ToString(),
            (await store.Runs.ReadAsync(Run, RunFiles.LeaderboardCsv, Cancel))!.ToString(),
        ]);
    }
}
