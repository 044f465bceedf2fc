using System.Globalization;
using ArenaBench.Cli.Client;
using ArenaBench.Cli.Output;
using ArenaBench.Functions.Api;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ArenaBench.Cli.Browsing;

/// <summary>Reading a run's answers in the terminal: a list, and one answer of it at a time.</summary>
internal sealed class AnswerBrowser(IAnsiConsole console, ArenaClient client, string run, IReadOnlyList<(string Name, string Value)> filter)
{
    /// <summary>Of a text on the screen, so that a huge one does not hold up the next key.</summary>
    private const int Most = 30_000;
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);

    private AnswerPages _pages = null!;
    private int _selected;
    private int _top;
    private AnswerDetail? _open;
    private IReadOnlyList<SegmentLine> _lines = [];
    private int _linesWidth;
    private int _line;
    private bool _thoughts;
    private bool _help;
    private string _said = "";

    private int Height => Math.Max(1, console.Profile.Height - 2);

    /// <summary>How much of the answer stands above the end of the screen.</summary>
    private int Seen => Math.Min(100, 100 * (_line + Height + 1) / Math.Max(1, _lines.Count));

    /// <param name="question">Opened first; null: the list.</param>
    /// <exception cref="ApiException">The host refuses, or does not answer at first; later the screen says so.</exception>
    public async Task RunAsync(string? question, string? of, CancellationToken cancellationToken)
    {
        _pages = await AnswerPages.OpenAsync(client, run, filter, cancellationToken);
        if (question is not null)
            await OpenAsync(question, of, cancellationToken);
        using var screen = new FullScreen(console);
        while (true)
        {
            screen.Show(await DrawAsync(cancellationToken), _said.Length > 0 ? _said : _open is null ? BrowseKeys.OfList : $"{BrowseKeys.OfAnswer}  {Seen}%");
            if (await KeyAsync(cancellationToken) is not { } key)
                continue;
            _said = "";
            var act = BrowseKeys.Of(key);
            if (act == BrowseAct.Quit)
                return;
            try
            {
                await ActAsync(act, cancellationToken);
            }
            catch (ApiException failed)
            {
                _said = SafeText.Line("error: " + failed.Messages[0]);
            }
        }
    }

    /// <returns>Null: the terminal's size has changed, draw again.</returns>
    private async Task<ConsoleKeyInfo?> KeyAsync(CancellationToken cancellationToken)
    {
        var size = (console.Profile.Width, console.Profile.Height);
        while (!console.Input.IsKeyAvailable())
        {
            if (size != (console.Profile.Width, console.Profile.Height))
                return null;
            await Task.Delay(Glance, cancellationToken);
        }

        return console.Input.ReadKey(intercept: true);
    }

    private async Task ActAsync(BrowseAct act, CancellationToken cancellationToken)
    {
        var wasHelp = _help;
        _help = act == BrowseAct.Help && !wasHelp;
        if (wasHelp)
            return;
        if (_open is null)
            await ActOnListAsync(act, cancellationToken);
        else
            await ActOnAnswerAsync(_open, act, cancellationToken);
    }

    private async Task ActOnListAsync(BrowseAct act, CancellationToken cancellationToken)
    {
        if (Window.Move(act, _selected, _pages.Total, Height) is { } moved)
            _selected = moved;
        else if (act == BrowseAct.Reload)
        {
            _pages = await AnswerPages.OpenAsync(client, run, filter, cancellationToken);
            _selected = Math.Clamp(_selected, 0, Math.Max(0, _pages.Total - 1));
        }
        else if (act is BrowseAct.Open or BrowseAct.Next && await _pages.RangeAsync(_selected, 1, cancellationToken) is [var row])
            await OpenAsync(Word(row.Question), row.Model, cancellationToken);
    }

    private async Task ActOnAnswerAsync(AnswerDetail open, BrowseAct act, CancellationToken cancellationToken)
    {
        if (Window.Move(act, _line, Math.Max(1, _lines.Count - Height + 1), Height) is { } moved)
            _line = moved;
        else if (act is BrowseAct.Next or BrowseAct.Previous)
        {
            if ((act == BrowseAct.Next ? open.Next : open.Previous) is { } place)
                await OpenAsync(Word(place.Question), place.Model, cancellationToken);
            else
                _said = act == BrowseAct.Next ? "This is the last answer of the list." : "This is the first answer of the list.";
        }
        else if (act == BrowseAct.Thoughts)
            (_thoughts, _linesWidth) = (!_thoughts, 0);
        else if (act == BrowseAct.Reload)
            await OpenAsync(Word(open.Question), open.Answer.Model, cancellationToken);
        else if (act == BrowseAct.Back)
        {
            _selected = await _pages.FindAsync(new AnswerPlace(open.Question, open.Answer.Model), cancellationToken) ?? _selected;
            _open = null;
        }
    }

    private async Task OpenAsync(string question, string? of, CancellationToken cancellationToken)
    {
        _open = await client.GetAnswerAsync(run, question, of is null ? filter : [("of", of), .. filter], cancellationToken);
        (_line, _linesWidth) = (0, 0);
    }

    private async Task<IReadOnlyList<SegmentLine>> DrawAsync(CancellationToken cancellationToken)
    {
        if (_help)
            return [.. BrowseKeys.Help.Select(line => new SegmentLine([new Segment(Cells.Fit(line, console.Profile.Width - 1))]))];
        if (_open is not null)
        {
            if (_linesWidth != console.Profile.Width)
                (_lines, _linesWidth) = (AnswerText.Lines(console.Profile.Width, _open, _thoughts, Most), console.Profile.Width);
            return [.. _lines.Skip(_line).Take(Height + 1)];
        }

        _top = Window.Follow(_top, _selected, Height);
        IReadOnlyList<ListedAnswer> rows = [];
        try
        {
            rows = await _pages.RangeAsync(_top, Height, cancellationToken);
        }
        catch (ApiException failed)
        {
            _said = SafeText.Line("error: " + failed.Messages[0]);
        }

        return AnswerRows.Lines(console.Profile.Width - 1, $"{run}: {_pages.Total} of {_pages.Of} answers{Filtered()}", rows, _selected - _top);
    }

    private string Filtered() => string.Concat(filter.Select(entry => $", {entry.Name} {entry.Value}"));

    private static string Word(int number) => number.ToString(CultureInfo.InvariantCulture);
}
