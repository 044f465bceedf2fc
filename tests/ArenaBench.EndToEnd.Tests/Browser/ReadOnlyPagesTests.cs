using System.Net;
using AngleSharp.Html.Parser;

namespace ArenaBench.EndToEnd.Tests.Browser;

/// <summary>The live pages as somebody with a key for reading is sent to them.</summary>
[Collection(ViewerCollection.Name)]
public sealed class ReadOnlyPagesTests(Site site)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_ForReading_OfferNothingThatWouldBeRefused()
    {
        var app = await site.OpenAsync(Cancelled);
        foreach (var (address, offered) in new[] { ("api/view", "Start a run"), ("api/view/runs/pairs", "Retry") })
        {
            Assert.Contains(offered, await app.Http.GetStringAsync(address, Cancelled), StringComparison.Ordinal);
            var html = await app.Http.GetStringAsync($"{address}?code=k&access=read", Cancelled);
            Assert.DoesNotContain(offered, html, StringComparison.Ordinal);
            var document = new HtmlParser().ParseDocument(html);
            Assert.All(
                document.QuerySelectorAll("a[href^='/api/view']"), link => Assert.Contains("access=read", link.GetAttribute("href")!, StringComparison.Ordinal));
            Assert.Empty(document.QuerySelectorAll("form[method=post]"));
        }

        var board = new HtmlParser().ParseDocument(await app.Http.GetStringAsync("api/view/runs/pairs/leaderboard?access=read", Cancelled));
        Assert.Equal("read", board.QuerySelector("form.options input[name=access]")!.GetAttribute("value"));
        // The API takes no option that it does not know.
        var data = board.QuerySelectorAll("main a").Single(link => link.TextContent == "JSON").GetAttribute("href")!;
        Assert.Equal(HttpStatusCode.OK, (await app.Http.GetAsync(data, Cancelled)).StatusCode);
    }
}
