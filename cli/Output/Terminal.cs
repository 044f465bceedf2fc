using Spectre.Console;

namespace ArenaBench.Cli.Output;

/// <summary>Standard output for results, standard error for everything said to a person.</summary>
internal static class Terminal
{
    public static IAnsiConsole Out { get; } = AnsiConsole.Console;

    public static IAnsiConsole Err { get; } = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });

    public static void Say(string text) => Err.WriteLine(SafeText.Clean(text));

    public static void Error(IEnumerable<string> messages)
    {
        foreach (var message in messages)
            Err.MarkupLineInterpolated($"[red]error:[/] {SafeText.Clean(message)}");
    }
}
