using System.Text.Json;
using ArenaBench.Core.Answers;

namespace ArenaBench.Core.Dialects;

/// <summary>Reads the style counts of an answer in any dialect without its texts, or with the one that is judged last.</summary>
/// <param name="texts">Read the last turn of the first choice, too.</param>
internal sealed class AnswerParser(bool texts)
{
    private readonly NameCache names = new();
    private string? text;

    /// <returns>Null when the line has to be read whole: it is damaged or unusual.</returns>
    public AnswerStyle? Parse(ReadOnlySpan<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        text = null;
        try
        {
            return Parse(ref reader);
        }
        catch (JsonException)
        {
            return null;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair: the whole reading knows what to do with it.
            return null;
        }
    }

    private AnswerStyle? Parse(ref Utf8JsonReader reader)
    {
        string? question = null, model = null;
        StyleCounts? style = null;
        int? turnTokens = null;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("question_id"u8) || reader.ValueTextEquals("uid"u8)) question = Name(ref reader);
            else if (reader.ValueTextEquals("model_id"u8) || reader.ValueTextEquals("model"u8)) model = Name(ref reader);
            else if (reader.ValueTextEquals("metadata"u8) || reader.ValueTextEquals("conv_metadata"u8))
            {
                if (!ReadStyle(ref reader, out style)) return null;
            }
            else if (reader.ValueTextEquals("choices"u8))
            {
                if (!ReadChoices(ref reader, out turnTokens)) return null;
            }
            else if (texts && reader.ValueTextEquals("messages"u8))
            {
                if (!ReadMessages(ref reader)) return null;
            }
            else reader.Skip();
        }
        if (texts && text is null) return null;
        var complete = reader.TokenType == JsonTokenType.EndObject && !reader.Read();
        return complete && question is not null && model is not null
            ? new AnswerStyle(question, model, style?.Tokens ?? turnTokens, style, text)
            : null;
    }

    private string? Name(ref Utf8JsonReader reader)
    {
        reader.Read();
        return names.Get(ref reader);
    }

    private static bool ReadStyle(ref Utf8JsonReader reader, out StyleCounts? style)
    {
        style = null;
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null) return true;
        if (reader.TokenType != JsonTokenType.StartObject) return false;
        int tokens = -1, headers = -1, lists = -1, bolds = -1;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("token_len"u8)) tokens = ReadCount(ref reader);
            else if (reader.ValueTextEquals("header_count"u8)) headers = ReadSum(ref reader);
            else if (reader.ValueTextEquals("list_count"u8)) lists = ReadSum(ref reader);
            else if (reader.ValueTextEquals("bold_count"u8)) bolds = ReadSum(ref reader);
            else reader.Skip();
        }
        style = new StyleCounts(tokens, headers, lists, bolds);
        return tokens >= 0 && headers >= 0 && lists >= 0 && bolds >= 0;
    }

    /// <summary>The tokens of the first choice's turns, null where a turn has none.</summary>
    private bool ReadChoices(ref Utf8JsonReader reader, out int? tokens)
    {
        tokens = null;
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray) return false;
        for (var choice = 0; reader.Read() && reader.TokenType == JsonTokenType.StartObject; choice++)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (choice > 0 || !reader.ValueTextEquals("turns"u8)) reader.Skip();
                else if (!ReadTurns(ref reader, out tokens)) return false;
            }
        }
        return reader.TokenType == JsonTokenType.EndArray;
    }

    private bool ReadTurns(ref Utf8JsonReader reader, out int? tokens)
    {
        tokens = 0;
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray) return false;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            int? ofTurn = null;
            text = null;
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    if (texts && reader.ValueTextEquals("content"u8)) text = Text(ref reader);
                    else if (!reader.ValueTextEquals("token_len"u8)) reader.Skip();
                    else if (ReadCount(ref reader) is >= 0 and var count) ofTurn = count;
                    else return false;
                }
            }
            else if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.Null)) return false;
            else if (texts) text = reader.GetString();
            tokens += ofTurn;
        }
        return true;
    }

    /// <summary>The answer of the last message that is the assistant's.</summary>
    private bool ReadMessages(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray) return false;
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            var ofAssistant = false;
            string? answer = null;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("role"u8)) ofAssistant = reader.Read() && reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("assistant"u8);
                else if (!reader.ValueTextEquals("content"u8)) reader.Skip();
                else answer = ReadReply(ref reader);
            }
            if (ofAssistant) text = answer;
        }
        return reader.TokenType == JsonTokenType.EndArray;
    }

    /// <returns>Null where it is not as published: to be read whole.</returns>
    private static string? ReadReply(ref Utf8JsonReader reader)
    {
        string? answer = null;
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("answer"u8)) answer = Text(ref reader);
            else reader.Skip();
        }
        return answer;
    }

    /// <returns>Null where it is no string.</returns>
    private static string? Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String) return reader.GetString();
        reader.Skip();
        return null;
    }

    private static int ReadSum(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject) return -1;
        var sum = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (ReadCount(ref reader) is >= 0 and var count) sum += count;
            else return -1;
        }
        return sum;
    }

    private static int ReadCount(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var count) && count >= 0 ? count : -1;
    }
}
