using System.Text.Json;
using System.Text.Json.Serialization;
using ArenaBench.Core.Judging;

namespace ArenaBench.Core.Records;

/// <summary>A score as <c>{"rating": 7}</c>, <c>{"verdict": "A>>B"}</c> or <c>{"unscored": "no_score"}</c>.</summary>
public sealed class ScoreJson : JsonConverter<Score>
{
    public override Score Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject || !reader.Read() || reader.TokenType != JsonTokenType.PropertyName)
            throw new JsonException("a score is an object with one of rating, verdict, unscored");
        var name = reader.GetString();
        reader.Read();
        var score = name switch
        {
            "rating" => Score.OfRating(reader.GetDouble()),
            "verdict" => VerdictLabel.Parse(reader.GetString() ?? "") is { } verdict
                ? Score.OfVerdict(verdict)
                : throw new JsonException($"'{reader.GetString()}' is no verdict"),
            "unscored" => Score.None(JsonSerializer.Deserialize<UnscoredReason>(ref reader, options)),
            _ => throw new JsonException($"a score has no field '{name}'; rating, verdict or unscored is wanted"),
        };
        return reader.Read() && reader.TokenType == JsonTokenType.EndObject
            ? score
            : throw new JsonException("a score has one of rating, verdict, unscored, not several");
    }

    public override void Write(Utf8JsonWriter writer, Score value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        if (value.Rating is { } rating) writer.WriteNumber("rating", rating);
        if (value.Verdict is { } verdict) writer.WriteString("verdict", VerdictLabel.Of(verdict));
        if (value.Unscored is { } reason)
        {
            writer.WritePropertyName("unscored");
            JsonSerializer.Serialize(writer, reason, options);
        }
        writer.WriteEndObject();
    }
}
