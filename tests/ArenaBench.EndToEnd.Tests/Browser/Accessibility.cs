using System.Text.Json;
using ArenaBench.Testing;
using Microsoft.Playwright;

namespace ArenaBench.EndToEnd.Tests.Browser;

/// <summary>axe-core on a page as it is shown.</summary>
internal static class Accessibility
{
    private static readonly Lazy<string> Source = new(() => File.ReadAllText(RepoRoot.File("functions", "Viewer", "Client", "node_modules", "axe-core", "axe.min.js")));

    /// <summary>Fails with every serious or critical finding, and where.</summary>
    public static async Task AssertAsync(IPage page)
    {
        await page.EvaluateAsync(Source.Value);
        var found = await page.EvaluateAsync<JsonElement>(
            """
            async () => (await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })).violations
              .filter(one => one.impact === 'serious' || one.impact === 'critical')
              .flatMap(one => one.nodes.map(node => `${one.id}: ${node.html.slice(0, 160)} ${node.failureSummary}`))
            """);
        Assert.True(found.GetArrayLength() == 0, $"{page.Url}\n{string.Join('\n', found.EnumerateArray().Select(one => one.GetString()))}");
    }
}
