namespace ArenaBench.Cli.Browsing;

internal enum BrowseAct
{
    None,
    Down,
    Up,
    PageDown,
    PageUp,
    First,
    Last,
    Open,
    Next,
    Previous,
    Back,
    Thoughts,
    Reload,
    Help,
    Quit,
}

/// <summary>What a key does.</summary>
internal static class BrowseKeys
{
    public const string OfList = "j k move  Enter open  r again  q quit  ? keys";
    public const string OfAnswer = "j k scroll  n p next, previous  t thoughts  u list  q quit  ? keys";

    public static readonly IReadOnlyList<string> Help =
    [
        "j, Down        the next row of the list; in an answer, a line down",
        "k, Up          the row, or the line, before",
        "Space, PgDn    a screen down",
        "b, PgUp        a screen up",
        "g, Home        the first",
        "G, End         the last",
        "Enter, o       opens the answer",
        "n, Right       the next answer of the list",
        "p, Left        the answer before",
        "t              shows or folds what models thought",
        "u, Esc         back to the list",
        "r              reads the list again: a run may be going on",
        "q              ends",
        "?              these keys",
    ];

    public static BrowseAct Of(ConsoleKeyInfo key) => key.Key switch
    {
        ConsoleKey.DownArrow => BrowseAct.Down,
        ConsoleKey.UpArrow => BrowseAct.Up,
        ConsoleKey.PageDown or ConsoleKey.Spacebar => BrowseAct.PageDown,
        ConsoleKey.PageUp => BrowseAct.PageUp,
        ConsoleKey.Home => BrowseAct.First,
        ConsoleKey.End => BrowseAct.Last,
        ConsoleKey.Enter => BrowseAct.Open,
        ConsoleKey.RightArrow => BrowseAct.Next,
        ConsoleKey.LeftArrow => BrowseAct.Previous,
        ConsoleKey.Escape or ConsoleKey.Backspace => BrowseAct.Back,
        _ => OfChar(key.KeyChar),
    };

    private static BrowseAct OfChar(char typed) => typed switch
    {
        'j' => BrowseAct.Down,
        'k' => BrowseAct.Up,
        'b' => BrowseAct.PageUp,
        'g' => BrowseAct.First,
        'G' => BrowseAct.Last,
        'o' => BrowseAct.Open,
        'n' => BrowseAct.Next,
        'p' => BrowseAct.Previous,
        'u' => BrowseAct.Back,
        't' => BrowseAct.Thoughts,
        'r' => BrowseAct.Reload,
        'q' => BrowseAct.Quit,
        '?' => BrowseAct.Help,
        _ => BrowseAct.None,
    };
}
