using System.Text.Json;
using ArenaBench.Core.Judging;
using ArenaBench.Core.Models;
using ArenaBench.Core.Questions;
using ArenaBench.Core.Storage;

namespace ArenaBench.Core.Runs;

/// <summary>What changes an answer: the question and everything sent with it. Not where it is sent, nor how fast.</summary>
internal static class AnswerFingerprint
{
    public static string Of(RunSpec spec, ModelSettings model, Question question) => Fingerprint.Of(
        ("settings", SettingsOf(spec, model)),
        ("turns", JsonSerializer.Serialize(question.Turns)),
        ("required_temperature", JsonSerializer.Serialize(question.RequiredTemperature)),
        ("category", question.Category));

    /// <summary>The part that all questions share: what runs claim.</summary>
    public static string SettingsOf(RunSpec spec, ModelSettings model) => Fingerprint.Of(
        ("model", ModelSettingsText.Of(model)),
        ("generation", JsonSerializer.Serialize(spec.Generation with { ModelList = [] })));
}

/// <summary>What changes a verdict: the judge's settings and the very messages, in which question, answers and references stand.</summary>
internal static class GameFingerprint
{
    /// <param name="firstGame">The messages of game 1; those of game 2 follow from them.</param>
    public static string Of(RunSpec spec, ModelSettings judge, JudgePrompt firstGame) => Fingerprint.Of(
        ("settings", SettingsOf(spec, judge)),
        ("messages", JsonSerializer.Serialize(firstGame.Messages)));

    public static string SettingsOf(RunSpec spec, ModelSettings judge) => Fingerprint.Of(
        ("judge", ModelSettingsText.Of(judge)),
        ("temperature", JsonSerializer.Serialize(spec.Judging.Temperature)),
        ("max_tokens", JsonSerializer.Serialize(spec.Judging.MaxTokens)),
        ("mode", spec.Judging.Mode.ToString()),
        ("rule", spec.Judging.Rule.ToString()),
        ("patterns", JsonSerializer.Serialize(spec.Judging.Patterns)),
        ("attempts", JsonSerializer.Serialize(spec.Judging.Attempts)),
        ("follow_up", spec.Judging.Attempts > 1 ? spec.Judging.FollowUp : ""));
}

internal static class ModelSettingsText
{
    public static string Of(ModelSettings model) => JsonSerializer.Serialize(new
    {
        model.ModelName,
        model.SystemPrompt,
        model.Temperature,
        model.MaxTokens,
        model.ReasoningEffort,
        model.BudgetTokens,
        Extra = new SortedDictionary<string, string>(model.Extra.ToDictionary(), StringComparer.Ordinal),
    });
}
