using System.Globalization;
using ArenaBench.Cli.Output;
using ArenaBench.Core.Records;
using ArenaBench.Functions.Api;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ArenaBench.Cli.Browsing;

/// <summary>
/// One answer with its question, references, games and judgments, as lines for a terminal. What this program says stands at the left
/// edge, what models wrote is indented: no text of theirs can pass for ours.
/// </summary>
internal sealed class AnswerText
{
    private const string Indent = "  ";
    private static readonly Style Heading = new(Color.Green);
    private static readonly Style Aside = new(Color.Grey);

    private readonly int _width;
    private readonly bool _thoughts;
    private readonly int _most;
    private readonly List<SegmentLine> _lines = [];

    private AnswerText(int width, bool thoughts, int most)
    {
        _width = width;
        _thoughts = thoughts;
        _most = most;
    }

    /// <param name="width">Of the terminal, in cells.</param>
    /// <param name="thoughts">Show what models thought, too.</param>
    /// <param name="most">Characters of a text.</param>
    public static IReadOnlyList<SegmentLine> Lines(int width, AnswerDetail shown, bool thoughts, int most = int.MaxValue)
    {
        var text = new AnswerText(width, thoughts, most);
        text.Say($"question {shown.Question} ({shown.QuestionId}), {shown.Category}, answered by {shown.Answer.Model}, run {shown.Run}");
        foreach (var (index, turn) in shown.Turns.Index())
            text.Section(shown.Turns.Count == 1 ? "question" : $"question, turn {index + 1}", turn);
        foreach (var reference in shown.References)
            text.Answer($"reference by {reference.Model}", reference);
        if (shown.Baseline is { } baseline)
            text.Answer($"answer of {baseline.Model}, the baseline", baseline);
        text.Answer($"answer of {shown.Answer.Model}", shown.Answer);
        foreach (var game in shown.Games)
            text.Game(shown, game);
        return text._lines;
    }

    private void Answer(string title, AnswerTexts answer)
    {
        string?[] facts =
        [
            answer.Status is null or "ok" ? null : answer.Status, Tokens(answer.Usage), Usd(answer.Usd), Seconds(answer.LatencyMs),
            answer.ModelVersion is { } version && version != answer.Model ? version : null,
        ];
        Section(With(title, facts), null);
        if (answer.Reason is { } reason)
            Body(reason);
        if (answer.Turns.Count == 0 && answer.Reason is null)
            Note("there is none yet");
        foreach (var (index, turn) in answer.Turns.Index())
        {
            if (answer.Turns.Count > 1)
                Note($"turn {index + 1}");
            Thought(turn.Thought);
            Body(turn.Content);
        }
    }

    private void Game(AnswerDetail shown, GameTexts game)
    {
        var sides = shown.Baseline is { } baseline
            ? $", game {game.Game} (A is {(game.Game == 1 ? baseline.Model : shown.Answer.Model)}, B is {(game.Game == 1 ? shown.Answer.Model : baseline.Model)})"
            : "";
        var said = game.Played is not { } played ? "not played"
            : AnswerResult.Of(played) + (played.ForModel is { } value ? $", {shown.Answer.Model} is {Words(value)}" : "");
        Section(With($"judge {game.Judge}{sides}: {said}", [Tokens(game.Usage), Usd(game.Usd), Seconds(game.LatencyMs)]), null);
        if (game.Played?.Reason is { } reason)
            Body(reason);
        Thought(game.Thought);
        if (game.Judgment is { } judgment)
            Body(judgment);
    }

    private void Section(string heading, string? body)
    {
        _lines.Add([]);
        Say(heading);
        if (body is not null)
            Body(body);
    }

    private void Say(string text) => Add(SafeText.Line(text), "", Heading);

    private void Note(string text) => Add(SafeText.Line($"[{text}]"), "", Aside);

    private void Thought(string? thought)
    {
        if (string.IsNullOrEmpty(thought))
            return;
        Note($"thought, {thought.Length:#,0} characters{(_thoughts ? "" : "; t shows them")}");
        if (!_thoughts)
            return;
        Body(thought, Aside);
        Note("end of the thought");
    }

    private void Body(string text, Style? style = null)
    {
        var cut = Math.Min(text.Length, _most);
        foreach (var line in SafeText.Block(text[..cut]).Split('\n'))
            Add(line, Indent, style ?? Style.Plain);
        if (cut < text.Length)
            Note($"{text.Length - cut:#,0} more characters; --format table shows all");
    }

    private void Add(string line, string indent, Style style)
    {
        foreach (var part in Cells.Wrap(line, _width - indent.Length))
            _lines.Add([new Segment(indent + part, style)]);
    }

    private static string With(string title, IEnumerable<string?> facts)
    {
        var known = string.Join(", ", facts.OfType<string>());
        return known.Length == 0 ? title : $"{title} [{known}]";
    }

    private static string? Tokens(TokenUsage? usage) => usage is null ? null : string.Create(CultureInfo.InvariantCulture, $"{usage.Output:#,0} tokens");

    private static string? Usd(decimal? usd) => usd is { } known ? Money.Usd(known) : null;

    private static string? Seconds(double? milliseconds) => milliseconds is { } known ? string.Create(CultureInfo.InvariantCulture, $"{known / 1000:0.0} s") : null;

    private static string Words(int forModel) => forModel switch
    {
        2 => "much better",
        1 => "better",
        0 => "as good",
        -1 => "worse",
        _ => "much worse",
    };
}
