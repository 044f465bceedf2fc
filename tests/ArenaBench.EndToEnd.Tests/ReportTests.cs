using System.Net;
using ArenaBench.Core.Storage;
using ArenaBench.Simulation;
using ArenaBench.Testing;

namespace ArenaBench.EndToEnd.Tests;

/// <summary>A run's report and the index that pages read.</summary>
public sealed class ReportTests(AzuriteFixture azurite)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Report_IsOneFileThatLoadsAndRunsNothing_AndSaysWhatTheRunSays()
    {
        await using var models = await SimulatedEndpoint.StartAsync(new SimulationOptions(), Cancelled);
        await using var app = await StartAsync(models);
        using var early = await app.Http.GetAsync("api/runs/reported/report", Cancelled);
        Assert.Equal(HttpStatusCode.NotFound, early.StatusCode);

        await app.Http.RunToEndAsync("id: reported\nbenchmark: small\nmodels: [sim-strong, sim-poor]\n", Cancelled);

        using var response = await app.Http.GetAsync("api/runs/reported/report", Cancelled);
        var page = await response.Content.ReadAsStringAsync(Cancelled);
        Assert.StartsWith("<!doctype html>", page, StringComparison.Ordinal);
        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("default-src 'none'; style-src 'sha256-", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        foreach (var loading in new[] { "<script", "src=", "<link", "@import", "url(" })
            Assert.DoesNotContain(loading, page, StringComparison.OrdinalIgnoreCase);
        foreach (var said in new[] { "sim-strong", "sim-poor", "sim-judge", "Mean rating", "6 of 6", "its lowest score", "Question 0", "seed 42" })
            Assert.Contains(said, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_OfHostileTexts_HoldsThemAsText()
    {
        const string attack = "<script>alert(1)</script><img src=x onerror=alert(2)> [link](javascript:alert(3)) <style>*{display:none}</style>";
        await using var models = await SimulatedEndpoint.StartAsync(new SimulationOptions(), Cancelled);
        await using var app = await StartAsync(models);
        var answers = Enumerable.Range(0, 6).Select(number => new CanonicalLine(
            $"q{number:0000}",
            System.Text.Json.JsonSerializer.SerializeToElement(new
            {
                question_id = $"q{number:0000}", answer_id = "a", model_id = "sim-fair", choices = new[] { new { index = 0, turns = new[] { attack } } }, tstamp = 1.0,
            }), null));
        await app.Store.Canonical.PublishAsync(CanonicalFile.Answers("small", "sim-fair"), [.. answers], Cancelled);

        await app.Http.RunToEndAsync("id: hostile\nbenchmark: small\nwhat: judge\nmodels: [sim-fair]\n", Cancelled);

        var page = await app.Http.GetStringAsync("api/runs/hostile/report", Cancelled);
        Assert.Contains("&lt;script&gt;alert(1)", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("href=\"javascript", page, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Index_HoldsARowForEveryRecord_WithThePlaceOfItsText()
    {
        await using var models = await SimulatedEndpoint.StartAsync(new SimulationOptions(), Cancelled);
        await using var app = await StartAsync(models);
        await app.Http.RunToEndAsync("id: indexed\nbenchmark: small\nmodels: [sim-strong, sim-poor]\n", Cancelled);

        var contents = await app.Store.Index.ReadContentsAsync("indexed", Cancelled);
        Assert.Equal([new IndexedModel("sim-poor", 12), new IndexedModel("sim-strong", 12)], contents!.Models);
        await foreach (var row in app.Store.Index.ReadAsync("indexed", "sim-poor", Cancelled))
        {
            var record = await app.Store.Parts.ReadAsync("indexed", row.Place, Cancelled);
            Assert.Equal(row.Key, record!.Key);
        }
    }

    private async Task<EmbeddedApp> StartAsync(SimulatedEndpoint models)
    {
        var app = await EmbeddedApp.StartAsync(await azurite.ConnectionStringOrSkipAsync(), AzuriteFixture.NewContainerName("report"), Cancelled);
        await SmallBenchmark.SetUpAsync(app.Store, models.BaseUrl, questions: 6, parallel: 2, Cancelled);
        return app;
    }
}
