using ArenaBench.Testing;
using Microsoft.Playwright;

namespace ArenaBench.EndToEnd.Tests.Browser;

/// <summary>Makes the pictures of docs/viewer: <c>dotnet run --project tests/ArenaBench.EndToEnd.Tests -- -explicit only -class "*Screenshots"</c></summary>
[Collection(ViewerCollection.Name)]
public sealed class Screenshots(Chromium chromium, Site site)
{
    private static readonly (string Name, string Address, int Height)[] Pages =
    [
        ("runs", "api/view", 420),
        ("start", "api/view/start?benchmark=arena-mini-pairwise", 860),
        ("run", "api/view/runs/pairs", 640),
        ("leaderboard", "api/view/runs/pairs/leaderboard", 1200),
        ("questions", "api/view/runs/pairs/questions?verdict=games_disagree", 760),
        ("answer", "api/view/runs/pairs/questions/2?of=sim-good", 1200),
        ("compare", "api/view/runs/pairs/compare?of=sim-poor&with=sim-good", 760),
        ("beside", "api/view/runs/pairs/questions/2?of=sim-good&with=sim-poor", 1000),
    ];

    [Fact(Explicit = true)]
    public async Task OfEveryPage_LightAndDark()
    {
        var app = await site.OpenAsync(TestContext.Current.CancellationToken);
        var browser = await chromium.OpenOrSkipAsync();
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            foreach (var (name, address, height) in Pages)
            {
                await using var visit = await Visit.StartAsync(browser, app.BaseUrl, scheme, 1200, height);
                await visit.Page.GotoAsync(address, new() { WaitUntil = WaitUntilState.NetworkIdle });
                var file = RepoRoot.File("docs", "viewer", $"{name}-{(scheme == ColorScheme.Dark ? "dark" : "light")}.png");
                await visit.Page.ScreenshotAsync(new() { Path = file });
                visit.AssertNothingWrong();
            }
        }
    }
}
