using System.Net;
using System.Text.Json;
using ArenaBench.Core.Records;
using ArenaBench.Core.Storage;
using ArenaBench.Testing;

namespace ArenaBench.EndToEnd.Tests;

/// <summary>Holding, ending and repeating a run, while its calls are in flight.</summary>
public sealed class ControlTests(AzuriteFixture azurite)
{
    private const int Questions = 40;
    private const int Parallel = 6;
    private const int AllCalls = 2 * Questions;
    private const string Spec = "id: held\nbenchmark: small\nmodels: [sim-strong]\n";
    private const string SameWork = "id: second\nbenchmark: small\nmodels: [sim-strong]\n";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cancel_LetsCallsInFlightEnd_PublishesAndScores_AndARetryPaysForTheRestOnly()
    {
        await using var run = await StartAsync(200);
        using (await run.PostAsync("cancel", HttpStatusCode.Accepted))
        {
        }

        var ended = await run.FollowAsync();

        Assert.Equal("Terminated", ended.GetProperty("runtimeStatus").GetString());
        Assert.Equal("cancelled", ended.GetProperty("customStatus").GetProperty("Phase").GetString());
        Assert.InRange(run.Models.Counters.Paid, 1, AllCalls - 1);
        var lines = await run.Store.Parts.ReadAllAsync("held", Cancel).ToListAsync(Cancel);
        Assert.Equal(AllCalls, lines.Count);
        Assert.Equal(run.Models.Counters.Paid, lines.Count(placed => placed.Line.Record is not null));
        Assert.All(lines.Where(placed => placed.Line.Record is null), placed => Assert.Equal(RecordStatus.Cancelled, placed.Line.Status));
        var published = await run.Store.Canonical.ReadAsync(CanonicalFile.Answers("small", "sim-strong"), Cancel);
        Assert.Equal(lines.Count(placed => placed.Line is { Record: not null, Key.Kind: RecordKind.Answer }), published.Lines.Count);
        Assert.Empty(await run.Store.Files.ListAsync("claims/", Cancel).ToListAsync(Cancel));
        Assert.Contains("sim-strong", await run.Http.GetStringAsync("api/runs/held/leaderboard", Cancel), StringComparison.Ordinal);

        using (await run.PostAsync("retry", HttpStatusCode.Accepted))
        {
        }

        Assert.Equal("Completed", (await run.FollowAsync()).GetProperty("runtimeStatus").GetString());
        Assert.Equal((AllCalls, 0), (run.Models.Counters.Paid, run.Models.Counters.PaidAgain));
    }

    [Fact]
    public async Task Abandon_GivesUpCallsInFlight()
    {
        await using var run = await StartAsync(600_000);
        using (await run.PostAsync("cancel?mode=abandon", HttpStatusCode.Accepted))
        {
        }

        var ended = await run.FollowAsync();

        Assert.Equal("Terminated", ended.GetProperty("runtimeStatus").GetString());
        await run.UntilAsync(() => run.Models.Counters.InFlight == 0);
        Assert.Equal(0, run.Models.Counters.Answered);
        Assert.Empty(await run.Store.Files.ListAsync("claims/", Cancel).ToListAsync(Cancel));
    }

