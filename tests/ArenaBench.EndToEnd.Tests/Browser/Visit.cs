using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace ArenaBench.EndToEnd.Tests.Browser;

/// <summary>A page in a browser of its own, with everything noted that should not be: errors of the console, refusals of the policy,
/// requests to other hosts, dialogs.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _faults = [];

    private Visit(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
    }

    public IPage Page { get; }

    public static async Task<Visit> StartAsync(
        IBrowser browser, Uri host, ColorScheme scheme = ColorScheme.Light, int width = 1280, int height = 900, bool script = true)
    {
        var context = await browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = host.AbsoluteUri,
            ColorScheme = scheme,
            ViewportSize = new ViewportSize { Width = width, Height = height },
            JavaScriptEnabled = script,
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(30_000);
        var visit = new Visit(context, await context.NewPageAsync());
        visit.Watch(host);
        return visit;
    }

    /// <summary>Fails with all that went wrong so far.</summary>
    public void AssertNothingWrong()
    {
        lock (_faults)
            Assert.True(_faults.Count == 0, string.Join('\n', _faults));
    }

    /// <summary>Waits until the page is there and whole. (The browser library's own wait misses a page that loads while it begins to wait.)</summary>
    public async Task ArriveAsync([StringSyntax(StringSyntaxAttribute.Regex)] string address)
    {
        await Assertions.Expect(Page).ToHaveURLAsync(new Regex(address));
        await Page.WaitForFunctionAsync("() => document.readyState === 'complete'");
    }

    /// <summary>Presses a key as a reader does: a page that shows nothing yet is given no keys by the browser.</summary>
    public async Task PressAsync(string key)
    {
        await Page.EvaluateAsync("() => new Promise(painted => requestAnimationFrame(() => requestAnimationFrame(painted)))");
        await Page.Keyboard.PressAsync(key);
    }

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    private void Watch(Uri host)
    {
        // A refusal of the policy is an error of the console, too.
        Page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                Fault($"console {message.Type} on {Page.Url}: {message.Text}");
        };
        Page.PageError += (_, error) => Fault($"error on {Page.Url}: {error}");
        Page.Dialog += (_, dialog) =>
        {
            Fault($"dialog on {Page.Url}: {dialog.Message}");
            _ = dialog.DismissAsync();
        };
        Page.Popup += (_, popup) => Fault($"popup on {Page.Url}: {popup.Url}");
        Page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(host.AbsoluteUri, StringComparison.Ordinal) && !request.Url.StartsWith("data:,", StringComparison.Ordinal))
                Fault($"request of {Page.Url} to {request.Url}");
        };
    }

    private void Fault(string what)
    {
        lock (_faults)
            _faults.Add(what);
    }
}
