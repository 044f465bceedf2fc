namespace ArenaBench.Functions.Viewer;

/// <param name="Title">Plain text.</param>
internal sealed record Page(string Title, Html Body)
{
    /// <summary>The run that the page is about: its pages are linked at the top.</summary>
    public string? Run { get; init; }

    /// <summary>Of <see cref="Tab"/>: which of the run's pages this is.</summary>
    public Tab Tab { get; init; }

    /// <summary>Null: the page stays as it is.</summary>
    public int? RefreshSeconds { get; init; }
}

internal enum Tab
{
    None,
    Run,
    Leaderboard,
    Questions,
}

/// <summary>What every page has around its body.</summary>
internal static class Layout
{
    public static Html Write(ViewLinks links, Page page)
    {
        var refresh = page.RefreshSeconds is { } seconds ? Html.Of($"<meta http-equiv='refresh' content='{seconds}'>") : Html.Empty;
        return Html.Of($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            {refresh}<title>{page.Title} · ArenaBench</title>
            <link rel="icon" href="data:,">
            <link rel="stylesheet" href="{links.Asset(ViewerAssets.StyleSheet)}">
            </head>
            <body>
            <a class="skip" href="#main">Skip to content</a>
            <header><nav aria-label="Pages"><a class="brand" href="{links.Runs()}">ArenaBench</a>{RunTabs(links, page)}</nav></header>
            <main id="main">
            {page.Body}
            </main>
            </body>
            </html>

            """);
    }

    private static Html RunTabs(ViewLinks links, Page page)
    {
        if (page.Run is not { } run)
            return Html.Empty;
        return Html.Of($"""
            <span class="run">{run}</span>{Link(Tab.Run, links.Run(run), "Progress")}{Link(Tab.Leaderboard, links.Leaderboard(run), "Leaderboard")}{Link(Tab.Questions, links.Questions(run), "Questions")}
            """);

        Html Link(Tab tab, string address, string text) => tab == page.Tab
            ? Html.Of($"<a href='{address}' aria-current='page'>{text}</a>")
            : Html.Of($"<a href='{address}'>{text}</a>");
    }
}
