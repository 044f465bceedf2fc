using Microsoft.Playwright;

namespace ArenaBench.EndToEnd.Tests.Browser;

/// <summary>The viewer as people use it, in a real browser.</summary>
[Collection(ViewerCollection.Name)]
public sealed class ViewerTests(Chromium chromium, Site site)
{
    private static readonly string[] Pages =
    [
        "api/view",
        "api/view/start?benchmark=arena-mini-pairwise",
        "api/view/runs/pairs",
        "api/view/runs/pairs/leaderboard",
        "api/view/runs/pairs/questions",
        "api/view/runs/pairs/questions?q=(&regex=1",
        "api/view/runs/pairs/questions/2?of=sim-good",
        "api/view/runs/pairs/questions/2?of=sim-good&with=sim-poor",
        "api/view/runs/pairs/compare",
        "api/view/runs/none",
        "api/view/runs/hostile/leaderboard",
        "api/view/runs/hostile/questions",
    ];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Journey_FromTheFormToTenAnswersByKey()
    {
        var app = await site.OpenAsync(Cancelled);
        var browser = await chromium.OpenOrSkipAsync();
        await using var visit = await Visit.StartAsync(browser, app.BaseUrl);
        var page = visit.Page;

        // Start a run in the form: the estimate comes by itself, before the button.
        await page.GotoAsync("api/view");
        await page.ClickAsync("nav >> text=Start a run");
        await page.SelectOptionAsync("select[name=benchmark]", "arena-mini-pairwise");
        await visit.ArriveAsync("/start\\?benchmark=arena-mini-pairwise$");
        foreach (var model in new[] { "sim-strong", "sim-poor" })
            await page.CheckAsync($"input[name=models][value={model}]");
        foreach (var judge in new[] { "sim-judge", "sim-judge-2" })
            await page.CheckAsync($"input[name=judges][value={judge}]");
        await page.SelectOptionAsync("select[name=baseline]", "sim-fair");
        // Questions that no other run has done: there is something to watch.
        await page.FillAsync("input[name=begin]", "30");
        await page.FillAsync("input[name=end]", "46");
        await page.FillAsync("input[name=id]", "journey");
        await page.PressAsync("input[name=id]", "Tab");
        await Assertions.Expect(page.Locator("#estimate dl")).ToContainTextAsync("16");
        await Assertions.Expect(page.Locator("#estimate dl")).ToContainTextAsync("Tokens");
        await page.ClickAsync("button:text('Start the run')");

        // Watch it end: the page changes without being loaded anew.
        await visit.ArriveAsync("/runs/journey$");
        await page.EvaluateAsync("window.stayed = true");
        await Assertions.Expect(page.Locator("#live .badge")).ToHaveTextAsync("✓ Completed", new() { Timeout = 120_000 });
        Assert.True(await page.EvaluateAsync<bool>("window.stayed"));
        await Assertions.Expect(page.Locator("#live")).ToContainTextAsync("48 of 48");
        await Assertions.Expect(page.Locator("#live .facts")).ToContainTextAsync("Tokens");

        // The leaderboard, with style control.
        await page.ClickAsync("nav >> text=Leaderboard");
        // The chart is drawn when the page's scripts have taken hold of it.
        await Assertions.Expect(page.Locator("#chart canvas")).ToBeVisibleAsync();
        var before = await page.InnerTextAsync("table.board");
        await page.SelectOptionAsync("select[name=style]", "both");
        await visit.ArriveAsync("style=both");
        await Assertions.Expect(page.Locator("table.board")).Not.ToHaveTextAsync(before);
        await Assertions.Expect(page.Locator("#chart canvas")).ToBeVisibleAsync();

        // Whether one model is better than another.
        await page.SelectOptionAsync("select[name=compare]", "sim-strong");
        await visit.ArriveAsync("compare=sim-strong");
        await Assertions.Expect(page.Locator("[aria-label='Differences between models'] tbody tr")).Not.ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("[aria-label='Differences between models'] tbody")).ToContainTextAsync("chance");

