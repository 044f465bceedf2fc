using System.Text.Json;

namespace ArenaBench.Core.Dialects;

/// <summary>
/// Rewrites records of one dialect in another. Fields that the other dialect does not know stay as they are; what it has no
/// place for is counted in <see cref="Lost"/>, and records that it cannot hold at all in <see cref="Refused"/>.
/// </summary>
public sealed class DialectConversion(Dialect from, Dialect to, ConversionContext context)
{
    private readonly SortedDictionary<string, int> lost = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> refused = new(StringComparer.Ordinal);

    /// <summary>What was left out, with the number of records that had it.</summary>
    public IReadOnlyDictionary<string, int> Lost => lost;

    /// <summary>Why records were not converted, with their number.</summary>
    public IReadOnlyDictionary<string, int> Refused => refused;

    /// <returns>Null when the dialect cannot hold it.</returns>
    public JsonElement? Question(JsonElement line)
    {
        var question = from.ReadQuestion(line);
        if (from == to) return line;
        if (to is V20Dialect && question.Turns.Count > 1) return Refuse("a question of several turns");
        var isNew = to.WriteQuestion(question with { Source = default });
        return WithOthers(isNew, line, "question_id", "uid", "category", "subcategory", "cluster", "turns", "prompt", "required_temperature");
    }

    /// <inheritdoc cref="Question"/>
    public JsonElement? Answer(JsonElement line)
    {
        var answer = from.ReadAnswer(line);
        if (from == to) return line;
        if (!context.Questions.TryGetValue(answer.QuestionId, out var question) && to is V20Dialect)
            return Refuse("an answer whose question is not there to be repeated");
        if (to is V20Dialect && answer.Choices.Count > 1) return Refuse("an answer of several choices");
        var turns = answer.Choices.SelectMany(c => c.Turns).ToList();
        if (to is not V20Dialect && turns.Any(t => t.Thought is not null)) Lose("the model's thinking");
        if (to is not V01Dialect && turns.Any(t => t.TokenLen is not null)) Lose("token_len of each turn");
        if (answer.SystemPrompt is not null) Lose("the system message of the answer");
        if (NestedFields.HasUnknownInAnswer(line)) Lose("unknown fields inside choices or messages");
        var isNew = to.WriteAnswer(answer with { Source = default }, question!);
        return WithOthers(isNew, line, "question_id", "uid", "answer_id", "ans_id", "model_id", "model", "choices", "messages", "tstamp", "metadata", "conv_metadata");
    }

    /// <inheritdoc cref="Question"/>
    public JsonElement? Judgment(JsonElement line)
    {
        var judgment = from.ReadJudgment(line);
        if (from == to) return line;
        var isRating = judgment.Games.Count == 1;
        if (to is V1Dialect && (!isRating || judgment.Games[0] is null)) return Refuse("a judgment of two games");
        if (to is V20Dialect && isRating) return Refuse("a single rating");
        if (to is V20Dialect)
        {
            var category = judgment.Category ?? context.Questions.GetValueOrDefault(judgment.QuestionId)?.Category;
            if (category is null) return Refuse("a judgment whose question, and so its category, is not there");
            var baseline = judgment.Baseline ?? context.BaselineFor(category);
            if (baseline is null) return Refuse("a judgment whose baseline neither it nor the configuration names");
            judgment = judgment with { Category = category, Baseline = baseline };
        }
        if (NestedFields.HasUnknownInGames(line)) Lose("unknown fields inside games");
        if (from is V20Dialect)
        {
            if (judgment.Games.Any(g => g?.Thought is not null)) Lose("the judge's thinking");
            if (judgment.Games.Any(g => g?.Prompt is { Count: > 1 })) Lose("the judge's messages before the last");
        }
        judgment = judgment with { Judge = judgment.Judge ?? context.Judge };
        if (to is V20Dialect && judgment.Judge is null) return Refuse("a judgment whose judge neither it nor the configuration names");
        return WithOthers(to.WriteJudgment(judgment with { Source = default }), line, "question_id", "uid", "model", "games", "user_prompt", "judgment", "score");
    }

    /// <summary>The new record, followed by the fields of the old one that stand for nothing in it.</summary>
    private static JsonElement WithOthers(JsonElement record, JsonElement old, params IReadOnlyList<string> converted) =>
        RecordWriter.Object(writer =>
        {
            foreach (var property in record.EnumerateObject()) writer.Copy(property, Original(property, old));
            foreach (var property in old.EnumerateObject())
                if (!converted.Contains(property.Name) && !record.TryGetProperty(property.Name, out _))
                    writer.Copy(property, property.Value);
        });

    // An id that was a number stays one.
    private static JsonElement Original(JsonProperty written, JsonElement old)
    {
        var name = old.TryGetProperty(written.Name, out _) ? written.Name : written.Name == "uid" ? "question_id" : "uid";
        var isSameNumber = old.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
            && written.Value.ValueKind == JsonValueKind.String && written.Value.ValueEquals(value.GetRawText());
        return isSameNumber ? value : written.Value;
    }

    private JsonElement? Refuse(string what)
    {
        refused[what] = refused.GetValueOrDefault(what) + 1;
        return null;
    }

    private void Lose(string what) => lost[what] = lost.GetValueOrDefault(what) + 1;
}
