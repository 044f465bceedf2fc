using System.Text;
using System.Text.RegularExpressions;
using ArenaBench.Simulation.Chat;

namespace ArenaBench.Simulation.Judging;

/// <summary>A judge's prompt, taken apart: the texts to judge, and what stands around them.</summary>
/// <param name="Second">Null where one answer is to be rated.</param>
/// <param name="Surroundings">The question and the rest, without answers and reference.</param>
internal sealed record JudgePrompt(string Instructions, string First, string? Second, string? Reference, string Surroundings)
{
    /// <summary>Finds the judge's prompt in a conversation: the last user message that holds marked answers.</summary>
    /// <returns>Null where there is none: the request is a question.</returns>
    public static JudgePrompt? Find(ChatRequest request)
    {
        var system = string.Join('\n', request.Messages.Where(m => m.Role is "system" or "developer").Select(m => m.Text));
        for (var i = request.Messages.Count - 1; i >= 0; i--)
        {
            var (role, text) = request.Messages[i];
            if (role != "user")
                continue;
            // A mere heading such as "### Answer" is a marker only where a verdict is asked for: questions have such lines too.
            var wantsVerdict = system.Contains("[[", StringComparison.Ordinal) || text.Contains("[[", StringComparison.Ordinal);
            if (JudgePromptReader.Read(text, headings: wantsVerdict) is { } found)
                return new JudgePrompt(system, found.First, found.Second, found.Reference, found.Surroundings);
        }
        return null;
    }
}

internal sealed record JudgePromptSections(string First, string? Second, string? Reference, string Surroundings);

/// <summary>Cuts a prompt at the lines that mark answers, in whatever template: <c>[The Start of Assistant's Answer]</c>,
/// <c>&lt;|Start of Assistant A's Answer|&gt;</c>, <c>### Answer B</c> and the like.</summary>
internal static partial class JudgePromptReader
{
    private const int LongestMarker = 100;

    private enum Section
    {
        Around,
        First,
        Second,
        Reference,
    }

    /// <param name="headings">Whether headings count as markers, besides lines that name a start and an end.</param>
    public static JudgePromptSections? Read(string prompt, bool headings)
    {
        if (!MightHoldAnswers().IsMatch(prompt))
            return null;
        var texts = new Dictionary<Section, StringBuilder>();
        var open = Section.Around;
        var hasEnd = false; // The open section has an end marker to come: then no heading ends it.
        var isTheirs = true; // Within a conversation: the assistant's words, not the user's.
        var found = false;
        foreach (var line in prompt.AsSpan().EnumerateLines())
        {
            if (line.Length <= LongestMarker && Classify(line, headings && !hasEnd) is { } marker)
            {
                (open, hasEnd, isTheirs) = marker.IsEnd ? (Section.Around, false, true) : (marker.Section, marker.HasEnd, true);
                found |= open is Section.First or Section.Second;
                continue;
            }
            if (hasEnd && line.Length <= LongestMarker && Speaker().IsMatch(line))
                isTheirs = !line.Contains("user", StringComparison.OrdinalIgnoreCase);
            var section = isTheirs ? open : Section.Around;
            if (!texts.TryGetValue(section, out var text))
                texts[section] = text = new StringBuilder();
            text.Append(line).Append('\n');
        }
        return found
            ? new JudgePromptSections(Text(Section.First) ?? "", Text(Section.Second), Text(Section.Reference), Text(Section.Around) ?? "")
            : null;

        string? Text(Section section) => texts.TryGetValue(section, out var text) ? text.ToString() : null;
    }

    private static (Section Section, bool IsEnd, bool HasEnd)? Classify(ReadOnlySpan<char> line, bool headings)
    {
        var start = line.Contains("start of", StringComparison.OrdinalIgnoreCase);
        var end = line.Contains("end of", StringComparison.OrdinalIgnoreCase);
        if (start || end)
        {
            if (line.Contains("reference", StringComparison.OrdinalIgnoreCase))
                return (Section.Reference, end, true);
            if (line.Contains("assistant b", StringComparison.OrdinalIgnoreCase) || line.Contains("answer b", StringComparison.OrdinalIgnoreCase))
                return (Section.Second, end, true);
            if (line.Contains("assistant", StringComparison.OrdinalIgnoreCase) || line.Contains("answer", StringComparison.OrdinalIgnoreCase))
                return (Section.First, end, true);
            if (line.Contains("question", StringComparison.OrdinalIgnoreCase) || line.Contains("prompt", StringComparison.OrdinalIgnoreCase))
                return (Section.Around, end, true);
            return null;
        }
        if (!headings || !Heading().IsMatch(line))
            return null;
        foreach (var match in SecondHeading().EnumerateMatches(line))
            return (Section.Second, false, false);
        if (line.Contains("reference", StringComparison.OrdinalIgnoreCase))
            return (Section.Reference, false, false);
        return (line.Contains("user", StringComparison.OrdinalIgnoreCase) || line.Contains("question", StringComparison.OrdinalIgnoreCase)
            ? Section.Around
            : Section.First, false, false);
    }

    [GeneratedRegex(@"(?:start of|###|\[|<|\*\*)[^\n]{0,40}(?:assistant|answer|response)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex MightHoldAnswers();

    // A line that is nothing but a name for what follows, set off by brackets, tags, hashes or bold.
    [GeneratedRegex(@"^\s*(?:#+|\[|<\|?|\*\*)\s*(?:the\s+)?(?:reference[\s_]|user|question|(?:(?:assistant|model)[\s_]?[ab12]?(?:'s)?[\s_])?(?:assistant|answer|response|output))[^\n.]{0,24}?[\]>*:|]*\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Heading();

    // MT-Bench shows whole conversations.
    [GeneratedRegex(@"^#+\s*(?:user|assistant(?: [ab])?):?\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Speaker();

    [GeneratedRegex(@"[\s_][b2](?![a-z0-9])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SecondHeading();
}