        // Games that disagree; one of them; its permanent link in a new browser.
        await page.GotoAsync("api/view/runs/pairs/questions");
        await page.SelectOptionAsync("select[name=verdict]", "games_disagree");
        await visit.ArriveAsync("verdict=games_disagree");
        await Assertions.Expect(page.Locator("#results tbody tr").First).ToContainTextAsync("games disagree");
        await page.ClickAsync("#results tbody tr >> nth=0 >> a");
        await Assertions.Expect(page.Locator("h3 >> nth=0")).ToBeVisibleAsync();
        var answer = await page.InnerTextAsync("article.text >> nth=0");
        var permanent = await page.GetAttributeAsync("text=Permanent link", "href");
        await using (var other = await Visit.StartAsync(browser, app.BaseUrl))
        {
            await other.Page.GotoAsync(permanent!);
            Assert.Equal(answer, await other.Page.InnerTextAsync("article.text >> nth=0"));
            other.AssertNothingWrong();
        }

        // Back goes to the filter as it was left.
        await page.GoBackAsync();
        Assert.Equal("games_disagree", await page.InputValueAsync("select[name=verdict]"));

        // Ten answers by key, and back to the list.
        await page.GotoAsync("api/view/runs/pairs/questions?model=sim-good");
        await page.ClickAsync("#results tbody tr >> nth=0 >> a");
        // Keys are heard once the page is there.
        await visit.ArriveAsync("questions/0\\?");
        for (var number = 1; number <= 10; number++)
        {
            await visit.PressAsync(number % 2 == 0 ? "ArrowRight" : "j");
            await visit.ArriveAsync($"questions/{number}\\?");
        }

