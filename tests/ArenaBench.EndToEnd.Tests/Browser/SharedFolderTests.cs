using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using ArenaBench.Functions.Viewer;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;

namespace ArenaBench.EndToEnd.Tests.Browser;

/// <summary>A run as a folder of files: complete, closed in itself, harmless, and readable in a browser.</summary>
[Collection(ViewerCollection.Name)]
public sealed partial class SharedFolderTests(Chromium chromium, Site site)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryLink_LeadsToAFileOfTheFolder_AndOurScriptsAloneAreLoaded()
    {
        var app = await site.OpenAsync(Cancelled);
        using var folder = await SharedFolder.OfAsync(app.Http, "hostile", Cancelled);
        var pages = folder.Files.Where(file => file.EndsWith(".html", StringComparison.Ordinal)).ToArray();
        var (models, questions) = (HostileBenchmark.Models.Length, HostileBenchmark.Texts.Length);
        Assert.Equal(2 + models * (questions + 1), pages.Length);
        Assert.All(folder.Files, file => Assert.Matches(PlainName(), file));
        var mark = JsonSerializer.Deserialize<JsonElement>(await File.ReadAllTextAsync(folder.File(SiteFiles.Mark), Cancelled));
        Assert.Equal(("hostile", pages.Length), (mark.GetProperty("run").GetString(), mark.GetProperty("pages").GetInt32()));

        var reached = new HashSet<string>(StringComparer.Ordinal) { SiteFiles.Index, SiteFiles.Mark };
        foreach (var page in pages)
        {
            var document = new HtmlParser().ParseDocument(await File.ReadAllTextAsync(folder.File(page), Cancelled));
            Assert.StartsWith("default-src 'none'; script-src 'self'; ", document.QuerySelector("meta[http-equiv='Content-Security-Policy']")!.GetAttribute("content"), StringComparison.Ordinal);
            Assert.Empty(document.QuerySelectorAll("form:not([method=dialog]), base, iframe, object, embed, img, style, [style], [hx-get], [hx-post]").Select(found => found.OuterHtml));
            Assert.All(document.Scripts, script => Assert.True(script.Text.Length == 0 && script.HasAttribute("src"), script.OuterHtml));
            Assert.DoesNotContain(document.All.SelectMany(element => element.Attributes), attribute => attribute.Name.StartsWith("on", StringComparison.Ordinal));
            foreach (var element in document.QuerySelectorAll("[href], [src]"))
            {
                var address = element.GetAttribute("href") ?? element.GetAttribute("src")!;
                if (element.Closest(".body") is not null)
                {
                    // Of a model's text: to other sites, never into this one.
                    Assert.True(address.StartsWith("http", StringComparison.Ordinal) && element.LocalName == "a", element.OuterHtml);
                    continue;
                }

                if (address.StartsWith('#') || address == "data:,")
                    continue;
                Assert.False(Uri.TryCreate(address, UriKind.Absolute, out _) || address.StartsWith('/'), $"{page}: {element.OuterHtml}");
                var place = new Uri(new Uri("http://h/"), page);
                var target = new Uri(place, address).AbsolutePath[1..];
                Assert.True(File.Exists(folder.File(target)), $"{page} leads to {target}, which is not there: {element.OuterHtml}");
                reached.Add(target);
            }
        }

        // Fonts are named by the style sheet; the plain scripts by pages. Nothing else lies about.
        Assert.All(folder.Files.Except(reached), file => Assert.EndsWith(".woff2", file, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pages_SayWhatTheAppsOwnPagesSay()
    {
        var app = await site.OpenAsync(Cancelled);
        using var folder = await SharedFolder.OfAsync(app.Http, "pairs", Cancelled);
        foreach (var (file, address) in new[] { ("index.html", "leaderboard"), ("answers/m1/5.html", "questions/5?of=sim-good&model=sim-good"), ("answers/m3/0.html", "questions/0?of=sim-fair&model=sim-fair") })
        {
            var served = Main(await app.Http.GetStringAsync($"api/view/runs/pairs/{address}", Cancelled));
            Assert.Equal(served, Main(await File.ReadAllTextAsync(folder.File(file), Cancelled)));
        }

        Assert.Equal(await app.Http.GetStringAsync("api/runs/pairs/leaderboard", Cancelled), await File.ReadAllTextAsync(folder.File("leaderboard.json"), Cancelled));
        Assert.Equal(await app.Http.GetStringAsync("api/runs/pairs/leaderboard?format=csv", Cancelled), await File.ReadAllTextAsync(folder.File("leaderboard.csv"), Cancelled));

        // Their words, the form of the leaderboard's options left out.
        static string Main(string html)
        {
            var main = new HtmlParser().ParseDocument(html).QuerySelector("main")!;
            main.QuerySelector("form.options")?.Remove();
            return string.Join(' ', main.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        }
    }

    [Fact]
    public async Task Reader_OfAWebHost_GoesFromTheLeaderboardThroughAFilterToAnAnswer()
    {
        var app = await site.OpenAsync(Cancelled);
        using var folder = await SharedFolder.OfAsync(app.Http, "pairs", Cancelled);
        await using var host = await ServeAsync(folder.Path);
        await using var visit = await Visit.StartAsync(await chromium.OpenOrSkipAsync(), new Uri($"{host.Urls.First()}/shared/"));
        var page = visit.Page;

        await page.GotoAsync("index.html");
        await Assertions.Expect(page.Locator("#chart canvas")).ToBeVisibleAsync();
        await Accessibility.AssertAsync(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "Questions" }).ClickAsync();
        await Assertions.Expect(page.Locator("[role=status]")).ToHaveTextAsync("96 of 96 answers.");
        await Accessibility.AssertAsync(page);
        await page.GetByLabel("Category").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await page.GetByLabel("Row holds").FillAsync("LOSES");
        var shown = page.Locator("table.questions tbody tr:visible");
        await Assertions.Expect(page.Locator("[role=status]")).Not.ToHaveTextAsync("96 of 96 answers.");
        var count = await shown.CountAsync();
        Assert.InRange(count, 1, 95);
        Assert.All(await shown.AllInnerTextsAsync(), text => Assert.Contains("loses", text, StringComparison.Ordinal));

        await page.GetByRole(AriaRole.Link, new() { Name = "sim-poor" }).First.ClickAsync();
        await Assertions.Expect(page.GetByLabel("Row holds")).ToHaveValueAsync("LOSES");
        await shown.Locator("a").First.ClickAsync();
        await Assertions.Expect(page.Locator("article.text").First).ToBeVisibleAsync();
        await Accessibility.AssertAsync(page);
        await page.GoBackAsync();
        await Assertions.Expect(page.GetByLabel("Row holds")).ToHaveValueAsync("LOSES");
        await page.GetByRole(AriaRole.Button, new() { Name = "Clear" }).ClickAsync();
        await Assertions.Expect(page.Locator("[role=status]")).ToHaveTextAsync("24 of 24 answers.");
        await shown.Locator("a").First.ClickAsync();
        await visit.ArriveAsync("/answers/m2/0\\.html$");
        await visit.PressAsync("j");
        await visit.ArriveAsync("/answers/m2/1\\.html$");
        await visit.PressAsync("u");
        await visit.ArriveAsync("/answers/m2/index\\.html");
        visit.AssertNothingWrong();
    }

    [Fact]
    public async Task HostileTexts_OpenedAsFiles_RunNothingAndAskNobody()
    {
        var app = await site.OpenAsync(Cancelled);
        using var folder = await SharedFolder.OfAsync(app.Http, "hostile", Cancelled);
        await using var visit = await Visit.StartAsync(await chromium.OpenOrSkipAsync(), folder.Address);
        foreach (var place in folder.Files.Where(file => file.StartsWith("answers/m1/", StringComparison.Ordinal)).Prepend("questions.html").Prepend("index.html"))
        {
            await visit.Page.GotoAsync(new Uri(folder.Address, place).AbsoluteUri);
            await Assertions.Expect(visit.Page.Locator("main")).ToBeVisibleAsync();
            Assert.False(await visit.Page.EvaluateAsync<bool>("'attacked' in window"));
        }

        await visit.Page.GotoAsync(new Uri(folder.Address, "questions.html").AbsoluteUri);
        await visit.Page.GetByLabel("Row holds").FillAsync("invoice");
        await Assertions.Expect(visit.Page.Locator("[role=status]")).ToHaveTextAsync("2 of 24 answers.");
        visit.AssertNothingWrong();
    }

    [Fact]
    public async Task List_WithoutScript_IsWholeAndHasNoDeadFields()
    {
        var app = await site.OpenAsync(Cancelled);
        using var folder = await SharedFolder.OfAsync(app.Http, "pairs", Cancelled);
        await using var visit = await Visit.StartAsync(await chromium.OpenOrSkipAsync(), folder.Address, script: false);

        await visit.Page.GotoAsync(new Uri(folder.Address, "questions.html").AbsoluteUri);

        Assert.Equal(96, await visit.Page.Locator("table.questions tbody tr").CountAsync());
        await Assertions.Expect(visit.Page.Locator("#filter")).ToBeHiddenAsync();
        await visit.Page.GetByRole(AriaRole.Link, new() { Name = "sim-good" }).First.ClickAsync();
        Assert.Equal(24, await visit.Page.Locator("table.questions tbody tr").CountAsync());
    }

    [Theory]
    [InlineData("none")]
    [InlineData("%3Cx%3E")]
    public async Task Folder_OfNoRun_IsNotFound(string run)
    {
        var app = await site.OpenAsync(Cancelled);

        using var refused = await app.Http.GetAsync($"api/runs/{run}/site", Cancelled);

        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        Assert.Contains("There is no run", await refused.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
    }

    private static async Task<WebApplication> ServeAsync(string folder)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var host = builder.Build();
        // Below the root, as a project's pages often are.
        host.UseStaticFiles(new StaticFileOptions { FileProvider = new PhysicalFileProvider(folder), RequestPath = "/shared" });
        await host.StartAsync(Cancelled);
        return host;
    }

    [GeneratedRegex(@"^([A-Za-z0-9_.-]+/)*[A-Za-z0-9_-][A-Za-z0-9_.-]*\z")]
    private static partial Regex PlainName();
}
