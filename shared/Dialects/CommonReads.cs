using System.Text.Json;
using ArenaBench.Core.Answers;
using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Judging;

namespace ArenaBench.Core.Dialects;

/// <summary>What the dialects read alike.</summary>
internal static class CommonReads
{
    /// <summary>A rating, a label, or null; -1 stands for null in older records. The reason for no score is read from the reply again.</summary>
    public static Score ReadScore(Fields score, JudgingMode mode, ScoreRule rule, string reply) => score.Element.ValueKind switch
    {
        JsonValueKind.Number when score.Number() is var number => number == -1 ? Unscored(mode, rule, reply) : ScoreParser.OfNumber(number),
        JsonValueKind.String => ScoreParser.OfLabel(score.Text().Trim()),
        JsonValueKind.Null => Unscored(mode, rule, reply),
        _ => throw score.Wrong("a number, a label or null"),
    };

    /// <summary>A name, or FastChat's pair of model and prompt name.</summary>
    public static string? ReadJudge(Fields judge) =>
        judge.Element.ValueKind == JsonValueKind.Array ? judge.NonEmptyItems("name")[0].Text() : judge.OptionalText();

    public static StyleMetadata? ReadStyle(Fields style) =>
        style.IsNull
            ? null
            : new StyleMetadata(
                style["token_len"].Count(), style["header_count"].Counts(), style["list_count"].Counts(), style["bold_count"].Counts());

    private static Score Unscored(JudgingMode mode, ScoreRule rule, string reply) =>
        Score.None(ScoreParser.ReasonFor(mode, rule, reply));
}
