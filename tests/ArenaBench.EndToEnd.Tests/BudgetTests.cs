using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using ArenaBench.Simulation;
using ArenaBench.Testing;

namespace ArenaBench.EndToEnd.Tests;

/// <summary>What a run costs, against what the endpoint itself would charge: arena-mini as it ships, the simulated models with a price.</summary>
public sealed class BudgetTests(AzuriteFixture azurite)
{
    private const decimal InputPrice = 2.5m;
    private const decimal OutputPrice = 10m;
    private const string Spec = "benchmark: arena-mini\nmodels: [sim-strong, sim-good, sim-fair, sim-weak, sim-poor]\njudges: [sim-judge]\n";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task HalfABudget_IsNeverExceeded_NearlyUsed_AndTheRestIsDoneWithMore()
    {
        var whole = await SetUpAsync();
        await CompletesAsync(whole, $"id: pilot\n{Spec}questions: {{ids: [{await PilotAsync(whole)}]}}\n");
        var pilot = Charged(whole.Models);
        var estimate = await EstimateAsync(whole);
        await CompletesAsync(whole, "id: whole\n" + Spec);
        var cost = Charged(whole.Models);
        AssertContains(estimate.GetProperty("usd"), cost - pilot);
        // Nothing is left to pay for.
        Assert.Equal(0, (await EstimateAsync(whole)).GetProperty("usd").GetProperty("value").GetDecimal());
        cost = Charged(whole.Models);
        var shown = (await RunAsync(whole, "whole")).GetProperty("cost");
        Assert.Equal(cost - pilot, shown.GetProperty("total").GetProperty("usd").GetDecimal());
        var leaderboard = await whole.App.Http.GetStringAsync("api/runs/whole/leaderboard", Cancelled);
        await whole.DisposeAsync();

        await using var half = await SetUpAsync();
        await CompletesAsync(half, FormattableString.Invariant($"id: half\n{Spec}budget: {{usd: {cost / 2}}}\n"));

        Assert.InRange(Charged(half.Models), 0.9m * cost / 2, cost / 2);
        var run = await RunAsync(half, "half");
        var totals = run.GetProperty("totals");
        Assert.InRange(totals.GetProperty("failures").GetProperty("over_budget").GetInt32(), 1, 2 * 5 * 66);
        Assert.Equal(Charged(half.Models), run.GetProperty("cost").GetProperty("total").GetProperty("usd").GetDecimal());
        // Every model gets about as far, and an answer that is paid for is judged.
        var judged = run.GetProperty("models").EnumerateArray()
            .Select(model => 66 - model.GetProperty("totals").GetProperty("failures").GetProperty("over_budget").GetInt32() / 2).ToArray();
        Assert.True(judged.Min() >= 0.7 * judged.Max(), string.Join(", ", judged));

        using var refused = await half.App.Http.PostAsync("api/runs/half/retry", null, Cancelled);
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        using var more = new StringContent(FormattableString.Invariant($"{{\"budget\": {{\"usd\": {cost * 1.2m}}}}}"), Encoding.UTF8, "application/json");
        using var again = await half.App.Http.PostAsync("api/runs/half/retry", more, Cancelled);
        Assert.True(again.StatusCode == HttpStatusCode.Accepted, await again.Content.ReadAsStringAsync(Cancelled));
        await half.App.Http.FollowAsync(again.Headers.Location!, Cancelled);
        Assert.Equal(leaderboard, await half.App.Http.GetStringAsync("api/runs/half/leaderboard", Cancelled));
        Assert.Equal(cost, Charged(half.Models));
    }