        await visit.PressAsync("k");
        await visit.ArriveAsync("questions/9\\?");
        await visit.PressAsync("u");
        await visit.ArriveAsync("/questions\\?model=sim-good$");
        await visit.PressAsync("/");
        await page.Keyboard.TypeAsync("sql");
        await visit.ArriveAsync("q=sql");
        visit.AssertNothingWrong();
    }

    [Fact]
    public async Task Chart_IsSavedAsSvgAndPng_WithAllItsRows()
    {
        var app = await site.OpenAsync(Cancelled);
        await using var visit = await Visit.StartAsync(await chromium.OpenOrSkipAsync(), app.BaseUrl);
        await visit.Page.GotoAsync("api/view/runs/pairs/leaderboard");
        await Assertions.Expect(visit.Page.Locator("#chart canvas")).ToBeVisibleAsync();

        var (svgName, svg) = await SavedAsync("Save as SVG");
        var (pngName, png) = await SavedAsync("Save as PNG");

        Assert.EndsWith(".svg", svgName, StringComparison.Ordinal);
        var texts = System.Xml.Linq.XDocument.Parse(System.Text.Encoding.UTF8.GetString(svg)).Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value).ToArray();
        Assert.All(new[] { "sim-strong", "sim-good", "sim-fair", "sim-poor" }, model => Assert.Contains(model, texts));
        Assert.EndsWith(".png", pngName, StringComparison.Ordinal);
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], png[..4]);
        // Wide and high enough for a slide; the sizes stand big-endian in the header.
        Assert.InRange(System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), 1000, 4000);
        Assert.InRange(png.Length, 5_000, 2_000_000);
        visit.AssertNothingWrong();

        async Task<(string Name, byte[] Content)> SavedAsync(string button)
        {
            var download = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync());
            await using var stream = await download.CreateReadStreamAsync();
            using var content = new MemoryStream();
            await stream.CopyToAsync(content, Cancelled);
            return (download.SuggestedFilename, content.ToArray());
        }
    }

    [Fact]
    public async Task Pages_LightAndDark_AreAccessibleWithoutErrors()
    {
        var app = await site.OpenAsync(Cancelled);
        var browser = await chromium.OpenOrSkipAsync();
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await using var visit = await Visit.StartAsync(browser, app.BaseUrl, scheme);
            foreach (var address in Pages.Where(address => !address.EndsWith("/none", StringComparison.Ordinal)))
            {
                await visit.Page.GotoAsync(address);
                await Accessibility.AssertAsync(visit.Page);
            }

            visit.AssertNothingWrong();
        }
    }

    [Fact]
    public async Task Pages_OnAPhone_DoNotScrollSideways()
    {
        var app = await site.OpenAsync(Cancelled);
        await using var visit = await Visit.StartAsync(await chromium.OpenOrSkipAsync(), app.BaseUrl, width: 360, height: 740);
        foreach (var address in Pages)
        {
            await visit.Page.GotoAsync(address);
            var wide = await visit.Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
            Assert.True(wide <= 360, $"{address} is {wide} wide");
        }
    }

    [Fact]
    public async Task Pages_WeighLessThanTheirLimit()
    {
        var app = await site.OpenAsync(Cancelled);
        await using var visit = await Visit.StartAsync(await chromium.OpenOrSkipAsync(), app.BaseUrl);
        foreach (var address in Pages)
        {
            // A new visitor of each page: nothing is in the cache.
            await using var fresh = await Visit.StartAsync(await chromium.OpenOrSkipAsync(), app.BaseUrl);
            await fresh.Page.GotoAsync(address, new() { WaitUntil = WaitUntilState.NetworkIdle });
            var bytes = await fresh.Page.EvaluateAsync<long>(
                "[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].reduce((sum, one) => sum + one.transferSize, 0)");
            Assert.InRange(bytes, 1_000, 500_000);
        }
    }

    [Fact]
    public async Task Host_OutOfReachWhileARunIsFollowed_IsSaidAndComesBack()
    {
        var app = await site.OpenAsync(Cancelled);
        await using var visit = await Visit.StartAsync(await chromium.OpenOrSkipAsync(), app.BaseUrl);
        var page = visit.Page;
        // A finished run's page, made to look as one that goes: its part is asked for every two seconds.
        await page.RouteAsync("**/api/view/runs/pairs", async route =>
        {
            var answer = await route.FetchAsync();
            var html = (await answer.TextAsync()).Replace(
                "<div id=\"live\">", "<div id=\"live\" hx-get=\"/api/view/runs/pairs\" hx-trigger=\"every 200ms\" hx-select=\"#live\" hx-swap=\"morph\" hx-ext=\"morph\">", StringComparison.Ordinal);
            await route.FulfillAsync(new() { Response = answer, Body = html });
        });
        await page.GotoAsync("api/view/runs/pairs");
        // What is asked for again goes to the host itself: an answer made by the test would come whether or not there is a network.
        // One that the test is just answering is waited for: given up half way it would never end, and nothing would be asked for again.
        await page.UnrouteAllAsync(new() { Behavior = UnrouteBehavior.Wait });
        await page.Context.SetOfflineAsync(true);
        await Assertions.Expect(page.Locator(".lost")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#live table")).ToBeVisibleAsync();

        await page.Context.SetOfflineAsync(false);

        await Assertions.Expect(page.Locator(".lost")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Pages_WithoutScript_DoTheirEssentials()
    {
        var app = await site.OpenAsync(Cancelled);
        await using var visit = await Visit.StartAsync(await chromium.OpenOrSkipAsync(), app.BaseUrl, script: false);
        var page = visit.Page;
        await page.GotoAsync("api/view/start?benchmark=arena-mini");
        await page.CheckAsync("input[name=models][value=sim-good]");
        await page.CheckAsync("input[name=judges][value=sim-judge]");
        await page.FillAsync("input[name=end]", "3");
        await page.FillAsync("input[name=id]", "plain");
        await page.ClickAsync("button:text('Estimate')");
        await Assertions.Expect(page.Locator("#estimate dl")).ToContainTextAsync("3");
        Assert.True(await page.IsCheckedAsync("input[name=models][value=sim-good]"));
        await page.ClickAsync("button:text('Start the run')");
        await visit.ArriveAsync("/runs/plain$");
        for (var tries = 0; !(await page.InnerTextAsync("#live")).Contains("Completed", StringComparison.Ordinal); tries++)
        {
            Assert.True(tries < 400, await page.InnerTextAsync("#live"));
            await Task.Delay(150, Cancelled);
            await page.ReloadAsync();
        }

        await page.GotoAsync("api/view/runs/pairs/leaderboard");
        await page.SelectOptionAsync("select[name=style]", "both");
        await page.ClickAsync("button:text('Show')");
        await visit.ArriveAsync("style=both");
        await page.GotoAsync("api/view/runs/pairs/questions");
        await page.SelectOptionAsync("select[name=better]", "sim-good");
        await page.SelectOptionAsync("select[name=than]", "sim-poor");
        await page.ClickAsync("button:has-text('Filter')");
        await visit.ArriveAsync("better=sim-good&than=sim-poor");
        Assert.NotEqual(0, await page.Locator("#results tbody tr").CountAsync());
        visit.AssertNothingWrong();
    }
}
