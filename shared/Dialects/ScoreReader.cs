using System.Runtime.CompilerServices;
using ArenaBench.Core.Answers;
using ArenaBench.Core.Configuration;
using ArenaBench.Core.Judging;

namespace ArenaBench.Core.Dialects;

/// <summary>What scoring needs of a judgment.</summary>
/// <param name="Judge">Null where the records do not name it: the folder or the configuration does.</param>
/// <param name="Baseline">Null where the records do not name it: the configuration does.</param>
/// <param name="Games">Single: one; pairwise: two. A missing game is null.</param>
public sealed record JudgmentScores(
    string QuestionId, string Model, string? Judge, string? Baseline, IReadOnlyList<Score?> Games);

/// <summary>What scoring needs of an answer.</summary>
/// <param name="Tokens">Of the first choice, all turns; null where not recorded.</param>
/// <param name="Style">Null where the record holds no metadata: it has to be counted from the text.</param>
/// <param name="Text">What the judge reads last: the last turn of the first choice; null where texts were not asked for.</param>
public sealed record AnswerStyle(string QuestionId, string Model, int? Tokens, StyleCounts? Style, string? Text = null);

/// <summary>
/// Streams large files for scoring. Ids, scores and counts are read where they stand; texts are skipped unless they are asked for,
/// so that memory does not depend on them. Only a record without a score is read whole, for the reason. Damaged lines are reported and left out.
/// </summary>
public static class ScoreReader
{
    public static async IAsyncEnumerable<JsonLine<JudgmentScores>> ReadJudgmentsAsync(
        Dialect dialect,
        Stream stream,
        string file,
        ProblemLog problems,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var lines = new LineReader(stream);
        var parser = new JudgmentParser();
        while (await lines.ReadAsync(cancellationToken))
        {
            if (JsonLines.IsBlank(lines)) continue;
            var scores = parser.Parse(lines.Line.Span);
            if (scores is not null
                || JsonLines.TryRead<JudgmentScores>(lines, file, line => Whole(dialect.ReadJudgment(line)), problems, out scores))
                yield return new JsonLine<JudgmentScores>(lines.Number, scores);
        }
    }

    /// <param name="count">Where a record holds no style counts, count them from its texts.</param>
    /// <param name="texts">Give the texts too.</param>
    public static async IAsyncEnumerable<JsonLine<AnswerStyle>> ReadAnswersAsync(
        Dialect dialect,
        Stream stream,
        string file,
        ProblemLog problems,
        bool count = false,
        bool texts = false,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var lines = new LineReader(stream);
        var parser = new AnswerParser(texts);
        while (await lines.ReadAsync(cancellationToken))
        {
            if (JsonLines.IsBlank(lines)) continue;
            var style = parser.Parse(lines.Line.Span);
            if (style is not null && (style.Style is not null || !count)
                || JsonLines.TryRead<AnswerStyle>(lines, file, line => Whole(dialect, dialect.ReadAnswer(line), count, texts), problems, out style))
                yield return new JsonLine<AnswerStyle>(lines.Number, style);
        }
    }

    private static JudgmentScores Whole(Judgment judgment) => new(
        judgment.QuestionId, judgment.Model, judgment.Judge, judgment.Baseline, [.. judgment.Games.Select(g => g?.Score)]);

    private static AnswerStyle Whole(Dialect dialect, Answer answer, bool count, bool texts)
    {
        var turns = answer.Choices[0].Turns;
        var style = answer.Style ?? (count ? StyleCounter.Count(turns, dialect.Tokens) : null);
        var tokens = style?.TokenLen ?? (turns.All(t => t.TokenLen is not null) ? turns.Sum(t => t.TokenLen) : null);
        return new AnswerStyle(
            answer.QuestionId, answer.Model, tokens, style is null ? null : StyleCounts.Of(style), texts && turns.Count > 0 ? turns[^1].Content : null);
    }
}
