using System.Net;
using Microsoft.Playwright;

namespace ArenaBench.EndToEnd.Tests.Browser;

/// <summary>What models and judges write is shown, and does nothing.</summary>
[Collection(ViewerCollection.Name)]
public sealed class AttackTests(Chromium chromium, Site site)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EveryText_OnEveryPage_RunsNothingAndLeavesNothing()
    {
        var app = await site.OpenAsync(Cancelled);
        await using var visit = await Visit.StartAsync(await chromium.OpenOrSkipAsync(), app.BaseUrl);
        var page = visit.Page;
        foreach (var model in HostileBenchmark.Models)
        {
            for (var question = 0; question < HostileBenchmark.Texts.Length; question++)
            {
                await page.GotoAsync($"api/view/runs/hostile/questions/{question}?of={Uri.EscapeDataString(model)}");
                await Assertions.Expect(page.Locator("article.text")).ToHaveCountAsync(2);
                await AssertHarmlessAsync(page);
            }
        }

        foreach (var address in new[] { "questions", "leaderboard", "compare", "questions/0?with=" + Uri.EscapeDataString(HostileBenchmark.Models[1]) })
        {
            await page.GotoAsync($"api/view/runs/hostile/{address}");
            await AssertHarmlessAsync(page);
        }

        visit.AssertNothingWrong();
    }

    [Fact]
    public async Task Texts_OfHarmlessKind_AreColouredAndSet()
    {
        var app = await site.OpenAsync(Cancelled);
        await using var visit = await Visit.StartAsync(await chromium.OpenOrSkipAsync(), app.BaseUrl);

        // The fenced HTML is coloured; of the formulas, those that KaTeX knows are set.
        await visit.Page.GotoAsync("api/view/runs/hostile/questions/7");
        await Assertions.Expect(visit.Page.Locator("pre code.language-html .hljs-tag").First).ToBeVisibleAsync();
        await visit.Page.GotoAsync("api/view/runs/hostile/questions/8");
        await Assertions.Expect(visit.Page.Locator(".math .katex").First).ToBeVisibleAsync();
        // Set once: a formula set again would be made of what is shown and what is meant, one behind the other.
        Assert.DoesNotContain(await visit.Page.Locator(".math annotation").AllTextContentsAsync(), source => source.Any(character => character > 0x7F));
        visit.AssertNothingWrong();
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Sec-Fetch-Site", "none")]
    [InlineData("X-Nothing", "1")]
    public async Task Form_FromElsewhere_IsRefused(string header, string value)
    {
        var app = await site.OpenAsync(Cancelled);
        using var start = new HttpRequestMessage(HttpMethod.Post, "api/view/start")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["do"] = "start", ["benchmark"] = "arena-mini", ["id"] = "forged" }),
        };
        using var retry = new HttpRequestMessage(HttpMethod.Post, "api/view/runs/pairs/do/retry");
        start.Headers.Add(header, value);
        retry.Headers.Add(header, value);

        using var started = await app.Http.SendAsync(start, Cancelled);
        using var retried = await app.Http.SendAsync(retry, Cancelled);

        Assert.Equal(HttpStatusCode.Forbidden, started.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, retried.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Http.GetAsync("api/runs/forged", Cancelled)).StatusCode);
    }

    [Theory]
    [InlineData("api/view/runs/none", 404, "There is no run")]
    [InlineData("api/view/runs/none/leaderboard", 404, "There is no run")]
    [InlineData("api/view/runs/none/compare", 404, "There is no run")]
    [InlineData("api/view/runs/%3Cscript%3E/questions", 404, "There is no run")]
    [InlineData("api/view/runs/pairs/questions/999", 404, "questions 0 to 23")]
    [InlineData("api/view/runs/pairs/questions/x", 404, "questions 0 to 23")]
    [InlineData("api/view/runs/pairs/questions/1?of=nobody", 404, "no model")]
    [InlineData("api/view/runs/pairs/questions/1?with=nobody", 404, "no model")]
    [InlineData("api/view/runs/pairs/questions/1?in=nowhere", 404, "There is no run")]
    [InlineData("api/view/runs/pairs/compare?in=hostile", 200, "cannot be compared")]
    [InlineData("api/view/runs/pairs/compare?of=nobody", 200, "no model")]
    [InlineData("api/view/runs/pairs/questions?regex=1&q=%28", 200, "no regular expression")]
    [InlineData("api/view/runs/pairs/questions?regex=1&q=%28%3F%3Da%29", 200, "lookaround")]
    [InlineData("api/view/runs/pairs/leaderboard?style=nice", 400, "style")]
    [InlineData("api/view/start?benchmark=none", 404, "There is no benchmark")]
    public async Task Address_OfNothing_SaysSoWithAWayBack(string address, int status, string words)
    {
        var app = await site.OpenAsync(Cancelled);

        using var answer = await app.Http.GetAsync(address, Cancelled);

        var html = await answer.Content.ReadAsStringAsync(Cancelled);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains(words, html);
        Assert.Contains("<a ", html[html.IndexOf("<main", StringComparison.Ordinal)..]);
        Assert.Contains("script-src 'self'", answer.Headers.GetValues("Content-Security-Policy").Single());
    }

    private static async Task AssertHarmlessAsync(IPage page)
    {
        // Nothing but what the renderer makes is inside the texts; a formula's own boxes are KaTeX's.
        var strange = await page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll('.body *, bdi *')]
              .filter(element => !element.closest('.katex'))
              .filter(element => !['P','BR','HR','H1','H2','H3','H4','H5','H6','STRONG','EM','DEL','CODE','PRE','BLOCKQUOTE','UL','OL','LI','TABLE','THEAD','TBODY','TR','TH','TD','A','SPAN','DIV'].includes(element.tagName)
                || [...element.attributes].some(attribute => !['href', 'rel', 'class', 'start'].includes(attribute.name)))
              .map(element => element.outerHTML.slice(0, 200))
            """);
        Assert.Empty(strange);
        Assert.Empty(await page.EvaluateAsync<string[]>(
            "() => [...document.querySelectorAll('.katex [href], .katex img, .katex [onclick]')].map(element => element.outerHTML)"));
        Assert.False(await page.EvaluateAsync<bool>("'attacked' in window"));
        Assert.DoesNotContain("evil.example", new Uri(page.Url).Host);
    }
}
