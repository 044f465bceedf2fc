using System.Text.Json;
using ArenaBench.Core.Answers;
using ArenaBench.Core.Judging;
using ArenaBench.Core.Questions;

namespace ArenaBench.Core.Dialects;

/// <summary>One published record format. Reading keeps the source line, so that what was read is written back unchanged.</summary>
public abstract class Dialect
{
    /// <summary><c>v1</c>, <c>v0.1</c> or <c>v2.0</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The tokenizer of the published style counts.</summary>
    public virtual TokenCounter Tokens => TokenCounter.O200k;

    /// <exception cref="RecordFormatException">A field is missing or of the wrong type; names the field.</exception>
    public abstract Question ReadQuestion(JsonElement line);

    /// <exception cref="RecordFormatException">A field is missing or of the wrong type; names the field.</exception>
    public abstract Answer ReadAnswer(JsonElement line);

    /// <exception cref="RecordFormatException">A field is missing or of the wrong type; names the field.</exception>
    public abstract Judgment ReadJudgment(JsonElement line);

    /// <summary>The line of a question: its source where it has one, else the dialect's published fields.</summary>
    public abstract JsonElement WriteQuestion(Question question);

    /// <summary>The line of an answer: its source where it has one, else the dialect's published fields.</summary>
    /// <param name="question">v2.0 repeats the question in its answers.</param>
    /// <exception cref="ArgumentException">The dialect cannot hold it, such as several choices in v2.0.</exception>
    public abstract JsonElement WriteAnswer(Answer answer, Question question);

    /// <summary>The line of a judgment: its source where it has one, else the dialect's published fields.</summary>
    public abstract JsonElement WriteJudgment(Judgment judgment);

    /// <exception cref="ArgumentException">No such dialect; names those that exist.</exception>
    public static Dialect Get(string name) => DialectCatalog.Get(name);
}

/// <summary>A record that its dialect does not allow.</summary>
/// <param name="field">The field's path, such as <c>choices[0].turns</c>.</param>
public sealed class RecordFormatException(string field, string message) : Exception(message)
{
    public string Field { get; } = field;
}
