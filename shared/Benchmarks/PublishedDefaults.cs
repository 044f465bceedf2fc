using ArenaBench.Core.Dialects;
using ArenaBench.Core.Judging;

namespace ArenaBench.Core.Benchmarks;

/// <summary>What the published pipelines hold in their code rather than in a file.</summary>
internal static class PublishedDefaults
{
    /// <summary>FastChat's table; its default for other categories is 0.7.</summary>
    public static IReadOnlyDictionary<string, double> TemperatureByCategory { get; } = new Dictionary<string, double>
    {
        ["writing"] = 0.7,
        ["roleplay"] = 0.7,
        ["extraction"] = 0.0,
        ["math"] = 0.0,
        ["coding"] = 0.0,
        ["reasoning"] = 0.0,
        ["stem"] = 0.1,
        ["humanities"] = 0.1,
        ["arena-hard-200"] = 0.0,
    };

    /// <summary>Arena-Hard v2.0's baselines.</summary>
    public static IReadOnlyDictionary<string, string> BaselineByCategory { get; } = new Dictionary<string, string>
    {
        ["hard_prompt"] = "o3-mini-2025-01-31",
        ["coding"] = "o3-mini-2025-01-31",
        ["math"] = "o3-mini-2025-01-31",
        ["creative_writing"] = "gemini-2.0-flash-001",
        ["arena-hard-v0.1"] = "gpt-4-0314",
    };

    /// <summary>Our prompts for the categories to which v2.0 gives prompts of its own.</summary>
    public static IReadOnlyDictionary<string, string> SystemPromptByCategory { get; } = BaselineByCategory.Keys.ToDictionary(
        category => category,
        category => category == "creative_writing" ? ShippedPrompts.CreativeSystem : ShippedPrompts.PairwiseSystem);

    public static GenerationConfig Generation(Dialect dialect) => dialect.Name switch
    {
        "v1" => new GenerationConfig(0.7, TemperatureByCategory, null, MaxTokens: 1024, Choices: 1, []),
        "v0.1" => new GenerationConfig(0.0, TemperatureByCategory, null, MaxTokens: 4096, Choices: 1, []),
        // v2.0 leaves both to the endpoint file; where that is silent too, a length that its models accept.
        _ => new GenerationConfig(0.0, new Dictionary<string, double>(), null, MaxTokens: 16_384, Choices: 1, []),
    };
}
