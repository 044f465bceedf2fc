namespace ArenaBench.Core.Models.Providers;

/// <summary>How an endpoint is spoken to.</summary>
internal enum Protocol
{
    OpenAI,
    Azure,
    Anthropic,
}

/// <summary>One <c>api_type</c> of an endpoints file.</summary>
/// <param name="ApiBase">The provider's own address; null: the file must name one.</param>
/// <param name="KeyVariable">Where the key is when the file names none.</param>
/// <param name="Documentation">The public page that the address is taken from.</param>
internal sealed record ApiType(string Name, Protocol Protocol, string? ApiBase, string? KeyVariable, string Documentation)
{
    private const string OpenAIPage = "https://platform.openai.com/docs/api-reference/chat/create";
    private const string AnthropicPage = "https://docs.anthropic.com/en/api/messages";
    private const string DeepSeekPage = "https://api-docs.deepseek.com/";

    public static IReadOnlyDictionary<string, ApiType> All { get; } = new ApiType[]
    {
        new("openai", Protocol.OpenAI, "https://api.openai.com/v1", "OPENAI_API_KEY", OpenAIPage),
        new("openai_thinking", Protocol.OpenAI, "https://api.openai.com/v1", "OPENAI_API_KEY", OpenAIPage),
        new("azure", Protocol.Azure, null, "AZURE_OPENAI_API_KEY", "https://learn.microsoft.com/azure/ai-services/openai/reference"),
        new("anthropic", Protocol.Anthropic, "https://api.anthropic.com", "ANTHROPIC_API_KEY", AnthropicPage),
        new("anthropic_thinking", Protocol.Anthropic, "https://api.anthropic.com", "ANTHROPIC_API_KEY", AnthropicPage),
        new("deepseek", Protocol.OpenAI, "https://api.deepseek.com/v1", "DEEPSEEK_API_KEY", DeepSeekPage),
        new("deepseek_reasoner", Protocol.OpenAI, "https://api.deepseek.com/v1", "DEEPSEEK_API_KEY", DeepSeekPage),
        new("gemini", Protocol.OpenAI, "https://generativelanguage.googleapis.com/v1beta/openai", "GEMINI_API_KEY", "https://ai.google.dev/gemini-api/docs/openai"),
        new("mistral", Protocol.OpenAI, "https://api.mistral.ai/v1", "MISTRAL_API_KEY", "https://docs.mistral.ai/api/"),
        new("cohere", Protocol.OpenAI, "https://api.cohere.ai/compatibility/v1", "COHERE_API_KEY", "https://docs.cohere.com/docs/compatibility-api"),
        new("xai", Protocol.OpenAI, "https://api.x.ai/v1", "XAI_API_KEY", "https://docs.x.ai/docs/api-reference"),
        new("together", Protocol.OpenAI, "https://api.together.xyz/v1", "TOGETHER_API_KEY", "https://docs.together.ai/docs/openai-api-compatibility"),
        new("openrouter", Protocol.OpenAI, "https://openrouter.ai/api/v1", "OPENROUTER_API_KEY", "https://openrouter.ai/docs/api-reference/overview"),
        new("litellm", Protocol.OpenAI, null, "LITELLM_API_KEY", "https://docs.litellm.ai/docs/proxy/user_keys"),
    }.ToDictionary(type => type.Name, StringComparer.Ordinal);

    /// <summary>Types of upstream's files that are not called here, with what to write instead.</summary>
    public static IReadOnlyDictionary<string, string> Unsupported { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["vertex"] = "use api_type: gemini with GEMINI_API_KEY, or api_type: openai with a gateway such as LiteLLM in front of Vertex AI",
        ["sglang"] = "start the server yourself and use api_type: openai with its address as api_base, such as http://localhost:30000/v1",
        ["meta"] = "use api_type: openai with the api_base of a provider that serves the model",
        ["aws_claude"] = "use api_type: anthropic, or api_type: openai with a gateway such as LiteLLM in front of Amazon Bedrock",
        ["aws_mistral"] = "use api_type: mistral, or api_type: openai with a gateway such as LiteLLM in front of Amazon Bedrock",
        ["aws_llama"] = "use api_type: openai with a gateway such as LiteLLM in front of Amazon Bedrock",
        ["aws_nova"] = "use api_type: openai with a gateway such as LiteLLM in front of Amazon Bedrock",
        ["aws_deepseek"] = "use api_type: deepseek, or api_type: openai with a gateway such as LiteLLM in front of Amazon Bedrock",
    };

    /// <exception cref="ArgumentException">Not one that can be called; an endpoints file with it is refused before.</exception>
    public static ApiType Get(string name) => All.GetValueOrDefault(name)
        ?? throw new ArgumentException($"api_type {name} cannot be called; there are: {string.Join(", ", All.Keys)}", nameof(name));
}
