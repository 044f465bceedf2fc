using System.Net.Http.Json;
using System.Text.Json;
using ArenaBench.Core.Models;
using ArenaBench.Core.Records;
using ArenaBench.Core.Runs;
using ArenaBench.Core.Storage;
using ArenaBench.Simulation;
using ArenaBench.Simulation.Faults;
using ArenaBench.Simulation.Models;
using ArenaBench.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace ArenaBench.EndToEnd.Tests.Models;

/// <summary>One run in which every model fails in a way of its own: each failure has its name on its records, in the progress and on the
/// leaderboard, none is an answer or done, and a retry does what failed and nothing else.</summary>
public sealed class FailuresTests(AzuriteFixture azurite)
{
    private const int Questions = 20;
    private const int Parallel = 3;

    /// <summary>Of all waits and rests: else the waits of a call are over before its endpoint has rested.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(0.3);

    /// <summary>What each model meets, and what its records are to say. Fatal ones stop the model.</summary>
    private static readonly (string Model, FaultRule Fault, RecordStatus Status, bool Fatal)[] Ways =
    [
        ("sim-filtered", new FaultRule { Kind = FaultKind.ContentFilter }, RecordStatus.ContentFilter, false),
        ("sim-empty", new FaultRule { Kind = FaultKind.EmptyContent }, RecordStatus.Empty, false),
        ("sim-long", new FaultRule { Kind = FaultKind.ContextLength }, RecordStatus.ContextTooLong, false),
        ("sim-hanging", new FaultRule { Kind = FaultKind.Hang, Rate = 0.15, Sticky = true }, RecordStatus.Timeout, false),
        ("sim-broken", new FaultRule { Kind = FaultKind.TruncatedJson, Rate = 0.4, Sticky = true }, RecordStatus.Malformed, false),
        ("sim-down", new FaultRule { Kind = FaultKind.ServerError, Rate = 0.4, Sticky = true }, RecordStatus.EndpointFailed, false),
        ("sim-page", new FaultRule { Kind = FaultKind.Html }, RecordStatus.UnknownModel, true),
        ("sim-keyless", new FaultRule { Kind = FaultKind.InvalidKey }, RecordStatus.KeyRefused, true),
        ("sim-poor", new FaultRule { Kind = FaultKind.InsufficientQuota }, RecordStatus.QuotaExhausted, true),
        ("sim-gone", new FaultRule { Kind = FaultKind.UnknownModel }, RecordStatus.UnknownModel, true),
        ("sim-picky", new FaultRule { Kind = FaultKind.UnsupportedParameter }, RecordStatus.UnsupportedParameter, true),
    ];

    private static readonly FaultRule[] Faults =
    [
        .. Ways.Select(way => way.Fault with { Models = [way.Model] }),
        new FaultRule { Kind = FaultKind.Length, Models = ["sim-cut"] },
        // A judgment that is cut off twice, and then comes.
        new FaultRule { Kind = FaultKind.TruncatedJson, Models = ["sim-judge"], AttemptsPerRequest = 2, Rate = 0.1, Sticky = true },
    ];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryFailure_HasItsName_IsNeverAnAnswer_AndIsRetriedAlone()
    {
        var storage = await azurite.ConnectionStringOrSkipAsync();
        string[] names = ["sim-well", "sim-cut", .. Ways.Select(way => way.Model)];
        await using var models = await SimulatedEndpoint.StartAsync(
            new SimulationOptions { Models = [.. names.Append("sim-judge").Select(name => new SimulatedModel { Name = name, Quality = 0.7 })], Faults = Faults }, Cancelled);
        await using var app = await EmbeddedApp.StartAsync(storage, AzuriteFixture.NewContainerName("failures"), Cancelled,
            configure: services => services
                .AddSingleton(WaitPolicy.Default with { MaxWaits = 6, LongestWait = Longest })
                .AddSingleton(CallPolicy.Default with { LongestWait = Longest, LongestRest = Longest }));
        await SmallBenchmark.SetUpAsync(app.Store, models.BaseUrl, Questions, Parallel, Cancelled);
        await NoAnswerIsEmptyAsync(app);
        await app.PutEndpointsAsync(string.Concat(names.Append("sim-judge").Select(name =>
            $"{name}: {{endpoints: [{{api_base: '{models.BaseUrl}'}}], parallel: {Parallel}, timeout: {(name == "sim-hanging" ? "1s" : "30s")}}}\n")), Cancelled);
        var spec = $"benchmark: small\nmodels: [{string.Join(", ", names)}]\n";

        AssertCompleted(await app.Http.RunToEndAsync("id: first\n" + spec, Cancelled));

        var lines = await app.Store.LinesAsync("first", Cancelled);
        Assert.Equal(2 * Questions * names.Length, lines.Select(line => line.Key).Distinct().Count());
        await AssertWhatIsShownAsync(app, lines);
        foreach (var (model, _, status, fatal) in Ways)
        {
            var answers = lines.Where(line => line.Key.Kind == RecordKind.Answer && line.Key.Model == model).ToList();
            var failed = answers.Where(line => line.Status == status).ToList();
            Assert.True(failed.Count > 0, $"{model} has no {status}: {string.Join(", ", answers.Select(line => line.Status).Distinct())}");
            Assert.All(answers, line => Assert.True(line.Status == status || line.Status == (fatal ? RecordStatus.Stopped : RecordStatus.Ok) || (model == "sim-page" && line.Status == RecordStatus.Malformed), line.ToString()));
            Assert.All(failed, line => Assert.True(line is { Record: null, Reason.Length: > 10 }, line.ToString()));
            if (fatal)
                // One page may be an accident: the third tells.
                Assert.True(models.Counters.CallsOf(model) <= (model == "sim-page" ? Parallel + 2 : Parallel), $"{model}: {models.Counters.CallsOf(model)} calls");
            else
                Assert.True(models.Counters.CallsOf(model) >= Questions);
            Assert.Equal(
                answers.Where(line => line.Record is not null).Select(line => line.Key.QuestionId).Order(),
                (await app.Store.QuestionsOfAsync(CanonicalFile.Answers("small", model), Cancelled)).Order());
        }

        // Five at most that brought nothing; fewer where its waits, for an endpoint that rests between them, ran out first.
        Assert.All(
            lines.Where(line => line.Status == RecordStatus.Timeout || (line.Status == RecordStatus.Malformed && line.Key.Model == "sim-broken")),
            line => Assert.InRange(line.Attempts, 2, 5));
        Assert.All(lines.Where(line => line.Key.Model == "sim-cut" && line.Key.Kind == RecordKind.Answer), line => Assert.True(line is { Status: RecordStatus.Truncated, Record: not null }));
        // What the judge was paid for in vain is on the record of the judgment that came at last.
        Assert.Contains(lines, line => line is { Key.Kind: RecordKind.Game, Status: RecordStatus.Ok, Attempts: 3 });
        Assert.All(lines.Where(line => line.Key.Model is "sim-well" or "sim-cut"), line => Assert.NotNull(line.Record));

        await AssertRetryDoesWhatFailedAsync(app, models, spec, lines);
    }

