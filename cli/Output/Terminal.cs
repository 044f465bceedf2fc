using Spectre.Console;

namespace ArenaBench.Cli.Output;

/// <summary>Standard output for results, standard error for everything said to a person.</summary>
internal static class Terminal
{
    // Where nobody says how wide it is, lines stay whole: scripts and logs read them.
    private const int Wide = 4000;
    private const int Narrowest = 40;

    public static IAnsiConsole Out { get; } = Create(Console.Out, Console.IsOutputRedirected, Environment.GetEnvironmentVariable);

    public static IAnsiConsole Err { get; } = Create(Console.Error, Console.IsErrorRedirected, Environment.GetEnvironmentVariable);

    /// <summary>That a program can fill and read keys of; null where there is none.</summary>
    public static IAnsiConsole? Screen()
    {
        if (Console.IsInputRedirected || Console.IsOutputRedirected || IsDumb(Environment.GetEnvironmentVariable))
            return null;
        // Without colour too: a screen is drawn with control codes, which a page of output does without.
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) });
        return console.Profile.Capabilities is { Ansi: true, Interactive: true } ? console : null;
    }

    /// <summary>Not broken into lines, so that a command in it can be copied.</summary>
    public static void Say(string text) => Console.Error.WriteLine(SafeText.Clean(text));

    public static void Error(IEnumerable<string> messages)
    {
        foreach (var message in messages)
            Err.MarkupLineInterpolated($"[red]error:[/] {SafeText.Clean(message)}");
    }

    /// <param name="environment">NO_COLOR, TERM=dumb: plain text, without any escape sequence. COLUMNS: the width of what is no terminal.</param>
    internal static IAnsiConsole Create(TextWriter writer, bool redirected, Func<string, string?> environment)
    {
        var isPlain = environment("NO_COLOR") is { Length: > 0 } || IsDumb(environment);
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = isPlain ? AnsiSupport.No : AnsiSupport.Detect, Out = new AnsiConsoleOutput(writer) });
        if (redirected)
            console.Profile.Width = int.TryParse(environment("COLUMNS"), out var columns) ? Math.Max(columns, Narrowest) : Wide;
        return console;
    }

    private static bool IsDumb(Func<string, string?> environment) => environment("TERM") == "dumb";
}
