using ArenaBench.Core.Answers;
using ArenaBench.Core.Dialects;
using ArenaBench.Core.Models;
using ArenaBench.Core.Questions;
using ArenaBench.Core.Records;

namespace ArenaBench.Core.Runs;

/// <summary>One answer in the making: its choices, each of several turns.</summary>
internal sealed class Conversation(int choices)
{
    private readonly List<List<AnswerTurn>> _choices = [[]];
    private bool _truncated;

    /// <summary>The replies of the choice being made.</summary>
    public IReadOnlyList<string> Replies => [.. _choices[^1].Select(turn => turn.Content)];

    public ModelReply? Last { get; private set; }

    public double LatencyMs { get; private set; }

    /// <summary>Whether every turn so far has its text: nothing failed.</summary>
    public bool IsWhole { get; private set; } = true;

    /// <param name="keepEmpty">As published pipelines do: an answer of no text is an answer, and the judge's to rate.</param>
    /// <returns>Whether the conversation can go on.</returns>
    public bool Add(ModelReply reply, bool keepEmpty)
    {
        IsWhole = reply.HasText || (keepEmpty && reply.Status == RecordStatus.Empty);
        if (!IsWhole)
            return false;
        Last = reply;
        LatencyMs += reply.LatencyMs;
        _truncated |= reply.Status == RecordStatus.Truncated;
        _choices[^1].Add(new AnswerTurn(reply.Text ?? "", reply.Thought));
        return true;
    }

    /// <returns>False when all choices are made.</returns>
    public bool NextChoice()
    {
        if (_choices.Count == choices)
            return false;
        _choices.Add([]);
        return true;
    }

    public RecordStatus StatusOf(ModelReply last) => IsWhole && last.HasText && _truncated ? RecordStatus.Truncated : last.Status;

    public Answer ToAnswer(Question question, string model, FrozenRun run, TimeProvider time) => new(
        question.Id,
        model,
        AnswerId.Derive(run.Spec.Benchmark, run.Spec.Run, $"{run.Spec.Attempt}", model, question.Id),
        [.. _choices.Select((turns, index) => new AnswerChoice(index, turns))],
        time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0,
        AnswerStyleOf(run.Dialect, _choices[0]),
        default);

    private static StyleMetadata AnswerStyleOf(Dialect dialect, IReadOnlyList<AnswerTurn> turns) =>
        StyleCounter.Count(turns, dialect.Tokens);
}