    private static async Task AssertWhatIsShownAsync(EmbeddedApp app, IReadOnlyList<RecordEnvelope> lines)
    {
        var run = await app.Http.GetFromJsonAsync<JsonElement>("api/runs/first", Cancelled);
        var leaderboard = await app.Http.GetFromJsonAsync<JsonElement>("api/runs/first/leaderboard", Cancelled);
        foreach (var (model, _, status, _) in Ways)
        {
            var count = lines.Count(line => line.Key.Kind == RecordKind.Answer && line.Key.Model == model && line.Status == status);
            var progress = run.GetProperty("models").EnumerateArray().Single(entry => entry.GetProperty("model").GetString() == model);
            AssertCount(count, progress.GetProperty("totals").GetProperty("failures"));
            AssertCount(count, leaderboard.GetProperty("failures").GetProperty(model));

            void AssertCount(int expected, JsonElement failures) => Assert.True(
                failures.TryGetProperty(status.Name(), out var shown) && shown.GetInt32() == expected, $"{model}: {expected} {status.Name()}, shown {failures}");
        }
    }

    private static async Task AssertRetryDoesWhatFailedAsync(EmbeddedApp app, SimulatedEndpoint models, string spec, IReadOnlyList<RecordEnvelope> lines)
    {
        models.SetFaults();
        var (calls, open) = (models.Counters.Calls, lines.Count(line => line.Record is null));
        using var retried = await app.Http.PostAsync("api/runs/first/retry", null, Cancelled);
        AssertCompleted(await app.Http.FollowAsync(retried.Headers.Location!, Cancelled));

        var left = (await app.Http.GetFromJsonAsync<JsonElement>("api/runs/first/questions?status=failed", Cancelled)).GetProperty("answers");
        Assert.True(left.GetArrayLength() == 0, left.ToString());
        Assert.Equal(open, models.Counters.Calls - calls);
        foreach (var (model, _, _, _) in Ways)
            Assert.Equal(Questions, (await app.Store.QuestionsOfAsync(CanonicalFile.Judgments("small", "sim-judge", model), Cancelled)).Distinct().Count());

        // And the same once more finds everything there.
        calls = models.Counters.Calls;
        AssertCompleted(await app.Http.RunToEndAsync("id: second\n" + spec, Cancelled));
        Assert.Equal(0, models.Counters.Calls - calls);
    }

    /// <summary>Without the published behaviour, which keeps an empty answer.</summary>
    private static async Task NoAnswerIsEmptyAsync(EmbeddedApp app)
    {
        const string Config = "small/small_config.yaml";
        var published = (await app.Store.Files.ReadAsync(Config, Cancelled))!;
        Assert.NotNull(await app.Store.Files.WriteAsync(Config, BinaryData.FromString(published.Content + "\npublished_bytes: false\n"), published.ETag, Cancelled));
    }

    private static void AssertCompleted(JsonElement ended) =>
        Assert.True(ended.GetProperty("runtimeStatus").GetString() == "Completed", ended.ToString());
}
