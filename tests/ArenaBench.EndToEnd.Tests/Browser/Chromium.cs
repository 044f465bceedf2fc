using Microsoft.Playwright;

namespace ArenaBench.EndToEnd.Tests.Browser;

/// <summary>One browser for all tests: Chromium as it is installed. Each test has a context of its own, so nothing is shared.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] Usual = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/snap/bin/chromium"];

    private readonly SemaphoreSlim _turn = new(1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async Task<IBrowser> OpenOrSkipAsync()
    {
        var named = Environment.GetEnvironmentVariable("ARENABENCH_CHROMIUM");
        if ((named is null ? Usual : [named]).FirstOrDefault(File.Exists) is not { } path)
        {
            Assert.Skip(named is null
                ? $"There is no browser: none of {string.Join(", ", Usual)} is there. Install Chromium, or name one in ARENABENCH_CHROMIUM."
                : $"There is no browser: ARENABENCH_CHROMIUM names {named}, which is not there.");
            throw new InvalidOperationException("Not reached: the test was skipped.");
        }

        await _turn.WaitAsync();
        try
        {
            _playwright ??= await Playwright.CreateAsync();
            // Long enough for a busy machine; nothing waits longer than it must.
            Assertions.SetDefaultExpectTimeout(30_000);
            return _browser ??= await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
            {
                ExecutablePath = path,
                Headless = true,
                Args = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
            });
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        _turn.Dispose();
    }
}
