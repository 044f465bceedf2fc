using System.Text.Json;
using ArenaBench.Core.Judging;

namespace ArenaBench.Core.Dialects;

/// <summary>Reads the scores of a judgment in any dialect without its texts.</summary>
internal sealed class JudgmentParser
{
    private readonly NameCache names = new();

    /// <returns>Null when the line has to be read whole: it is damaged, unusual, or holds a game without a score.</returns>
    public JudgmentScores? Parse(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        try
        {
            return Parse(ref reader);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private JudgmentScores? Parse(ref Utf8JsonReader reader)
    {
        string? question = null, model = null, judge = null, baseline = null;
        IReadOnlyList<Score?>? games = null;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("question_id"u8) || reader.ValueTextEquals("uid"u8))
            {
                if ((question = Name(ref reader)) is null) return null;
            }
            else if (reader.ValueTextEquals("model"u8))
            {
                if ((model = Name(ref reader)) is null) return null;
            }
            else if (reader.ValueTextEquals("judge"u8))
            {
                if ((judge = Name(ref reader)) is null) return null;
            }
            else if (reader.ValueTextEquals("baseline"u8))
            {
                if ((baseline = Name(ref reader)) is null) return null;
            }
            else if (reader.ValueTextEquals("score"u8))
            {
                reader.Read();
                if (games is not null || ReadScore(ref reader) is not { } score) return null;
                games = [score];
            }
            else if (reader.ValueTextEquals("games"u8))
            {
                reader.Read();
                if (games is not null || (games = ReadGames(ref reader)) is null) return null;
            }
            else
            {
                reader.Skip();
            }
        }
        var complete = reader.TokenType == JsonTokenType.EndObject && !reader.Read();
        return complete && question is not null && model is not null && games is not null
            ? new JudgmentScores(question, model, judge, baseline, games)
            : null;
    }

    private string? Name(ref Utf8JsonReader reader)
    {
        reader.Read();
        return names.Get(ref reader);
    }

    private static List<Score?>? ReadGames(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray) return null;
        var games = new List<Score?>(2);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.Null) games.Add(null);
            else if (reader.TokenType == JsonTokenType.StartObject && ReadGame(ref reader) is { } score) games.Add(score);
            else return null;
        }
        return games;
    }

    private static Score? ReadGame(ref Utf8JsonReader reader)
    {
        Score? score = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("score"u8))
            {
                reader.Read();
                if ((score = ReadScore(ref reader)) is null) return null;
            }
            else
            {
                reader.Skip();
            }
        }
        return score;
    }

    /// <returns>Null for anything but a rating in range or a known label.</returns>
    private static Score? ReadScore(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number)
            return reader.TryGetDouble(out var number) && ScoreParser.OfNumber(number) is { Rating: not null } rating ? rating : null;
        if (reader.TokenType != JsonTokenType.String || reader.ValueIsEscaped) return null;
        return reader.ValueSpan switch
        {
            [(byte)'A', (byte)'>', (byte)'>', (byte)'B'] => AMuchBetter,
            [(byte)'A', (byte)'>', (byte)'B'] => ABetter,
            [(byte)'A', (byte)'=', (byte)'B'] => Tie,
            [(byte)'B', (byte)'>', (byte)'A'] => BBetter,
            [(byte)'B', (byte)'>', (byte)'>', (byte)'A'] => BMuchBetter,
            _ => null,
        };
    }

    private static readonly Score AMuchBetter = Score.OfVerdict(Verdict.AMuchBetter);
    private static readonly Score ABetter = Score.OfVerdict(Verdict.ABetter);
    private static readonly Score Tie = Score.OfVerdict(Verdict.Tie);
    private static readonly Score BBetter = Score.OfVerdict(Verdict.BBetter);
    private static readonly Score BMuchBetter = Score.OfVerdict(Verdict.BMuchBetter);
}
