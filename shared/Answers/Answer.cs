using System.Text.Json;

namespace ArenaBench.Core.Answers;

/// <summary>A model's answer to one question.</summary>
/// <param name="Model">The model id inside the record; it may hold <c>/</c> and may differ from a file's name.</param>
/// <param name="Choices">One or more samples; the first is judged.</param>
/// <param name="Time">Seconds since 1970, where the dialect keeps it.</param>
/// <param name="Style">Counts for style control, where recorded.</param>
/// <param name="Source">The line it was read from; <see cref="JsonValueKind.Undefined"/> when it was just made.</param>
/// <param name="SystemPrompt">That the model was given; only v2.0 records it.</param>
public sealed record Answer(
    string QuestionId,
    string Model,
    string AnswerId,
    IReadOnlyList<AnswerChoice> Choices,
    double? Time,
    StyleMetadata? Style,
    JsonElement Source,
    string? SystemPrompt = null);

public sealed record AnswerChoice(int Index, IReadOnlyList<AnswerTurn> Turns);

/// <param name="Thought">Reasoning text of the model: kept, never judged.</param>
/// <param name="TokenLen">v0.1's <c>token_len</c> (cl100k tokens), where recorded.</param>
public sealed record AnswerTurn(string Content, string? Thought = null, int? TokenLen = null);

/// <summary>v2.0's <c>metadata</c> of an answer: what style control regresses on.</summary>
public sealed record StyleMetadata(
    int TokenLen,
    IReadOnlyDictionary<string, int> HeaderCount,
    IReadOnlyDictionary<string, int> ListCount,
    IReadOnlyDictionary<string, int> BoldCount);
