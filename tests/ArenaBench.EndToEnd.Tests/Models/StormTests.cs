using ArenaBench.Core.Records;
using ArenaBench.Core.Storage;
using ArenaBench.Simulation;
using ArenaBench.Simulation.Faults;
using ArenaBench.Testing;

namespace ArenaBench.EndToEnd.Tests.Models;

/// <summary>A whole run against an endpoint of which much goes wrong at once. How fast it is, the benchmark says.</summary>
public sealed class StormTests(AzuriteFixture azurite)
{
    private const int Questions = 500;
    private const int Parallel = 64;

    [Fact]
    public async Task Storm_IsWeathered_WithNoDuplicate_AndEveryPaidAttemptReported()
    {
        var cancelled = TestContext.Current.CancellationToken;
        var storage = await azurite.ConnectionStringOrSkipAsync();
        await using var models = await SimulatedEndpoint.StartAsync(new SimulationOptions { Faults = Faults }, cancelled);
        await using var app = await EmbeddedApp.StartAsync(storage, AzuriteFixture.NewContainerName("storm"), cancelled);
        await SmallBenchmark.SetUpAsync(app.Store, models.BaseUrl, Questions, Parallel, cancelled);
        // A call that hangs is given up soon; under load an honest one may be late too, and is tried again like it.
        await app.PutEndpointsAsync(string.Concat(new[] { "sim-good", "sim-judge" }.Select(name =>
            $"{name}: {{endpoints: [{{api_base: '{models.BaseUrl}'}}], parallel: {Parallel}, timeout: 3s}}\n")), cancelled);

        var ended = await app.Http.RunToEndAsync("id: storm\nbenchmark: small\nmodels: [sim-good]\n", cancelled);

        Assert.True(ended.GetProperty("runtimeStatus").GetString() == "Completed", ended.ToString());
        var lines = await app.Store.LinesAsync("storm", cancelled);
        Assert.Equal(2 * Questions, lines.Count);
        Assert.Equal(2 * Questions, lines.Select(line => line.Key).Distinct().Count());
        AssertAnswered(lines, RecordKind.Answer);
        AssertAnswered(lines, RecordKind.Game);
        foreach (var file in new[] { CanonicalFile.Answers("small", "sim-good"), CanonicalFile.Judgments("small", "sim-judge", "sim-good") })
        {
            var questions = await app.Store.QuestionsOfAsync(file, cancelled);
            Assert.Equal(questions.Distinct(), questions);
        }

        Assert.All(Faults, fault => Assert.True(models.Counters.Faults[fault.Kind] > 0, $"no {fault.Kind} in the storm"));
        var paid = models.Counters.Paid + models.Counters.Faults[FaultKind.Reset] + models.Counters.Faults[FaultKind.Hang] + models.Counters.Faults[FaultKind.Html];
        Assert.Equal(paid, lines.Sum(line => (long)line.Attempts));
        Assert.Equal(paid, (await app.Store.ManifestAsync("storm", cancelled)).Models.Sum(model => (long)model.Calls));
    }

    private static FaultRule[] Faults { get; } =
    [
        new FaultRule { Kind = FaultKind.RateLimit, Rate = 0.2, RetryAfterSeconds = 0.2 },
        new FaultRule { Kind = FaultKind.ServerError, Rate = 0.05 },
        new FaultRule { Kind = FaultKind.Reset, Rate = 0.02 },
        new FaultRule { Kind = FaultKind.Hang, Rate = 0.01 },
        new FaultRule { Kind = FaultKind.TruncatedJson, Rate = 0.005 },
        new FaultRule { Kind = FaultKind.Html, Rate = 0.005 },
    ];

    /// <summary>At least 99%; what failed has a name, and the endpoint never answered it in five calls.</summary>
    private static void AssertAnswered(IReadOnlyList<RecordEnvelope> lines, RecordKind kind)
    {
        var failed = lines.Where(line => line.Key.Kind == kind && line.Record is null && line.Status != RecordStatus.MissingAnswer).ToList();
        Assert.InRange(failed.Count, 0, Questions / 100);
        Assert.All(failed, line => Assert.True(line.Attempts >= 5 && line.Status is RecordStatus.Timeout or RecordStatus.Malformed or RecordStatus.EndpointFailed, line.ToString()));
    }
}