    [Fact]
    public async Task HostsKilledInMidRun_DoNotExceedTheBudget()
    {
        const decimal Budget = 0.4m;
        await using var models = await SimulatedEndpoint.StartAsync(
            new SimulationOptions { Latency = SimulatedLatency.Fixed(TimeSpan.FromMilliseconds(60)) }, Cancelled);
        var (storage, container) = (await azurite.ConnectionStringOrSkipAsync(), AzuriteFixture.NewContainerName("paid"));
        await SmallBenchmark.SetUpAsync(
            SmallBenchmark.Open(storage, container), models.BaseUrl, 60, 8, Cancelled, price: FormattableString.Invariant($"{{input: {InputPrice}, output: {OutputPrice}}}"));
        await using var host = await HostProcess.StartAsync(storage, container, Cancelled);
        using var started = await host.Http.PostRunAsync(FormattableString.Invariant($"id: paid\nbenchmark: small\nmodels: [sim-strong, sim-weak]\nbudget: {{usd: {Budget}}}\n"), Cancelled);
        Assert.True(started.IsSuccessStatusCode, await started.Content.ReadAsStringAsync(Cancelled));

        foreach (var calls in new[] { 10, 30 })
        {
            while (models.Counters.Calls < calls)
                await Task.Delay(5, Cancelled);
            await host.KillAsync();
            await host.StartAsync(Cancelled);
        }

        var ended = await host.Http.FollowAsync(started.Headers.Location!, Cancelled);
        Assert.True(ended.GetProperty("runtimeStatus").GetString() == "Completed", ended.ToString());
        var cost = (await host.Http.GetFromJsonAsync<JsonElement>("api/runs/paid", Cancelled)).GetProperty("cost").GetProperty("total");
        // What was in flight at a kill counts as paid, and for the most that it may have cost.
        Assert.InRange(Charged(models), cost.GetProperty("usd").GetDecimal(), cost.GetProperty("usd_at_most").GetDecimal());
        Assert.InRange(cost.GetProperty("usd_at_most").GetDecimal(), 0.5m * Budget, Budget);
        Assert.True(cost.GetProperty("unreported_calls").GetInt32() > 0, cost.ToString());
    }

