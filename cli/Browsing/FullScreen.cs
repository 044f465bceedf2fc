using ArenaBench.Cli.Output;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ArenaBench.Cli.Browsing;

/// <summary>The whole terminal for as long as it is needed; then what stood there before stands there again.</summary>
internal sealed class FullScreen : IDisposable
{
    private const string Enter = "\e[?1049h\e[?25l";
    private const string Leave = "\e[?25h\e[?1049l";
    // Home, and away with what is there; the lines that can be scrolled back to stay.
    private const string Clear = "\e[H\e[J";

    private readonly IAnsiConsole _console;

    public FullScreen(IAnsiConsole console)
    {
        _console = console;
        _console.Write(new ControlCode(Enter));
    }

    /// <param name="lines">Not more than fit above the last line.</param>
    /// <param name="last">At the bottom.</param>
    public void Show(IReadOnlyList<SegmentLine> lines, string last)
    {
        var empty = Enumerable.Repeat(new SegmentLine(), Math.Max(0, _console.Profile.Height - 1 - lines.Count));
        _console.Write(new ControlCode(Clear));
        _console.Write(new LinesOfText([.. lines, .. empty]));
        // No line break behind it: the terminal would scroll.
        _console.Write(new Text(Cells.Fit(last, _console.Profile.Width - 1), new Style(Color.Grey)));
    }

    public void Dispose() => _console.Write(new ControlCode(Leave));
}
