using System.Text.Json;
using ArenaBench.Core.Answers;
using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Judging;
using ArenaBench.Core.Models;
using ArenaBench.Core.Questions;

namespace ArenaBench.Core.Dialects;

/// <summary>Arena-Hard v2.0: <c>uid</c>, answers as chat <c>messages</c> with style <c>metadata</c>, judgments that name judge, baseline and category.</summary>
public sealed class V20Dialect : Dialect
{
    public override string Name => "v2.0";

    public override Question ReadQuestion(JsonElement line)
    {
        var fields = Fields.OfLine(line);
        return new Question(
            fields["uid"].Id(),
            fields["category"].OptionalText() ?? "",
            [fields["prompt"].Text()],
            fields["subcategory"].OptionalText(),
            fields["required_temperature"].OptionalNumber(),
            line);
    }

    public override Answer ReadAnswer(JsonElement line)
    {
        var fields = Fields.OfLine(line);
        var messages = fields["messages"].Items().ToLookup(m => m["role"].Text());
        var replies = messages["assistant"].Select(m => ReadReply(m["content"])).ToList();
        if (replies.Count == 0) throw new RecordFormatException("messages", "messages holds no message of the role assistant");
        return new Answer(
            fields["uid"].Id(),
            fields["model"].Id(),
            fields["ans_id"].OptionalText() ?? "",
            [new AnswerChoice(0, replies)],
            fields["tstamp"].OptionalNumber(),
            CommonReads.ReadStyle(fields["metadata"]),
            line,
            messages["system"].Select(m => m["content"].TextOrEmpty()).FirstOrDefault());
    }

    public override Judgment ReadJudgment(JsonElement line)
    {
        var fields = Fields.OfLine(line);
        return new Judgment(
            fields["uid"].Id(),
            fields["model"].Id(),
            CommonReads.ReadJudge(fields["judge"]),
            fields["baseline"].OptionalText(),
            [.. fields["games"].Items().Select(g => g.IsNull ? null : ReadGame(g))],
            fields["tstamp"].OptionalNumber(),
            line,
            fields["category"].OptionalText());
    }

    public override JsonElement WriteQuestion(Question question)
    {
        if (question.Source.ValueKind != JsonValueKind.Undefined) return question.Source;
        if (question.Turns.Count != 1)
            throw new ArgumentException($"A v2.0 question has one turn; {question.Id} has {question.Turns.Count}.", nameof(question));
        return RecordWriter.Object(writer =>
        {
            writer.WriteString("uid", question.Id);
            writer.WriteString("category", question.Category);
            writer.WriteString("subcategory", question.Subcategory ?? question.Category);
            writer.WriteString("prompt", question.Turns[0]);
            if (question.RequiredTemperature is { } temperature) writer.WriteNumber("required_temperature", temperature);
        });
    }

    public override JsonElement WriteAnswer(Answer answer, Question question)
    {
        if (answer.Source.ValueKind != JsonValueKind.Undefined) return answer.Source;
        if (answer.Choices is not [var choice])
            throw new ArgumentException($"A v2.0 answer holds one choice; that of {answer.Model} to {answer.QuestionId} has {answer.Choices.Count}.", nameof(answer));
        return RecordWriter.Object(writer =>
        {
            writer.WriteString("uid", answer.QuestionId);
            writer.WriteString("ans_id", answer.AnswerId);
            writer.WriteString("model", answer.Model);
            writer.WriteStartArray("messages");
            if (!string.IsNullOrEmpty(answer.SystemPrompt)) WriteMessage(writer, new ChatTurn("system", answer.SystemPrompt));
            for (var turn = 0; turn < choice.Turns.Count; turn++)
            {
                if (turn < question.Turns.Count) WriteMessage(writer, new ChatTurn("user", question.Turns[turn]));
                WriteReply(writer, choice.Turns[turn]);
            }
            writer.WriteEndArray();
            if (answer.Time is { } time) writer.WriteNumber("tstamp", time);
            if (answer.Style is { } style) writer.WriteStyle("metadata", style);
        });
    }

    public override JsonElement WriteJudgment(Judgment judgment) =>
        judgment.Source.ValueKind != JsonValueKind.Undefined ? judgment.Source : RecordWriter.Object(writer =>
        {
            writer.WriteString("uid", judgment.QuestionId);
            writer.WriteString("category", judgment.Category);
            writer.WriteString("judge", judgment.Judge);
            writer.WriteString("model", judgment.Model);
            writer.WriteString("baseline", judgment.Baseline);
            writer.WriteStartArray("games");
            foreach (var game in judgment.Games) WriteGame(writer, game);
            writer.WriteEndArray();
        });

    private static AnswerTurn ReadReply(Fields content) =>
        content.Element.ValueKind == JsonValueKind.Object
            ? new AnswerTurn(content["answer"].TextOrEmpty(), content["thought"].OptionalText())
            : new AnswerTurn(content.TextOrEmpty());

    private static Game ReadGame(Fields game)
    {
        var reply = game["judgment"].IsNull ? new AnswerTurn("") : ReadReply(game["judgment"]);
        var prompt = game["prompt"].IsNull
            ? null
            : game["prompt"].Items().Select(m => new ChatTurn(m["role"].Text(), m["content"].TextOrEmpty())).ToList();
        return new Game(
            prompt?.LastOrDefault(m => m.Role == "user")?.Content ?? "",
            reply.Content,
            reply.Thought,
            CommonReads.ReadScore(game["score"], JudgingMode.Pairwise, ScoreRule.LastMatch, reply.Content),
            prompt);
    }

    private static void WriteGame(Utf8JsonWriter writer, Game? game)
    {
        if (game is null)
        {
            writer.WriteNullValue();
            return;
        }
        writer.WriteStartObject();
        writer.WriteScore("score", game.Score);
        writer.WriteStartObject("judgment");
        WriteReplyFields(writer, new AnswerTurn(game.Text, game.Thought));
        writer.WriteEndObject();
        writer.WriteStartArray("prompt");
        foreach (var message in game.Prompt ?? [new ChatTurn("user", game.UserPrompt)]) WriteMessage(writer, message);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteMessage(Utf8JsonWriter writer, ChatTurn message)
    {
        writer.WriteStartObject();
        writer.WriteString("role", message.Role);
        writer.WriteString("content", message.Content);
        writer.WriteEndObject();
    }

    private static void WriteReply(Utf8JsonWriter writer, AnswerTurn turn)
    {
        writer.WriteStartObject();
        writer.WriteString("role", "assistant");
        writer.WriteStartObject("content");
        WriteReplyFields(writer, turn);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteReplyFields(Utf8JsonWriter writer, AnswerTurn turn)
    {
        writer.WriteString("answer", turn.Content);
        if (turn.Thought is { } thought) writer.WriteString("thought", thought);
    }
}
