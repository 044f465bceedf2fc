using System.Text.Json;
using ArenaBench.Core.Answers;
using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Judging;

namespace ArenaBench.Core.Dialects;

/// <summary>Arena-Bench-V1, as FastChat's MT-bench: turns are plain texts, a judgment is one rating in one flat record.</summary>
public sealed class V1Dialect : TurnsDialect
{
    public override string Name => "v1";

    public override Judgment ReadJudgment(JsonElement line)
    {
        var fields = Fields.OfLine(line);
        var reply = fields["judgment"].TextOrEmpty();
        var score = CommonReads.ReadScore(fields["score"], JudgingMode.Single, ScoreRule.SingleRating, reply);
        return new Judgment(
            fields["question_id"].Id(),
            fields["model"].Id(),
            CommonReads.ReadJudge(fields["judge"]),
            Baseline: null,
            [new Game(fields["user_prompt"].OptionalText() ?? "", reply, Thought: null, score)],
            fields["tstamp"].OptionalNumber(),
            line);
    }

    public override JsonElement WriteJudgment(Judgment judgment)
    {
        if (judgment.Source.ValueKind != JsonValueKind.Undefined) return judgment.Source;
        if (judgment.Games is not [{ } game])
            throw new ArgumentException("A v1 judgment holds exactly one game.", nameof(judgment));
        return RecordWriter.Object(writer =>
        {
            writer.WriteString("question_id", judgment.QuestionId);
            writer.WriteString("model", judgment.Model);
            writer.WriteString("user_prompt", game.UserPrompt);
            writer.WriteString("judgment", game.Text);
            writer.WriteScore("score", game.Score);
        });
    }

    private protected override AnswerTurn ReadTurn(Fields turn) => new(turn.TextOrEmpty());

    private protected override void WriteTurn(Utf8JsonWriter writer, AnswerTurn turn) => writer.WriteStringValue(turn.Content);
}
