using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ArenaBench.Core.Storage;
using ArenaBench.Simulation;
using ArenaBench.Testing;

namespace ArenaBench.EndToEnd.Tests;

/// <summary>What a run leaves behind, and how it goes away.</summary>
public sealed class CleaningTests(AzuriteFixture azurite)
{
    private const string Instances = "runtime/webhooks/durabletask/instances";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EndedRun_KeepsNoHistoryOfItsShards_AndStillTellsWhatEachModelDid()
    {
        await using var models = await SimulatedEndpoint.StartAsync(new SimulationOptions(), Cancelled);
        await using var app = await StartAsync(models);
        await app.Http.RunToEndAsync("id: tidy\nbenchmark: small\nmodels: [sim-strong, sim-weak]\n", Cancelled);

        Assert.Equal(["tidy", "tidy:m00", "tidy:m01"], (await InstancesAsync(app)).Order());
        var detail = await app.Http.GetFromJsonAsync<JsonElement>("api/runs/tidy", Cancelled);
        Assert.All(detail.GetProperty("models").EnumerateArray(), model =>
        {
            Assert.Equal(model.GetProperty("shards").GetInt32(), model.GetProperty("shards_ended").GetInt32());
            Assert.Equal(6, model.GetProperty("totals").GetProperty("answers_done").GetInt32());
            Assert.Equal(6, model.GetProperty("totals").GetProperty("games_done").GetInt32());
        });
    }

    [Fact]
    public async Task DeletedRun_IsGone_AndItsAnswersAreNotPaidForAgain()
    {
        await using var models = await SimulatedEndpoint.StartAsync(new SimulationOptions(), Cancelled);
        await using var app = await StartAsync(models);
        await app.Http.RunToEndAsync("id: first\nbenchmark: small\nmodels: [sim-strong]\n", Cancelled);
        var paid = models.Counters.Paid;

        Assert.Equal(HttpStatusCode.NoContent, (await app.Http.DeleteAsync("api/runs/first", Cancelled)).StatusCode);

        Assert.Equal(HttpStatusCode.NotFound, (await app.Http.GetAsync("api/runs/first", Cancelled)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Http.DeleteAsync("api/runs/first", Cancelled)).StatusCode);
        Assert.Empty(await InstancesAsync(app));
        Assert.Equal(0, await app.Store.Files.ListAsync("runs/", Cancelled).CountAsync(Cancelled));
        await app.Http.RunToEndAsync("id: first\nbenchmark: small\nmodels: [sim-strong]\n", Cancelled);
        Assert.Equal(paid, models.Counters.Paid);
    }

