using Spectre.Console;

namespace ArenaBench.Cli.Output;

/// <summary>Standard output for results, standard error for everything said to a person.</summary>
internal static class Terminal
{
    // Where no terminal says how wide it is, lines stay whole: scripts and logs read them.
    private const int Wide = 4000;

    public static IAnsiConsole Out { get; } = Create(Console.Out, Console.IsOutputRedirected);

    public static IAnsiConsole Err { get; } = Create(Console.Error, Console.IsErrorRedirected);

    /// <summary>Not broken into lines, so that a command in it can be copied.</summary>
    public static void Say(string text) => Console.Error.WriteLine(SafeText.Clean(text));

    public static void Error(IEnumerable<string> messages)
    {
        foreach (var message in messages)
            Err.MarkupLineInterpolated($"[red]error:[/] {SafeText.Clean(message)}");
    }

    private static IAnsiConsole Create(TextWriter writer, bool redirected)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });
        if (redirected)
            console.Profile.Width = Wide;
        return console;
    }
}
