using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Models;
using ArenaBench.Core.Questions;

namespace ArenaBench.Core.Answers;

/// <summary>What a model is sent along with one question's turns.</summary>
/// <param name="Temperature">Null: the endpoint's own default.</param>
public sealed record GenerationSettings(double? Temperature, int? MaxTokens, string? SystemPrompt)
{
    /// <summary>
    /// The temperature is the first of: <paramref name="forcedTemperature"/>, the benchmark's forced one, the question's
    /// <c>required_temperature</c>, the model's own, the table by category, the benchmark's default.
    /// </summary>
    /// <param name="model">Its <c>temperature</c>, <c>max_tokens</c> and <c>system_prompt</c> are used where set.</param>
    /// <param name="forcedTemperature">The run's.</param>
    public static GenerationSettings For(
        GenerationConfig config, Question question, ModelSettings? model = null, double? forcedTemperature = null)
    {
        var temperature = forcedTemperature
            ?? config.ForcedTemperature
            ?? question.RequiredTemperature
            ?? model?.Temperature
            ?? (config.TemperatureByCategory.TryGetValue(question.Category, out var byCategory) ? byCategory : (double?)null)
            ?? config.DefaultTemperature;
        return new GenerationSettings(temperature, model?.MaxTokens ?? config.MaxTokens, model?.SystemPrompt);
    }
}
