using System.Text.Json;
using ArenaBench.Core.Answers;
using ArenaBench.Core.Questions;

namespace ArenaBench.Core.Dialects;

/// <summary>What v1 and v0.1 share: <c>question_id</c>, <c>turns</c> and <c>choices</c>. They differ in how a turn is written and in judgments.</summary>
public abstract class TurnsDialect : Dialect
{
    private protected TurnsDialect() { }

    public override Question ReadQuestion(JsonElement line)
    {
        var fields = Fields.OfLine(line);
        return new Question(
            fields["question_id"].Id(),
            fields["category"].OptionalText() ?? "",
            [.. fields["turns"].NonEmptyItems("turn").Select(t => ReadTurn(t).Content)],
            fields["cluster"].OptionalText(),
            fields["required_temperature"].OptionalNumber(),
            line);
    }

    public override Answer ReadAnswer(JsonElement line)
    {
        var fields = Fields.OfLine(line);
        return new Answer(
            fields["question_id"].Id(),
            fields["model_id"].Id(),
            fields["answer_id"].OptionalText() ?? "",
            [.. fields["choices"].NonEmptyItems("choice").Select(ReadChoice)],
            fields["tstamp"].OptionalNumber(),
            CommonReads.ReadStyle(fields["conv_metadata"]),
            line);
    }

    public override JsonElement WriteQuestion(Question question) =>
        question.Source.ValueKind != JsonValueKind.Undefined ? question.Source : RecordWriter.Object(writer =>
        {
            writer.WriteString("question_id", question.Id);
            writer.WriteString("category", question.Category);
            if (question.Subcategory is { } cluster) writer.WriteString("cluster", cluster);
            writer.WriteStartArray("turns");
            foreach (var turn in question.Turns) WriteTurn(writer, new AnswerTurn(turn));
            writer.WriteEndArray();
            if (question.RequiredTemperature is { } temperature) writer.WriteNumber("required_temperature", temperature);
        });

    public override JsonElement WriteAnswer(Answer answer, Question question) =>
        answer.Source.ValueKind != JsonValueKind.Undefined ? answer.Source : RecordWriter.Object(writer =>
        {
            writer.WriteString("question_id", answer.QuestionId);
            writer.WriteString("answer_id", answer.AnswerId);
            writer.WriteString("model_id", answer.Model);
            writer.WriteStartArray("choices");
            foreach (var choice in answer.Choices) WriteChoice(writer, choice);
            writer.WriteEndArray();
            if (answer.Time is { } time) writer.WriteNumber("tstamp", time);
            if (answer.Style is { } style) writer.WriteStyle("conv_metadata", style);
        });

    private protected abstract AnswerTurn ReadTurn(Fields turn);

    private protected abstract void WriteTurn(Utf8JsonWriter writer, AnswerTurn turn);

    private AnswerChoice ReadChoice(Fields choice, int position) => new(
        choice["index"].OptionalCount() ?? position,
        [.. choice["turns"].NonEmptyItems("turn").Select(ReadTurn)]);

    private void WriteChoice(Utf8JsonWriter writer, AnswerChoice choice)
    {
        writer.WriteStartObject();
        writer.WriteNumber("index", choice.Index);
        writer.WriteStartArray("turns");
        foreach (var turn in choice.Turns) WriteTurn(writer, turn);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
