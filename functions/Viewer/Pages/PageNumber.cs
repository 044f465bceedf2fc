using System.Globalization;

namespace ArenaBench.Functions.Viewer;

/// <summary>Which part of a long list a page shows.</summary>
/// <param name="Current">From 1.</param>
internal sealed record PageNumber(int Current, int Pages, int Total, int Size)
{
    public int First => (Current - 1) * Size;

    /// <summary>A number out of range shows the nearest page there is.</summary>
    public static PageNumber Of(ViewLinks links, int total, int size)
    {
        var pages = Math.Max(1, (total + size - 1) / size);
        var asked = int.TryParse(links.Asked("page"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 1;
        return new PageNumber(Math.Clamp(asked, 1, pages), pages, total, size);
    }

    /// <summary>All of it on one page.</summary>
    public static PageNumber Whole(int total) => new(1, 1, total, Math.Max(1, total));

    /// <param name="address">Of a page, by its number.</param>
    public Html Links(Func<int, string> address) => Pages == 1 ? Html.Empty : Html.Of($"""
        <nav class="pages" aria-label="Parts of the list">{Html.If(Current > 1, () => Html.Of($"<a rel='prev' data-key='k' href='{address(Current - 1)}'>← Previous</a> "))}<span>{Current} of {Pages}</span>{Html.If(Current < Pages, () => Html.Of($" <a rel='next' data-key='j' href='{address(Current + 1)}'>Next →</a>"))}</nav>
        """);
}
