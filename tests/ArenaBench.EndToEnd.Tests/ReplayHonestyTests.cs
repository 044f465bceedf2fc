using System.Net;
using ArenaBench.Core.Runs;
using ArenaBench.Functions.Activities;
using ArenaBench.Functions.Orchestrators;
using ArenaBench.LocalRuntime.Engine;
using ArenaBench.Simulation;
using ArenaBench.Simulation.Faults;
using ArenaBench.Testing;

namespace ArenaBench.EndToEnd.Tests;

/// <summary>Every orchestrator of the app, run anew from every prefix of what real runs did, does the same again: a restart at any
/// moment goes on as if nothing had happened, on either host.</summary>
public sealed class ReplayHonestyTests(AzuriteFixture azurite)
{
    private const int Questions = 40;

    private static readonly OrchestratorFunction[] Orchestrators =
    [
        new(nameof(RunOrchestration.RunOrchestrator), async context => await RunOrchestration.RunOrchestrator(context, context.GetInput<RunInput>()!)),
        new(nameof(ModelOrchestration.ModelOrchestrator), async context => await ModelOrchestration.ModelOrchestrator(context, context.GetInput<ModelInput>()!)),
        new(nameof(ShardOrchestration.ShardOrchestrator), async context => await ShardOrchestration.ShardOrchestrator(context, context.GetInput<ShardInput>()!)),
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryOrchestrator_FromEveryPrefixOfItsHistory_DoesWhatItDid()
    {
        var (app, models) = await StartAsync(Questions);
        await using var _ = app;
        await using var __ = models;
        var recorded = await RecordMixedAsync(app, models);
        var (verified, events) = (new Dictionary<string, int>(), new HashSet<Type>());
        foreach (var (id, name, history) in recorded.Histories)
        {
            try
            {
                verified[name] = verified.GetValueOrDefault(name) + ReplayVerifier.Verify(history, Orchestrators.Single(function => function.Name == name));
            }
            catch (NonDeterministicOrchestrationException changed)
            {
                Assert.Fail($"{id}: {changed.Message}");
            }

            events.UnionWith(history.Select(line => line.GetType()));
        }

        // All that may happen to them has happened.
        Assert.Superset(
            new HashSet<Type>
            {
                typeof(TaskCompleted), typeof(TaskFailed), typeof(ChildCompleted), typeof(TimerFired), typeof(TimerCanceled), typeof(EventRaised),
                typeof(Suspended), typeof(Resumed), typeof(Terminated),
            },
            events);
        Assert.Equal(Orchestrators.Select(function => function.Name).Order(), verified.Keys.Order());
        Assert.All(verified.Values, prefixes => Assert.True(prefixes > 20, string.Join(", ", verified)));
        Assert.True(verified.Values.Sum() > 100, string.Join(", ", verified));
        var limited = recorded.Totals.Where(model => model.Key.StartsWith("limited:", StringComparison.Ordinal)).ToArray();
        Assert.True(limited.Length > 1, "One pass was enough for the budget.");
        Assert.Contains(limited, model => model.Value.Failures.ContainsKey("over_budget"));
        Assert.Equal(Questions, limited.Sum(model => model.Value.AnswersDone));
        var whole = recorded.Totals.Except(limited).Select(model => model.Value).ToArray();
        Assert.All(whole, totals => Assert.Equal(Questions, totals.AnswersDone));
        Assert.Contains(whole, totals => totals.Stops.Model);
        Assert.Contains(whole, totals => totals.Stops.Run);
        Assert.Contains(whole, totals => totals.Failures.ContainsKey("content_filter"));
    }

    public static TheoryData<string> Broken => ["another order", "a count kept outside", "one call less"];

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task ABrokenOrchestrator_IsFound(string breach)
    {
        var (app, models) = await StartAsync(questions: 4);
        await using var _ = app;
        await using var __ = models;
        using (await app.Http.PostRunAsync("id: plain\nbenchmark: small\nmodels: [sim-strong]\n", Cancel))
        {
        }

        var recorded = new RecordedRuns(app);
        await recorded.FollowAsync(["plain"], Cancel);
        var shard = recorded.Histories.First(instance => instance.Name == nameof(ShardOrchestration.ShardOrchestrator)).History;
        var calls = 0;
        var broken = new OrchestratorFunction("broken", async context =>
        {
            var input = context.GetInput<ShardInput>()!;
            var work = await context.CallActivityAsync<ShardWork>(nameof(ShardActivities.ReadShard), input);
            var items = breach switch
            {
                "another order" => work.Items.Reverse(),
                "one call less" => work.Items.Skip(1),
                _ => work.Items,
            };
            await Task.WhenAll(items.Select(item => context.CallActivityAsync<StepResult>(nameof(ShardActivities.GenerateAnswer), new AnswerInput(
                input.Run, input.Attempt, input.Model, input.Shard, item.Question,
                breach == "a count kept outside" ? StepTries.None with { Waits = calls++ } : StepTries.None))));
            return null;
        });

        Assert.Throws<NonDeterministicOrchestrationException>(() => ReplayVerifier.Verify(shard, broken));
    }

    private static async Task<RecordedRuns> RecordMixedAsync(EmbeddedApp app, SimulatedEndpoint models)
    {
        foreach (var spec in new[]
        {
            "id: mixed\nbenchmark: small\nmodels: [sim-strong, sim-good, sim-fair, sim-weak]\n",
            "id: waiting\nbenchmark: small\nmodels: [sim-strong]\n",
            "id: cancelled\nbenchmark: small\nmodels: [sim-poor]\n",
            "id: limited\nbenchmark: small\nmodels: [sim-judge-2]\nmax_tokens: 200\nbudget: {tokens: 20000}\n",
        })
        {
            using var started = await app.Http.PostRunAsync(spec, Cancel);
            Assert.Equal(HttpStatusCode.Accepted, started.StatusCode);
        }

        var recorded = new RecordedRuns(app);
        var following = recorded.FollowAsync(["cancelled", "limited", "mixed", "waiting"], Cancel);
        await PostAsync(app, "mixed", "suspend");
        await PostAsync(app, "mixed", "resume");
        // Its lanes sleep on timers for minutes: the cancel wakes them.
        while (models.Counters.CallsOf("sim-poor") == 0)
            await Task.Delay(20, Cancel);
        await Task.Delay(1_000, Cancel);
        await PostAsync(app, "cancelled", "cancel");
        await following;
        return recorded;
    }

    private async Task<(EmbeddedApp App, SimulatedEndpoint Models)> StartAsync(int questions)
    {
        var storage = await azurite.ConnectionStringOrSkipAsync();
        var models = await SimulatedEndpoint.StartAsync(
            new SimulationOptions
            {
                Latency = SimulatedLatency.Fixed(TimeSpan.FromMilliseconds(100)),
                Faults =
                [
                    new FaultRule { Kind = FaultKind.RateLimit, Models = ["sim-good"], AttemptsPerRequest = 1, Rate = 0.3, RetryAfterSeconds = 6 },
                    new FaultRule { Kind = FaultKind.ContentFilter, Models = ["sim-fair"], Rate = 0.3, Sticky = true },
                    new FaultRule { Kind = FaultKind.UnknownModel, Models = ["sim-weak"] },
                    new FaultRule { Kind = FaultKind.NoVerdict, Models = ["sim-judge"], Rate = 0.2, Sticky = true },
                    new FaultRule { Kind = FaultKind.Unavailable, Models = ["sim-poor"], RetryAfterSeconds = 300 },
                ],
            },
            Cancel);
        // A publishing activity fails once, and is retried.
        var busy = 1;
        var faults = new FaultPolicy((_, request) =>
            request.Method == Azure.Core.RequestMethod.Put && request.Uri.Path.Contains("/model_answer/", StringComparison.Ordinal)
            && Interlocked.Exchange(ref busy, 0) == 1 ? Fault.Busy : Fault.None);
        var app = await EmbeddedApp.StartAsync(storage, AzuriteFixture.NewContainerName("replay"), Cancel, faults: faults);
        await SmallBenchmark.SetUpAsync(app.Store, models.BaseUrl, questions, parallel: 12, Cancel);
        return (app, models);
    }

    private static async Task PostAsync(EmbeddedApp app, string run, string action)
    {
        using var answer = await app.Http.PostAsync($"api/runs/{run}/{action}", null, Cancel);
        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync(Cancel));
    }
}
