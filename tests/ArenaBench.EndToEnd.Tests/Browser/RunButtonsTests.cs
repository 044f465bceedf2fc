using System.Net.Http.Json;
using System.Text.Json;
using ArenaBench.Simulation;
using ArenaBench.Testing;
using Microsoft.Playwright;

namespace ArenaBench.EndToEnd.Tests.Browser;

/// <summary>Holding, ending and repeating a run by the buttons of its page.</summary>
[Collection(ViewerCollection.Name)]
public sealed class RunButtonsTests(Chromium chromium, AzuriteFixture azurite)
{
    private const int Questions = 60;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_IsSuspended_Resumed_Cancelled_AndRetriedToItsEnd()
    {
        var storage = await azurite.ConnectionStringOrSkipAsync();
        var browser = await chromium.OpenOrSkipAsync();
        await using var models = await SimulatedEndpoint.StartAsync(
            new SimulationOptions { Latency = SimulatedLatency.Fixed(TimeSpan.FromSeconds(0.2)) }, Cancelled);
        await using var app = await EmbeddedApp.StartAsync(storage, AzuriteFixture.NewContainerName("buttons"), Cancelled);
        await SmallBenchmark.SetUpAsync(app.Store, models.BaseUrl, Questions, parallel: 1, Cancelled);
        using var spec = new StringContent("id: held\nbenchmark: small\nmodels: [sim-good]\n");
        (await app.Http.PostAsync("api/runs", spec, Cancelled)).EnsureSuccessStatusCode();
        await using var visit = await Visit.StartAsync(browser, app.BaseUrl);
        var page = visit.Page;
        var badge = page.Locator("#live .badge").First;
        await page.GotoAsync("api/view/runs/held");

        await page.GetByRole(AriaRole.Button, new() { Name = "Suspend" }).ClickAsync();
        await Assertions.Expect(badge).ToHaveTextAsync("⏸ Suspended");
        var held = await CallsWhenStillAsync(models);
        Assert.InRange(held, 0, 2 * Questions - 1);

        await page.GetByRole(AriaRole.Button, new() { Name = "Resume" }).ClickAsync();
        await Assertions.Expect(badge).ToContainTextAsync("Running");
        while (models.Counters.Calls == held)
            await Task.Delay(20, Cancelled);

        await page.GetByText("Cancel…").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel the run" }).ClickAsync();
        await Assertions.Expect(badge).ToHaveTextAsync("■ Cancelled");
        var cancelled = await CallsWhenStillAsync(models);
        Assert.InRange(cancelled, held + 1, 2 * Questions - 1);

        await page.GetByRole(AriaRole.Button, new() { Name = "Retry" }).ClickAsync();
        await Assertions.Expect(badge).ToHaveTextAsync("✓ Completed", new() { Timeout = 120_000 });
        // What was there was not paid for again.
        Assert.Equal(2 * Questions, models.Counters.Calls);
        var totals = (await app.Http.GetFromJsonAsync<JsonElement>("api/runs/held", Cancelled)).GetProperty("models")[0];
        Assert.Equal("sim-good", totals.GetProperty("model").GetString());
        visit.AssertNothingWrong();
    }

    /// <summary>Calls in flight may end; after that none begins.</summary>
    private static async Task<long> CallsWhenStillAsync(SimulatedEndpoint models)
    {
        await Task.Delay(TimeSpan.FromSeconds(1.5), Cancelled);
        var calls = models.Counters.Calls;
        await Task.Delay(TimeSpan.FromSeconds(1), Cancelled);
        Assert.Equal(calls, models.Counters.Calls);
        return calls;
    }
}