    [Theory]
    [InlineData("budget: {usd: 5}", "sim-good has no price, and the run's budget is in dollars; add price:")]
    [InlineData("budget: {tokens: 100000}", "sim-endless answers without a limit of length, so that no budget can be kept; write max_tokens in its entry")]
    [InlineData("budget: {}", "budget has neither usd nor tokens; write what may be spent, such as budget: {usd: 5}")]
    [InlineData("budget: {usd: 0}", "budget is 0, which no call fits in; leave it out for a run without one")]
    [InlineData("budget: {usd: -1}", "budget.usd is \"-1\" where a number from 0")]
    [InlineData("budget: {euro: 1, usd: 2}", "unknown key euro")]
    public async Task BudgetThatCannotBeKept_IsRefused(string budget, string message)
    {
        await using var setup = await SetUpAsync();
        await setup.App.PutEndpointsAsync(
            FormattableString.Invariant($"sim-good: {{endpoints: [{{api_base: '{setup.Models.BaseUrl}'}}]}}\nsim-endless: {{api_type: openai_thinking, price: {{input: 1, output: 1}}, endpoints: [{{api_base: '{setup.Models.BaseUrl}'}}]}}\n"), Cancelled);

        using var refused = await setup.App.Http.PostRunAsync($"benchmark: arena-mini\nmodels: [sim-good, sim-endless]\njudges: [sim-good]\n{budget}\n", Cancelled);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains(message, (await refused.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Manifest_RunsAgain_AndExplainTellsWhatChanged()
    {
        await using var setup = await SetUpAsync();
        const string Few = "models: [sim-good]\njudges: [sim-judge]\nquestions: {end: 4}\n";
        await CompletesAsync(setup, $"id: first\nbenchmark: arena-mini\n{Few}max_tokens: 900\n");
        var leaderboard = await setup.App.Http.GetStringAsync("api/runs/first/leaderboard", Cancelled);
        var paid = setup.Models.Counters.Paid;
        var manifest = await setup.App.Http.GetStringAsync("api/runs/first/manifest", Cancelled);

        // Whatever the endpoints file says by now.
        await setup.App.PutEndpointsAsync("other: {max_tokens: 5}\n", Cancelled);
        await CompletesAsync(setup, "{\"id\": \"again\"," + manifest.TrimStart()[1..]);

        Assert.Equal(leaderboard, await setup.App.Http.GetStringAsync("api/runs/again/leaderboard", Cancelled));
        Assert.Equal(paid, setup.Models.Counters.Paid);
        using var wrong = await setup.App.Http.PostRunAsync(manifest.Replace("\"questions_hash\": \"", "\"questions_hash\": \"0", StringComparison.Ordinal), Cancelled);
        Assert.Contains("its questions or reference answers say something else now", await wrong.Content.ReadAsStringAsync(Cancelled));
        using var leaked = await setup.App.Http.PostRunAsync(manifest.Replace("\"api_key\": null", "\"api_key\": \"sk-canary\"", StringComparison.Ordinal), Cancelled);
        var said = await leaked.Content.ReadAsStringAsync(Cancelled);
        Assert.Contains("holds a key itself", said);
        Assert.DoesNotContain("sk-canary", said);

        await SetUpEndpointsAsync(setup.App, setup.Models);
        using var explained = await setup.App.Http.PostAsync("api/runs/explain", new StringContent($"benchmark: arena-mini\n{Few}max_tokens: 1000\n"), Cancelled);
        var groups = (await explained.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("groups").EnumerateArray().ToArray();
        Assert.Equal(["made_otherwise", "answer_is_new"], groups.Select(group => group.GetProperty("reason").GetString()));
        Assert.Contains("max_tokens was 900, is 1000", groups[0].GetProperty("why").GetString());
        Assert.Equal(4, groups[0].GetProperty("records").GetInt32());
        using var same = await setup.App.Http.PostAsync("api/runs/explain", new StringContent($"benchmark: arena-mini\n{Few}max_tokens: 900\n"), Cancelled);
        Assert.All(
            (await same.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("groups").EnumerateArray(),
            group => Assert.Equal("reused", group.GetProperty("reason").GetString()));
    }

    /// <summary>Two questions of each category.</summary>
    private static async Task<string> PilotAsync(Setup setup) => string.Join(", ", (await File.ReadAllLinesAsync(RepoRoot.File("data", "arena-mini", "question.jsonl"), Cancelled))
        .Select(line => JsonDocument.Parse(line).RootElement).GroupBy(question => question.GetProperty("category").GetString())
        .SelectMany(category => category.Take(2)).Select(question => question.GetProperty("question_id").GetString()));

    private static async Task<JsonElement> EstimateAsync(Setup setup)
    {
        using var answer = await setup.App.Http.PostRunAsync(Spec + "dry_run: true\n", Cancelled);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Cancelled));
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(Cancelled)).GetProperty("estimate");
    }

    private static void AssertContains(JsonElement range, decimal actual)
    {
        var (value, lower, upper) = (range.GetProperty("value").GetDecimal(), range.GetProperty("lower").GetDecimal(), range.GetProperty("upper").GetDecimal());
        Assert.InRange(actual, lower, upper);
        Assert.True(lower >= 0.7m * value && upper <= 1.3m * value, $"{value} ({lower} – {upper}) is a wide interval.");
    }

    private async Task<Setup> SetUpAsync()
    {
        var models = await SimulatedEndpoint.StartAsync(new SimulationOptions(), Cancelled);
        var app = await EmbeddedApp.StartAsync(await azurite.ConnectionStringOrSkipAsync(), AzuriteFixture.NewContainerName("budget"), Cancelled);
        await app.ImportAsync(RepoRoot.File("data", "arena-mini"), Cancelled);
        await SetUpEndpointsAsync(app, models);
        return new Setup(models, app);
    }

    private static async Task SetUpEndpointsAsync(EmbeddedApp app, SimulatedEndpoint models)
    {
        var endpoints = await File.ReadAllTextAsync(RepoRoot.File("data", "endpoints.simulated.yaml"), Cancelled);
        endpoints = endpoints.Replace("${ARENABENCH_SIMULATED_URL:-http://127.0.0.1:8089/v1}", models.BaseUrl.ToString(), StringComparison.Ordinal)
            .Replace("{input: 0, output: 0}", FormattableString.Invariant($"{{input: {InputPrice}, output: {OutputPrice}}}"), StringComparison.Ordinal);
        await app.PutEndpointsAsync(endpoints, Cancelled);
    }

    private static async Task CompletesAsync(Setup setup, string spec)
    {
        var ended = await setup.App.Http.RunToEndAsync(spec, Cancelled);
        Assert.True(ended.GetProperty("runtimeStatus").GetString() == "Completed", ended.ToString());
    }

    private static Task<JsonElement> RunAsync(Setup setup, string id) => setup.App.Http.GetFromJsonAsync<JsonElement>($"api/runs/{id}", Cancelled)!;

    private static decimal Charged(SimulatedEndpoint models) =>
        ((models.Counters.ChargedPromptTokens * InputPrice) + (models.Counters.ChargedCompletionTokens * OutputPrice)) / 1_000_000m;

    private sealed record Setup(SimulatedEndpoint Models, EmbeddedApp App) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await App.DisposeAsync();
            await Models.DisposeAsync();
        }
    }
}
