using System.Text.Json;
using AngleSharp.Html.Parser;
using ArenaBench.Simulation;
using ArenaBench.Testing;
using Microsoft.Playwright;

namespace ArenaBench.EndToEnd.Tests.Browser;

/// <summary>Pages stay pages where there are many questions, or many models.</summary>
[Collection(ViewerCollection.Name)]
public sealed class LargeRunTests(Chromium chromium, AzuriteFixture azurite)
{
    private const int LargestPage = 500_000;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TenThousandQuestions_AreListedFilteredAndReachedPageByPage()
    {
        const int Questions = 10_000;
        await using var app = await OpenAsync(models: 2, Questions);
        var list = await app.Http.GetStringAsync("api/view/runs/wide/questions", Cancelled);
        Assert.InRange(list.Length, 1, LargestPage);
        Assert.Contains("20,000 of 20,000 answers", list, StringComparison.Ordinal);

        await using var visit = await Visit.StartAsync(await chromium.OpenOrSkipAsync(), app.BaseUrl);
        var page = visit.Page;
        await page.GotoAsync("api/view/runs/wide/questions?model=model-01&q=Question+9999%3A");
        await Assertions.Expect(page.Locator("main tbody tr")).ToHaveCountAsync(1);
        await page.GotoAsync($"api/view/runs/wide/questions?model=model-01&page={Questions / 50}");
        await page.Locator("main tbody tr a").Last.ClickAsync();
        await visit.ArriveAsync("/questions/9999");
        await visit.PressAsync("k");
        await visit.ArriveAsync("/questions/9998");
        await Accessibility.AssertAsync(page);
        visit.AssertNothingWrong();

        Assert.InRange((await app.Http.GetStringAsync("api/view/runs/wide/compare", Cancelled)).Length, 1, LargestPage);
        var last = JsonSerializer.Deserialize<JsonElement>(await app.Http.GetStringAsync($"api/runs/wide/questions?model=model-01&size=100&page={Questions / 100}", Cancelled));
        Assert.Equal(Questions, last.GetProperty("total").GetInt32());
        Assert.Equal(Questions - 1, last.GetProperty("answers").EnumerateArray().Last().GetProperty("question").GetInt32());
    }

    [Fact]
    public async Task SixtyModels_EveryPageHoldsThem_WideAndNarrow()
    {
        const int Models = 60;
        await using var app = await OpenAsync(Models, questions: 10);
        foreach (var width in new[] { 1280, 390 })
        {
            await using var visit = await Visit.StartAsync(await chromium.OpenOrSkipAsync(), app.BaseUrl, width: width);
            foreach (var address in new[] { "", "/leaderboard", "/questions", "/questions/3", "/compare" })
            {
                await visit.Page.GotoAsync("api/view/runs/wide" + address);
                var overflow = await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
                Assert.True(overflow <= 0, $"{address} is {overflow} pixels wider than the window of {width}");
                if (width > 1000 && address is "/leaderboard" or "/questions/3")
                    await Accessibility.AssertAsync(visit.Page);
            }

            // The way to all models is folded: the question is in sight, and another model one press and one click away.
            await visit.Page.GotoAsync("api/view/runs/wide/questions/3");
            await Assertions.Expect(visit.Page.GetByText("Question 3: explain").First).ToBeInViewportAsync();
            await visit.Page.GetByText("one of 60 models").ClickAsync();
            await visit.Page.GetByRole(AriaRole.Link, new() { Name = WideBenchmark.Model(41), Exact = true }).First.ClickAsync();
            await visit.ArriveAsync("of=model-41");
            visit.AssertNothingWrong();
        }

        var board = new HtmlParser().ParseDocument(await app.Http.GetStringAsync("api/view/runs/wide/leaderboard", Cancelled));
        var names = board.QuerySelector("main table")!.QuerySelectorAll("tbody tr").Select(row => row.TextContent).ToArray();
        Assert.All(Enumerable.Range(0, Models), number => Assert.Contains(names, name => name.Contains(WideBenchmark.Model(number), StringComparison.Ordinal)));
    }

    [Fact]
    public async Task AnswerOfFiveMegabytes_IsShownInPart_ThenWhole()
    {
        const int Characters = 5_000_000;
        var storage = await azurite.ConnectionStringOrSkipAsync();
        await using var endpoint = await SimulatedEndpoint.StartAsync(new SimulationOptions(), Cancelled);
        await using var app = await EmbeddedApp.StartAsync(storage, AzuriteFixture.NewContainerName("giant"), Cancelled);
        await SmallBenchmark.SetUpAsync(app.Store, endpoint.BaseUrl, questions: 1, parallel: 1, Cancelled);
        const string Line = "- **One** of very many `points`.\n";
        var text = string.Concat(Enumerable.Repeat(Line, Characters / Line.Length)) + "the end";
        var answer = JsonSerializer.Serialize(new
        {
            question_id = "q0000", answer_id = "a", model_id = "giant", choices = new[] { new { index = 0, turns = new[] { text } } }, tstamp = 1.5,
        });
        await app.Store.Files.WriteAsync($"{SmallBenchmark.Name}/model_answer/giant.jsonl", BinaryData.FromString(answer + "\n"), null, Cancelled);
        var ended = await app.Http.RunToEndAsync($"id: giant\nbenchmark: {SmallBenchmark.Name}\nmodels: [giant]\nwhat: judge\n", Cancelled);
        Assert.True(ended.GetProperty("runtimeStatus").GetString() == "Completed", ended.ToString());

        Assert.InRange((await app.Http.GetStringAsync("api/view/runs/giant/questions/0", Cancelled)).Length, 1, LargestPage);
        await using var visit = await Visit.StartAsync(await chromium.OpenOrSkipAsync(), app.BaseUrl);
        await visit.Page.GotoAsync("api/view/runs/giant/questions/0");
        var all = await visit.Page.GetByRole(AriaRole.Link, new() { Name = "Show all" }).First.GetAttributeAsync("href");
        Assert.Contains("the end</", await app.Http.GetStringAsync(all, Cancelled), StringComparison.Ordinal);
        visit.AssertNothingWrong();
    }

    private async Task<EmbeddedApp> OpenAsync(int models, int questions)
    {
        var storage = await azurite.ConnectionStringOrSkipAsync();
        await using var endpoint = await SimulatedEndpoint.StartAsync(new SimulationOptions(), Cancelled);
        var app = await EmbeddedApp.StartAsync(storage, AzuriteFixture.NewContainerName("large"), Cancelled);
        await WideBenchmark.SetUpAsync(app.Store, endpoint.BaseUrl, models, questions, Cancelled);
        var ended = await app.Http.RunToEndAsync($"id: wide\nbenchmark: {WideBenchmark.Name}\nwhat: judge\nrounds: 50\n", Cancelled);
        Assert.True(ended.GetProperty("runtimeStatus").GetString() == "Completed", ended.ToString());
        return app;
    }
}
