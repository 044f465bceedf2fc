using System.Text.Json;

namespace ArenaBench.Core.Models.Providers;

/// <summary>The most tokens that a model can answer with, thinking included: the limit as it is sent.</summary>
public static class OutputLimit
{
    private const int AnthropicDefault = 4096;

    /// <param name="asked">Of the request.</param>
    /// <returns>Null: no limit is sent.</returns>
    public static int? Of(ModelSettings model, int? asked)
    {
        if (model.Extra.TryGetValue(ExtraKeys.ExtraBody, out var json) && MayOverride(json))
            return null;
        if (ApiType.All.TryGetValue(model.ApiType, out var type) && type.Protocol == Protocol.Anthropic)
            return Anthropic(model, asked);
        return QuirkTable.Of(model).TokenLimit == TokenLimit.None ? null : OpenAI(model, asked);
    }

    // Types that think send a limit only where the entry has its own: one meant for answers would cut the thinking.
    internal static int? OpenAI(ModelSettings model, int? asked) =>
        model.ApiType is "openai_thinking" or "deepseek_reasoner" ? model.MaxTokens : asked;

    // The budget is part of the limit.
    internal static int Anthropic(ModelSettings model, int? asked)
    {
        var limit = asked ?? model.MaxTokens ?? AnthropicDefault;
        return model.BudgetTokens is { } budget && limit <= budget ? budget + limit : limit;
    }

    /// <summary>Fields that make a call longer than its limit says.</summary>
    private static bool MayOverride(string extraBody)
    {
        using var document = JsonDocument.Parse(extraBody);
        return document.RootElement.EnumerateObject().Any(field =>
            field.Name is "max_tokens" or "max_completion_tokens" or "n" or "best_of" or "thinking");
    }
}
