using System.Runtime.CompilerServices;
using System.Text;
using ArenaBench.Cli.Commands;

namespace ArenaBench.Cli.Tests;

/// <summary>What one command returned and wrote. Lines that were wrapped for a terminal's width are joined by blanks.</summary>
internal sealed record CommandResult(int Code, string Out, string Error)
{
    public string Said => string.Join(' ', Error.Split((char[])[' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
}

/// <summary>The command line as its user has it, in this process.</summary>
internal static class Arena
{
    private static readonly RoutedWriter Out = new(Console.Out);
    private static readonly RoutedWriter Error = new(Console.Error);

    // Before anything holds on to the console's writers.
    [ModuleInitializer]
    internal static void Route()
    {
        Console.SetOut(Out);
        Console.SetError(Error);
    }

    public static async Task<CommandResult> RunAsync(params string[] args) => await CaptureAsync(() => ArenaCommand.RunAsync(args));

    public static async Task<CommandResult> CaptureAsync(Func<Task<int>> command)
    {
        await Task.Yield();
        using var output = Out.Begin();
        using var error = Error.Begin();
        var code = await command();
        return new CommandResult(code, output.ToString(), error.ToString());
    }

    /// <summary>Writes to the writer of the test whose flow it is, else where it always went.</summary>
    private sealed class RoutedWriter(TextWriter usual) : TextWriter
    {
        private readonly AsyncLocal<StringWriter?> _current = new();

        public override Encoding Encoding => usual.Encoding;

        public StringWriter Begin() => _current.Value = new StringWriter();

        public override void Write(char value)
        {
            var target = _current.Value ?? usual;
            lock (target)
                target.Write(value);
        }
    }
}