    [Fact]
    public async Task RunThatIsGoing_IsNeitherDeletedNorCleaned()
    {
        await using var models = await SimulatedEndpoint.StartAsync(
            new SimulationOptions { Latency = SimulatedLatency.Fixed(TimeSpan.FromSeconds(30)) }, Cancelled);
        await using var app = await StartAsync(models);
        using var started = await app.Http.PostRunAsync("id: going\nbenchmark: small\nmodels: [sim-strong]\n", Cancelled);
        while (models.Counters.Calls == 0)
            await Task.Delay(20, Cancelled);

        using var refused = await app.Http.DeleteAsync("api/runs/going", Cancelled);
        var cleaned = await CleanAsync(app, "older_than_days=0");

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("Run going is Running", await refused.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
        Assert.Empty(cleaned.GetProperty("deleted").EnumerateArray());
        Assert.Equal(0, cleaned.GetProperty("claims").GetInt32());
        Assert.NotEmpty(await app.Store.Claims.CountByRunAsync(Cancelled));
    }

    [Fact]
    public async Task Clean_ReleasesClaimsOfARunEndedFromOutside_AndPublishesWhatItPaidFor()
    {
        await using var models = await SimulatedEndpoint.StartAsync(
            new SimulationOptions { Latency = SimulatedLatency.Fixed(TimeSpan.FromMilliseconds(500)) }, Cancelled);
        var storage = await azurite.ConnectionStringOrSkipAsync();
        await using var app = await StartAsync(models);
        using var started = await app.Http.PostRunAsync("id: cut\nbenchmark: small\nmodels: [sim-strong]\n", Cancelled);
        while (await EmbeddedApp.Open(storage, app.Name).Parts.ReadAllAsync("cut", Cancelled).CountAsync(Cancelled) == 0)
            await Task.Delay(20, Cancelled);
        foreach (var instance in await InstancesAsync(app))
            using (await app.Http.PostAsync($"{Instances}/{instance}/terminate?reason=test", null, Cancelled)) { }

        await UntilEndedAsync(app, "cut");
        var would = await CleanAsync(app, "dry_run=true");
        Assert.True(would.GetProperty("claims").GetInt32() > 0);
        Assert.NotEmpty(await app.Store.Claims.CountByRunAsync(Cancelled));
        await CleanAsync(app, "");

        Assert.Empty(await app.Store.Claims.CountByRunAsync(Cancelled));
        Assert.NotEmpty((await app.Store.Canonical.ReadAsync(CanonicalFile.Answers("small", "sim-strong"), Cancelled)).Lines);
    }

    [Fact]
    public async Task Clean_OlderThan_DeletesEndedRuns_AndADryRunOnlySaysSo()
    {
        await using var models = await SimulatedEndpoint.StartAsync(new SimulationOptions(), Cancelled);
        await using var app = await StartAsync(models);
        await app.Http.RunToEndAsync("id: old\nbenchmark: small\nmodels: [sim-strong]\n", Cancelled);

        Assert.Equal(["old"], Deleted(await CleanAsync(app, "older_than_days=0&dry_run=true")));
        Assert.Equal(HttpStatusCode.OK, (await app.Http.GetAsync("api/runs/old", Cancelled)).StatusCode);
        Assert.Empty(Deleted(await CleanAsync(app, "older_than_days=1")));
        Assert.Equal(["old"], Deleted(await CleanAsync(app, "older_than_days=0")));

        Assert.Equal(HttpStatusCode.NotFound, (await app.Http.GetAsync("api/runs/old", Cancelled)).StatusCode);
        Assert.Empty(await InstancesAsync(app));
    }

    [Theory]
    [InlineData("older_than_days=soon", "older_than_days wants a whole number of days")]
    [InlineData("older_than=30", "did you mean older_than_days?")]
    [InlineData("dry_run=maybe", "dry_run wants true or false")]
    public async Task Clean_WhatIsNotUnderstood_DeletesNothing(string query, string said)
    {
        await using var models = await SimulatedEndpoint.StartAsync(new SimulationOptions(), Cancelled);
        await using var app = await StartAsync(models);

        using var refused = await app.Http.PostAsync($"api/clean?{query}", null, Cancelled);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var body = await refused.Content.ReadAsStringAsync(Cancelled);
        Assert.Contains(said, body, StringComparison.Ordinal);
        Assert.Contains("Nothing was deleted.", body, StringComparison.Ordinal);
    }

    private async Task<EmbeddedApp> StartAsync(SimulatedEndpoint models)
    {
        var app = await EmbeddedApp.StartAsync(await azurite.ConnectionStringOrSkipAsync(), AzuriteFixture.NewContainerName("clean"), Cancelled);
        await SmallBenchmark.SetUpAsync(app.Store, models.BaseUrl, questions: 6, parallel: 2, Cancelled);
        return app;
    }

    private static async Task<IReadOnlyList<string>> InstancesAsync(EmbeddedApp app) =>
        [.. (await app.Http.GetFromJsonAsync<JsonElement>(Instances, Cancelled)).EnumerateArray().Select(item => item.GetProperty("instanceId").GetString()!)];

    private static async Task UntilEndedAsync(EmbeddedApp app, string run)
    {
        while ((await app.Http.GetFromJsonAsync<JsonElement>($"api/runs/{run}", Cancelled)).GetProperty("status").GetString() != "Terminated")
            await Task.Delay(50, Cancelled);
    }

    private static async Task<JsonElement> CleanAsync(EmbeddedApp app, string query)
    {
        using var cleaned = await app.Http.PostAsync($"api/clean?{query}", null, Cancelled);
        Assert.Equal(HttpStatusCode.OK, cleaned.StatusCode);
        return await cleaned.Content.ReadFromJsonAsync<JsonElement>(Cancelled);
    }

    private static IEnumerable<string?> Deleted(JsonElement report) => report.GetProperty("deleted").EnumerateArray().Select(run => run.GetString());
}
