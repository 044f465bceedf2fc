using ArenaBench.Simulation.Chat;

namespace ArenaBench.Simulation.Models;

/// <summary>What a model refuses, in the words in which OpenAI's interface refuses it.</summary>
internal static class ModelRules
{
    public static ApiError? Check(SimulatedModel model, ChatRequest request)
    {
        if (model.RefusesMaxTokens && request.MaxTokens is not null)
            return ApiError.UnsupportedParameter("max_tokens", "Use 'max_completion_tokens' instead.");
        if (model.RefusesTemperature && request.Temperature is { } temperature and not 1)
            return ApiError.UnsupportedValue("temperature", FormattableString.Invariant($"{temperature}"), "Only the default (1) value is supported.");
        if (model.RefusesSystemRole)
        {
            for (var i = 0; i < request.Messages.Count; i++)
            {
                if (request.Messages[i].Role == "system")
                    return ApiError.UnsupportedValue($"messages[{i}].role", "'system'", "Only 'user' and 'assistant' are supported.");
            }
        }
        return request.PromptTokens > model.ContextTokens ? ApiError.ContextTooLong(model.ContextTokens, request.PromptTokens) : null;
    }
}
