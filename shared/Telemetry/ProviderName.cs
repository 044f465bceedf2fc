namespace ArenaBench.Core.Telemetry;

/// <summary>The conventions' well-known names (gen_ai.provider.name) for the types of an endpoints file; others are called as they are.</summary>
internal static class ProviderName
{
    public static string Of(string apiType) => apiType switch
    {
        "openai" or "openai_thinking" => "openai",
        "azure" => "azure.ai.openai",
        "anthropic" or "anthropic_thinking" => "anthropic",
        "deepseek" or "deepseek_reasoner" => "deepseek",
        "gemini" => "gcp.gemini",
        "mistral" => "mistral_ai",
        "xai" => "x_ai",
        _ => apiType,
    };
}
