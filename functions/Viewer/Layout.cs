namespace ArenaBench.Functions.Viewer;

/// <param name="Title">Plain text.</param>
internal sealed record Page(string Title, Html Body)
{
    /// <summary>The run that the page is about: its pages are linked at the top.</summary>
    public string? Run { get; init; }

    /// <summary>Of <see cref="Tab"/>: which of the pages this is.</summary>
    public Tab Tab { get; init; }

    /// <summary>Without script the whole page is loaded anew so often. Null: it stays as it is.</summary>
    public int? RefreshSeconds { get; init; }

    /// <summary>What it loads beyond what every page does: names of <see cref="ViewerAssets"/>.</summary>
    public IReadOnlyList<string> Assets { get; init; } = [];
}

internal enum Tab
{
    None,
    Runs,
    Start,
    Run,
    Leaderboard,
    Questions,
    Compare,
}

/// <summary>What every page has around its body.</summary>
internal static class Layout
{
    /// <summary>In the pages themselves, since a folder's host sends no header of ours. It cannot say who may frame them.</summary>
    private const string SitePolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; form-action 'none'; base-uri 'none'";

    public static Html Write(ViewLinks links, Page page)
    {
        var refresh = page.RefreshSeconds is { } seconds
            ? ViewerAssets.HasScripts
                ? Html.Of($"<noscript><meta http-equiv='refresh' content='{seconds}'></noscript>")
                : Html.Of($"<meta http-equiv='refresh' content='{seconds}'>")
            : Html.Empty;
        return Html.Of($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            {Html.If(links.IsSite, () => Html.Of($"<meta http-equiv='Content-Security-Policy' content=\"{SitePolicy}\">\n<meta name='referrer' content='no-referrer'>\n"))}{refresh}<title>{page.Title} · ArenaBench</title>
            <link rel="icon" href="data:,">
            {Html.Each(page.Assets.Prepend(links.IsSite ? ViewerAssets.SiteScript : ViewerAssets.Script).Prepend(ViewerAssets.StyleSheet).Where(ViewerAssets.Has), file => Load(links, file))}</head>
            <body>
            <a class="skip" href="#main">Skip to content</a>
            <header><nav aria-label="Pages">{AppTabs(links, page)}{RunTabs(links, page)}</nav></header>
            <main id="main">
            {page.Body}
            </main>
            {Html.If(ViewerAssets.HasScripts, Keys)}
            </body>
            </html>

            """);
    }

    private static Html Load(ViewLinks links, string file) => file.EndsWith(".css", StringComparison.Ordinal)
        ? Html.Of($"<link rel='stylesheet' href='{links.Asset(file)}'>\n")
        : Html.Of($"<script defer src='{links.Asset(file)}'></script>\n");

    private static Html AppTabs(ViewLinks links, Page page) => links.IsSite ? Html.Of($"<span class='brand'>ArenaBench</span>") : Html.Of($"""
        <a class="brand" href="{links.Runs()}">ArenaBench</a>{Link(page, Tab.Runs, links.Runs(), "Runs")}{Html.If(!links.IsReadOnly, () => Link(page, Tab.Start, links.Start(), "Start a run"))}
        """);

    private static Html RunTabs(ViewLinks links, Page page)
    {
        if (page.Run is not { } run)
            return Html.Empty;
        return Html.Of($"""
            <span class="run">{run}</span>{Html.If(!links.IsSite, () => Link(page, Tab.Run, links.Run(run), "Progress"))}{Link(page, Tab.Leaderboard, links.Leaderboard(run), "Leaderboard")}{Link(page, Tab.Questions, links.Questions(run), "Questions")}{Html.If(!links.IsSite, () => Link(page, Tab.Compare, links.Compare(run), "Compare"))}
            """);
    }

    private static Html Link(Page page, Tab tab, string address, string text) => tab == page.Tab
        ? Html.Of($"<a href='{address}' aria-current='page'>{text}</a>")
        : Html.Of($"<a href='{address}'>{text}</a>");

    private static Html Keys() => Html.Of($"""
        <dialog id="keys" aria-labelledby="keys-title"><h2 id="keys-title">Keys</h2>
        <dl class="keys">
        <div><dt><kbd>j</kbd> <kbd>→</kbd></dt><dd>next answer, next part of the list</dd></div>
        <div><dt><kbd>k</kbd> <kbd>←</kbd></dt><dd>previous</dd></div>
        <div><dt><kbd>u</kbd></dt><dd>back to the list</dd></div>
        <div><dt><kbd>/</kbd></dt><dd>search</dd></div>
        <div><dt><kbd>Esc</kbd></dt><dd>out of a field</dd></div>
        <div><dt><kbd>?</kbd></dt><dd>these keys</dd></div>
        </dl><form method="dialog"><button>Close</button></form></dialog>
        """);
}
