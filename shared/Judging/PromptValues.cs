using System.Globalization;
using ArenaBench.Core.Answers;
using ArenaBench.Core.Questions;

namespace ArenaBench.Core.Judging;

/// <summary>The values of a judge prompt's placeholders, in the names and numbers of the three published pipelines and of FastChat.</summary>
internal sealed class PromptValues(
    Question question, Answer answerA, Answer? answerB, IReadOnlyList<Answer> references, Func<string, string> clean)
{
    private static readonly HashSet<string> Unnumbered =
        ["question", "answer", "answer_a", "answer_b", "QUESTION", "ANSWER_A", "ANSWER_B", "REFERENCE"];

    private static readonly string[] Numbered =
        ["question_", "answer_a_", "answer_b_", "answer_", "ref_answer_", "REFERENCE_"];

    /// <summary>Could it have a value for some question?</summary>
    public static bool IsKnown(string placeholder) =>
        Unnumbered.Contains(placeholder)
        || Numbered.Any(stem => Number(placeholder, stem) is not null)
        || ReferenceAndTurn(placeholder) is not null;

    public const string Names =
        "{question_1}, {answer_1}, {ref_answer_1} (any number), {QUESTION}, {ANSWER_A}, {ANSWER_B}, {REFERENCE}";

    public string? Get(string placeholder) => placeholder switch
    {
        "question" => At(question.Turns, 1),
        "QUESTION" => string.Join("\n\n", question.Turns),
        "answer" or "answer_a" => Turn(answerA, 1),
        "answer_b" => Turn(answerB, 1),
        "ANSWER_A" => Last(answerA),
        "ANSWER_B" => Last(answerB),
        "REFERENCE" => Last(references is [var first, ..] ? first : null),
        _ when Number(placeholder, "question_") is { } n => At(question.Turns, n),
        _ when Number(placeholder, "answer_a_") is { } n => Turn(answerA, n),
        _ when Number(placeholder, "answer_b_") is { } n => Turn(answerB, n),
        _ when Number(placeholder, "answer_") is { } n => NumberedAnswer(n),
        _ when Number(placeholder, "ref_answer_") is { } n => NumberedReference(n),
        _ when Number(placeholder, "REFERENCE_") is { } n => Last(references.ElementAtOrDefault(n - 1)),
        _ when ReferenceAndTurn(placeholder) is var (reference, turn) => Turn(references.ElementAtOrDefault(reference - 1), turn),
        _ => null,
    };

    // Pairwise, the numbers go on through both answers: A's turns, then B's.
    private string? NumberedAnswer(int n) =>
        answerB is null ? Turn(answerA, n)
        : n <= question.Turns.Count ? Turn(answerA, n)
        : Turn(answerB, n - question.Turns.Count);

    // Published numbering: turn i of reference j (from 0) has the number i + j + 1, and the later reference wins.
    private string? NumberedReference(int n)
    {
        for (var reference = Math.Min(n, references.Count) - 1; reference >= 0; reference--)
            if (Turn(references[reference], n - reference) is { } text)
                return text;
        return null;
    }

    private string? Turn(Answer? answer, int number) => At(Turns(answer), number) is { } turn ? clean(turn.Content) : null;

    private string? Last(Answer? answer) => Turns(answer) is { Count: > 0 } turns ? clean(turns[^1].Content) : null;

    private static IReadOnlyList<AnswerTurn> Turns(Answer? answer) => answer is { Choices: [var first, ..] } ? first.Turns : [];

    private static T? At<T>(IReadOnlyList<T> list, int number) where T : class =>
        number >= 1 && number <= list.Count ? list[number - 1] : null;

    private static int? Number(string placeholder, string stem) =>
        placeholder.StartsWith(stem, StringComparison.Ordinal)
        && int.TryParse(placeholder.AsSpan(stem.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n > 0
            ? n
            : null;

    private static (int Reference, int Turn)? ReferenceAndTurn(string placeholder) =>
        placeholder.Split('_') is ["ref", "answer", var reference, var turn]
        && Number(reference, "") is { } r && Number(turn, "") is { } t
            ? (r, t)
            : null;
}
