using ArenaBench.Core.Records;

namespace ArenaBench.Core.Models;

/// <summary>One model of an endpoints file (upstream's <c>api_config.yaml</c> keys), with every default resolved except the keys:
/// they stay references such as <c>${OPENAI_API_KEY}</c> until the call.</summary>
/// <param name="Name">The name that runs use.</param>
/// <param name="ModelName">The name sent to the endpoint (<c>model</c> or <c>model_name</c>).</param>
/// <param name="ApiType">openai, azure, anthropic, … see docs/models.md.</param>
/// <param name="Parallel">Calls in flight at most, over all runs and hosts.</param>
/// <param name="Rpm">Requests a minute at most; null: no limit of ours.</param>
/// <param name="Tpm">Tokens a minute at most; null: no limit of ours.</param>
/// <param name="Timeout">Of one request.</param>
/// <param name="Extra">What the model does not take as others do, by the keys of docs/models.md: token_limit, send_temperature, system_role, end_think_token, extra_body (JSON).</param>
public sealed record ModelSettings(
    string Name,
    string ModelName,
    string ApiType,
    IReadOnlyList<EndpointSettings> Endpoints,
    int Parallel,
    int? Rpm,
    int? Tpm,
    string? SystemPrompt,
    double? Temperature,
    int? MaxTokens,
    string? ReasoningEffort,
    int? BudgetTokens,
    TimeSpan Timeout,
    Price? Price,
    IReadOnlyDictionary<string, string> Extra)
{
    public static TimeSpan DefaultTimeout { get; } = TimeSpan.FromMinutes(10);

    /// <summary>A model of OpenAI-compatible endpoints with nothing else said: one call at a time.</summary>
    public static ModelSettings OpenAi(string name, IReadOnlyList<EndpointSettings> endpoints) =>
        new(name, name, "openai", endpoints, 1, null, null, null, null, null, null, null, DefaultTimeout, null, new Dictionary<string, string>());
}

/// <param name="ApiBase">Null: the provider's own.</param>
/// <param name="ApiKey">A reference such as <c>${OPENAI_API_KEY}</c>, never a key.</param>
/// <param name="ModelName">What the model is called here, where it differs from the entry's name for it.</param>
public sealed record EndpointSettings(string? ApiBase, string? ApiKey, string? ApiVersion, string? ModelName = null);

/// <summary>US dollars per million tokens.</summary>
/// <param name="CachedInput">Of the part of the input that the provider had cached; null: the same as the rest.</param>
public sealed record Price(decimal Input, decimal Output, decimal? CachedInput = null)
{
    /// <summary>US dollars for a usage. Thinking is part of the output, as providers charge it.</summary>
    public decimal CostOf(TokenUsage usage) =>
        (((usage.Input - usage.CachedInput) * Input) + (usage.CachedInput * (CachedInput ?? Input)) + (usage.Output * Output)) / 1_000_000m;
}
