using System.Text.Json;
using System.Text.Json.Nodes;
using ArenaBench.Core.Dialects;
using ArenaBench.Core.Judging;

namespace ArenaBench.Core.Runs;

/// <summary>A game as a run's parts hold it: the same for every dialect. See docs/formats.md.</summary>
public static class GameRecord
{
    public static JsonElement Write(Game game)
    {
        var score = game.Score;
        var record = new JsonObject
        {
            ["user_prompt"] = game.UserPrompt,
            ["judgment"] = game.Text,
            ["thought"] = game.Thought,
            ["rating"] = score.Rating,
            ["verdict"] = score.Verdict is { } verdict ? VerdictLabel.Of(verdict) : null,
            ["unscored"] = score.Unscored is { } reason ? UnscoredReasonName.Of(reason) : null,
        };
        return JsonSerializer.SerializeToElement(record);
    }

    /// <exception cref="RecordFormatException">It is not a game.</exception>
    public static Game Read(JsonElement record)
    {
        var fields = Fields.OfLine(record);
        return new Game(fields["user_prompt"].Text(), fields["judgment"].Text(), fields["thought"].OptionalText(), ScoreOf(record));
    }

    /// <exception cref="RecordFormatException">It is not a game.</exception>
    public static Score ScoreOf(JsonElement record)
    {
        Fields.OfLine(record);
        if (record.TryGetProperty("rating", out var rating) && rating.ValueKind == JsonValueKind.Number)
            return Score.OfRating(rating.GetDouble());
        if (Text(record, "verdict") is { } label && VerdictLabel.Parse(label) is { } verdict)
            return Score.OfVerdict(verdict);
        var name = Text(record, "unscored");
        return Score.None(Enum.GetValues<UnscoredReason>().FirstOrDefault(reason => UnscoredReasonName.Of(reason) == name, UnscoredReason.Recorded));
    }

    private static string? Text(JsonElement record, string name) =>
        record.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
