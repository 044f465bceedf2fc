namespace ArenaBench.Cli.Browsing;

/// <summary>The part of a long list that a screen shows.</summary>
internal static class Window
{
    /// <returns>Where a move leads to, inside of <paramref name="count"/>; null when it is no move.</returns>
    public static int? Move(BrowseAct act, int at, int count, int height)
    {
        int? to = act switch
        {
            BrowseAct.Down => at + 1,
            BrowseAct.Up => at - 1,
            BrowseAct.PageDown => at + height,
            BrowseAct.PageUp => at - height,
            BrowseAct.First => 0,
            BrowseAct.Last => count - 1,
            _ => null,
        };
        return to is { } wanted ? Math.Clamp(wanted, 0, Math.Max(0, count - 1)) : null;
    }

    /// <returns>The first row to show, so that the selected one is seen; moved no further than needed.</returns>
    public static int Follow(int first, int selected, int height) => Math.Clamp(first, Math.Max(0, selected - height + 1), Math.Max(0, selected));
}
