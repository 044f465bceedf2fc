using System.Text.Json;
using ArenaBench.Core.Answers;
using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Judging;

namespace ArenaBench.Core.Dialects;

/// <summary>Arena-Hard v0.1: turns are objects with <c>content</c>, a judgment holds <c>games</c>; the baseline is named by the configuration, and by the judgment where it is another.</summary>
public sealed class V01Dialect : TurnsDialect
{
    public override TokenCounter Tokens => TokenCounter.Cl100k;

    public override string Name => "v0.1";

    public override Judgment ReadJudgment(JsonElement line)
    {
        var fields = Fields.OfLine(line);
        var games = fields["games"].Items();
        var mode = games.Count == 1 ? JudgingMode.Single : JudgingMode.Pairwise;
        return new Judgment(
            fields["question_id"].Id(),
            fields["model"].Id(),
            CommonReads.ReadJudge(fields["judge"]),
            fields["baseline"].OptionalText(),
            [.. games.Select(g => g.IsNull ? null : ReadGame(g, mode))],
            fields["tstamp"].OptionalNumber(),
            line);
    }

    public override JsonElement WriteJudgment(Judgment judgment) =>
        judgment.Source.ValueKind != JsonValueKind.Undefined ? judgment.Source : RecordWriter.Object(writer =>
        {
            writer.WriteString("question_id", judgment.QuestionId);
            writer.WriteString("model", judgment.Model);
            if (judgment.Judge is { } judge) writer.WriteString("judge", judge);
            if (judgment.Baseline is { } baseline) writer.WriteString("baseline", baseline);
            writer.WriteStartArray("games");
            foreach (var game in judgment.Games) WriteGame(writer, game);
            writer.WriteEndArray();
        });

    private protected override AnswerTurn ReadTurn(Fields turn) =>
        new(turn["content"].TextOrEmpty(), TokenLen: turn["token_len"].OptionalCount());

    private protected override void WriteTurn(Utf8JsonWriter writer, AnswerTurn turn)
    {
        writer.WriteStartObject();
        writer.WriteString("content", turn.Content);
        if (turn.TokenLen is { } tokens) writer.WriteNumber("token_len", tokens);
        writer.WriteEndObject();
    }

    private static Game ReadGame(Fields game, JudgingMode mode)
    {
        var reply = game["judgment"].TextOrEmpty();
        return new Game(
            game["user_prompt"].OptionalText() ?? "",
            reply,
            Thought: null,
            CommonReads.ReadScore(game["score"], mode, ScoreRule.AllMatchesAgree, reply));
    }

    private static void WriteGame(Utf8JsonWriter writer, Game? game)
    {
        if (game is null)
        {
            writer.WriteNullValue();
            return;
        }
        writer.WriteStartObject();
        writer.WriteString("user_prompt", game.UserPrompt);
        writer.WriteString("judgment", game.Text);
        writer.WriteScore("score", game.Score);
        writer.WriteEndObject();
    }
}