    [Fact]
    public async Task Cancel_OfASuspendedRun_EndsIt_AndAnUnknownModeIsRefused()
    {
        await using var run = await StartAsync(100);
        using (await run.PostAsync("suspend", HttpStatusCode.Accepted))
        using (var refused = await run.PostAsync("cancel?mode=gently", HttpStatusCode.BadRequest))
            Assert.Contains("gently", await refused.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        await run.QuietAsync();
        var before = run.Models.Counters.Calls;
        using (await run.PostAsync("cancel", HttpStatusCode.Accepted))
        {
        }

        Assert.Equal("Terminated", (await run.FollowAsync()).GetProperty("runtimeStatus").GetString());
        Assert.InRange(run.Models.Counters.Calls - before, 0, 2 * 2 * Parallel);
        using var late = await run.PostAsync("cancel", HttpStatusCode.Conflict);
    }

    [Theory]
    [InlineData(true)] // /api/runs/{id}/suspend: the run and its children
    [InlineData(false)] // the management API's link: the run alone
    public async Task Suspend_StopsPaying_ResumeGoesOn(bool byApi)
    {
        await using var run = await StartAsync(400);
        await run.SteerAsync("suspend", byApi);
        await run.QuietAsync();
        Assert.Equal("Suspended", (await run.StatusAsync()).GetProperty("runtimeStatus").GetString());
        Assert.InRange(run.Models.Counters.Paid, 1, AllCalls - 1);
        using (var halfWay = await run.Http.GetAsync("api/runs/held/site", Cancel))
            Assert.Equal(HttpStatusCode.Conflict, halfWay.StatusCode);

        await run.SteerAsync("resume", byApi);

        Assert.Equal("Completed", (await run.FollowAsync()).GetProperty("runtimeStatus").GetString());
        Assert.Equal((AllCalls, 0), (run.Models.Counters.Paid, run.Models.Counters.PaidAgain));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task FirstOfTwoRunsOfTheSameWork_TerminatedOrPurged_TheSecondTakesOver_AndPaysForNothingTwice(bool isPurged)
    {
        await using var run = await StartAsync(150);
        using (await run.Http.PostRunAsync(SameWork, Cancel))
        {
        }

        await run.UntilAsync(async () => (await run.StatusAsync("second")).GetProperty("customStatus") is { ValueKind: JsonValueKind.Object } status
            && status.GetProperty("WaitFor").GetString() == "held");
        await run.SteerAsync("terminate", byApi: false);
        if (isPurged)
        {
            await run.UntilAsync(async () =>
            {
                using var purged = await run.Http.DeleteAsync(run.Management("held"), Cancel);
                return purged.StatusCode == HttpStatusCode.OK;
            });
        }

        var ended = await run.FollowAsync("second");

        Assert.Equal("Completed", ended.GetProperty("runtimeStatus").GetString());
        Assert.Equal((AllCalls, 0), (run.Models.Counters.Paid, run.Models.Counters.PaidAgain));
        var lines = await run.Store.Parts.ReadAllAsync("second", Cancel).ToListAsync(Cancel);
        Assert.Equal(AllCalls, lines.Count(placed => placed.Line.Record is not null));
        Assert.Contains(lines, placed => placed.Line.Status == RecordStatus.Reused);
        Assert.Empty(await run.Store.Files.ListAsync("claims/", Cancel).ToListAsync(Cancel));
    }

    [Fact]
    public async Task SameId_IsRefusedWhileItRuns_AndAfterTheEndUnlessRestarted_WhichPaysForNothingAgain()
    {
        await using var run = await StartAsync(20);
        foreach (var spec in new[] { Spec, Spec + "restart: true\n" })
        {
            using var running = await run.Http.PostRunAsync(spec, Cancel);
            Assert.Equal(HttpStatusCode.Conflict, running.StatusCode);
        }

        await run.FollowAsync();
        using (var ended = await run.Http.PostRunAsync(Spec, Cancel))
        {
            Assert.Equal(HttpStatusCode.Conflict, ended.StatusCode);
            Assert.Contains("restart: true", await ended.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        }

        var first = await run.Http.GetByteArrayAsync("api/runs/held/leaderboard", Cancel);
        using var again = await run.Http.PostRunAsync(Spec + "restart: true\n", Cancel);
        Assert.Equal(HttpStatusCode.Accepted, again.StatusCode);
        Assert.Equal("Completed", (await run.FollowAsync()).GetProperty("runtimeStatus").GetString());
        Assert.Equal(AllCalls, run.Models.Counters.Calls);
        Assert.Equal(first, await run.Http.GetByteArrayAsync("api/runs/held/leaderboard", Cancel));
    }

    [Fact]
    public async Task RestartAfterTermination_WaitsForWhatIsInFlight_AndPaysForNothingTwice()
    {
        await using var run = await StartAsync(300);
        await run.SteerAsync("terminate", byApi: false);

        using var again = await run.Http.PostRunAsync(Spec + "restart: true\n", Cancel);
        Assert.Equal(HttpStatusCode.Accepted, again.StatusCode);

        Assert.Equal("Completed", (await run.FollowAsync()).GetProperty("runtimeStatus").GetString());
        Assert.Equal((AllCalls, 0), (run.Models.Counters.Paid, run.Models.Counters.PaidAgain));
    }

    private async Task<HeldRun> StartAsync(int latencyMs)
    {
        var run = await HeldRun.StartAsync(await azurite.ConnectionStringOrSkipAsync(), latencyMs, Questions, Parallel, Cancel);
        using var started = await run.Http.PostRunAsync(Spec, Cancel);
        Assert.True(started.StatusCode == HttpStatusCode.Accepted, await started.Content.ReadAsStringAsync(Cancel));
        await run.UntilAsync(() => run.Models.Counters.Calls >= Parallel);
        return run;
    }
}
