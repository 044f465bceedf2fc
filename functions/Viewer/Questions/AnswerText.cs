using ArenaBench.Core.Answers;
using ArenaBench.Core.Costs;
using ArenaBench.Core.Records;
using ArenaBench.Core.Runs;
using ArenaBench.Functions.Browsing;

namespace ArenaBench.Functions.Viewer;

/// <summary>One model's answer, all its turns; the first choice is the one that is judged.</summary>
internal static class AnswerText
{
    public static Html Write(FrozenRun run, string model, string role, RecordEnvelope? line, Texts texts) => Html.Of(
        $"<article class='text'><h2>{Html.Name(model)} <small>{role}</small></h2>{Content(run, line, texts)}</article>");

    private static Html Content(FrozenRun run, RecordEnvelope? line, Texts texts)
    {
        if (line is null)
            return Html.Of($"<p>No answer yet.</p>");
        if (line.Record is not { } record)
            return Html.Of($"<p>{ResultBadges.Failed(line.Status)} {line.Reason}</p>{Facts.Of(run, line)}");
        if (ReadRecord.Of(() => run.Dialect.ReadAnswer(record), out var damage) is not { Choices: var choices })
            return Html.Of($"{ResultBadges.Damaged(damage)}{Facts.Of(run, line)}");
        var others = Html.Each(choices.Skip(1), choice => Html.Of(
            $"<details><summary>Another answer, not judged (choice {choice.Index})</summary>{Turns(choice, texts)}</details>"));
        return Html.Of($"{Facts.Of(run, line)}{Turns(choices[0], texts)}{others}");
    }

    private static Html Turns(AnswerChoice choice, Texts texts) => Texts.Turns([.. choice.Turns.Select(turn => Html.Of(
        $"{texts.Thinking(turn.Thought)}{(turn.Content.Length == 0 ? Html.Of($"<p class='quiet'>(empty)</p>") : texts.Block(turn.Content))}"))]);
}

/// <summary>What a record cost and where it comes from.</summary>
internal static class Facts
{
    public static Html Of(FrozenRun run, RecordEnvelope line)
    {
        var facts = new List<string>();
        if (line.IsTruncated)
            facts.Add("cut at its token limit");
        if (line.Status is RecordStatus.Reused)
            facts.Add(line.Fingerprint is null ? "imported" : "from an earlier run");
        if (line.Usage is { } usage)
            facts.Add($"{Words.Count(usage.Input)} tokens in, {Words.Count(usage.Output)} out{(usage.Reasoning > 0 ? $" ({Words.Count(usage.Reasoning)} thinking)" : "")}");
        if (RecordCost.Of(run, line) is { } cost)
            facts.Add(Dollars.Of(cost));
        if (line.LatencyMs is { } latency)
            facts.Add($"{Words.Number(latency / 1000, "0.00")} s");
        if (line.Attempts > 1)
            facts.Add($"{line.Attempts} calls");
        if (line.ModelVersion is { } version)
            facts.Add(version);
        return facts.Count == 0 ? Html.Empty : Html.Of($"<p class='quiet'>{string.Join(" · ", facts)}</p>");
    }
}
