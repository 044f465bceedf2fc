using System.Diagnostics;
using System.Text.RegularExpressions;
using ArenaBench.Bench.Workflow;
using Microsoft.Playwright;

namespace ArenaBench.Bench.Viewer;

/// <summary>A host with a run to look at, and how long its pages take.</summary>
internal static partial class ViewedRun
{
    /// <summary>Makes a run of a benchmark whose answers and judgments are there already.</summary>
    public static async Task JudgeAsync(string storage, string container, string run, string benchmark, CancellationToken cancellationToken)
    {
        await using var host = new BenchHost(storage, container);
        await host.StartAsync(cancellationToken);
        await host.RunAsync(run, $"benchmark: {benchmark}\nwhat: judge\nrounds: 100\n", cancellationToken, TimeSpan.FromSeconds(0.5));
    }

    /// <summary>Looks at it on a host that has just started: nothing of it is in memory.</summary>
    public static async Task<IReadOnlyList<Measurement>> LookAsync(
        string storage, string container, Func<HttpClient, CancellationToken, Task<IReadOnlyList<Measurement>>> measure, CancellationToken cancellationToken)
    {
        await using var host = new BenchHost(storage, container);
        await host.StartAsync(cancellationToken);
        return await measure(host.Http, cancellationToken);
    }

    public static async Task<double> MedianAsync(HttpClient http, string address, CancellationToken cancellationToken)
    {
        var times = new List<double>();
        for (var time = 0; time < 5; time++)
            times.Add(await TimeAsync(http, address, cancellationToken));
        return times.Order().ElementAt(2);
    }

    public static async Task<double> TimeAsync(HttpClient http, string address, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        await http.GetByteArrayAsync(address, cancellationToken);
        return clock.Elapsed.TotalSeconds;
    }

    /// <summary>Bytes of a page as a browser that takes compressed ones gets it, all that it loads included.</summary>
    public static async Task<long> WeightAsync(HttpClient http, string address, CancellationToken cancellationToken)
    {
        var page = await SizeAsync(http, address, cancellationToken);
        var loaded = AssetPattern().Matches(page.Text).Select(match => match.Groups[1].Value).Distinct(StringComparer.Ordinal);
        var sum = page.Bytes;
        var place = new Uri(http.BaseAddress!, address);
        foreach (var asset in loaded)
            sum += (await SizeAsync(http, new Uri(place, asset).AbsoluteUri, cancellationToken)).Bytes;
        return sum;
    }

    private static async Task<(long Bytes, string Text)> SizeAsync(HttpClient http, string address, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.AcceptEncoding.ParseAdd("br, gzip");
        using var answer = (await http.SendAsync(request, cancellationToken)).EnsureSuccessStatusCode();
        var bytes = await answer.Content.ReadAsByteArrayAsync(cancellationToken);
        return (bytes.Length, await http.GetStringAsync(address, cancellationToken));
    }

    [GeneratedRegex("(?:src|href)=[\"']([^\"']+\\.(?:js|css)[^\"']*)[\"']")]
    private static partial Regex AssetPattern();

    /// <returns>Seconds of the slowest of four pages; null: there is no browser.</returns>
    public static async Task<double?> FirstPaintAsync(Uri host, string run)
    {
        const string Path = "/usr/bin/chromium";
        if (!File.Exists(Path))
            return null;
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Path,
            Args = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
        });
        var slowest = 0.0;
        foreach (var address in new[] { "", $"/runs/{run}/leaderboard", $"/runs/{run}/questions", $"/runs/{run}/questions/5" })
        {
            await using var context = await browser.NewContextAsync();
            var page = await context.NewPageAsync();
            await page.GotoAsync(new Uri(host, "api/view" + address).ToString());
            slowest = Math.Max(slowest, await page.EvaluateAsync<double>("new Promise(done => new PerformanceObserver(list => done(list.getEntriesByName('first-contentful-paint')[0].startTime / 1000)).observe({ type: 'paint', buffered: true }))"));
        }

        return slowest;
    }
}
