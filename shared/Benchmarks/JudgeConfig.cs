using ArenaBench.Core.Models;

namespace ArenaBench.Core.Benchmarks;

public enum JudgingMode
{
    /// <summary>A rating of 1 to 10 of one answer.</summary>
    Single,

    /// <summary>Two games against a baseline, positions swapped.</summary>
    Pairwise,
}

/// <summary>How a judge's reply becomes a score; each is a published rule.</summary>
public enum ScoreRule
{
    /// <summary>v1: exactly one non-empty <c>[[n]]</c>.</summary>
    SingleRating,

    /// <summary>v0.1: all matches of the one pattern must agree, else a follow-up asks to finish.</summary>
    AllMatchesAgree,

    /// <summary>v2.0: patterns in order on the upper-cased reply, the last match counts.</summary>
    LastMatch,
}

/// <summary>How answers are judged, read from the published configuration files or ours.</summary>
/// <param name="Baseline">Pairwise: compared with, where no category says otherwise.</param>
/// <param name="ReferenceModels">Whose reference answers fill <c>{ref_answer_n}</c>, in order.</param>
/// <param name="SystemPromptByCategory">Overrides <paramref name="SystemPrompt"/>.</param>
/// <param name="PromptTemplates">User message templates, each its own message; published ones have one, with placeholders as published.</param>
/// <param name="PromptTemplatesByTurns">For questions of exactly so many turns, instead of <paramref name="PromptTemplates"/>.</param>
/// <param name="Patterns">Regular expressions of the score.</param>
/// <param name="Attempts">Replies asked for at most (v0.1: 2).</param>
/// <param name="FollowUp">What the judge is asked after a reply without a score, while attempts are left.</param>
/// <param name="FewShot">Messages put between the system prompt and the user's.</param>
/// <param name="ModelList">The models to judge, where the file names them; empty: all that have answers.</param>
/// <param name="PublishedBytes">Delimiters inside answers are left as they are, as published pipelines do.</param>
public sealed record JudgeConfig(
    string Name,
    JudgingMode Mode,
    IReadOnlyList<string> JudgeModels,
    string? Baseline,
    IReadOnlyDictionary<string, string> BaselineByCategory,
    bool UsesReference,
    IReadOnlyList<string> ReferenceModels,
    double? Temperature,
    int? MaxTokens,
    string? SystemPrompt,
    IReadOnlyDictionary<string, string> SystemPromptByCategory,
    IReadOnlyList<string> PromptTemplates,
    IReadOnlyDictionary<int, IReadOnlyList<string>> PromptTemplatesByTurns,
    ScoreRule Rule,
    IReadOnlyList<string> Patterns,
    int Attempts,
    string FollowUp,
    IReadOnlyList<ChatTurn> FewShot,
    IReadOnlyList<string> ModelList,
    IReadOnlyList<EndpointSettings> Endpoints,
    bool PublishedBytes)
{
    public string? BaselineFor(string category) => BaselineByCategory.GetValueOrDefault(category) ?? Baseline;

    public string? SystemPromptFor(string category) => SystemPromptByCategory.GetValueOrDefault(category) ?? SystemPrompt;

    public IReadOnlyList<string> PromptTemplatesFor(int turns) => PromptTemplatesByTurns.GetValueOrDefault(turns) ?? PromptTemplates;
}
