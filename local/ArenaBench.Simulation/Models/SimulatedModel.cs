namespace ArenaBench.Simulation.Models;

/// <summary>Where a reasoning model puts its thinking.</summary>
public enum ThinkingStyle
{
    None,

    /// <summary>The message's <c>reasoning_content</c>, as DeepSeek and vLLM do.</summary>
    ReasoningContent,

    /// <summary>In the answer's text, between <c>&lt;think&gt;</c> tags.</summary>
    ThinkTags,
}

/// <summary>A model that is played. Every model answers questions and judges answers, each as well as its numbers say.</summary>
public sealed record SimulatedModel
{
    public required string Name { get; init; }

    /// <summary>0 to 1: the share of a question's points that it states rightly, on average.</summary>
    public double Quality { get; init; } = 0.5;

    /// <summary>0 to 1: how much it says beyond the points.</summary>
    public double Verbosity { get; init; } = 0.4;

    /// <summary>0 to 1: how much of it is in headings, lists and bold.</summary>
    public double Markdown { get; init; } = 0.4;

    /// <summary>0 to 1: as a judge, the share of statements that it checks rightly.</summary>
    public double Discernment { get; init; } = 0.9;

    /// <summary>As a judge: standard deviation of its mood, where 1 is the distance from the worst to the best answer.</summary>
    public double Noise { get; init; } = 0.1;

    /// <summary>As a judge: what being shown first is worth, on the same scale.</summary>
    public double PositionBias { get; init; } = 0.03;

    /// <summary>As a judge: what being much longer is worth, on the same scale.</summary>
    public double LengthBias { get; init; } = 0.04;

    public ThinkingStyle Thinking { get; init; }

    /// <summary>Prompt and answer together, in tokens; more is an error.</summary>
    public int ContextTokens { get; init; } = 128_000;

    /// <summary>Where set, in place of the endpoint's.</summary>
    public SimulatedLatency? Latency { get; init; }

    /// <summary>As OpenAI's reasoning models: only <c>max_completion_tokens</c> is understood.</summary>
    public bool RefusesMaxTokens { get; init; }

    /// <summary>As OpenAI's reasoning models: no temperature but 1.</summary>
    public bool RefusesTemperature { get; init; }

    /// <summary>As some reasoning models: no system message.</summary>
    public bool RefusesSystemRole { get; init; }

    /// <summary>From the best to the worst: <c>sim-strong</c>, <c>sim-thinker</c>, <c>sim-good</c>, <c>sim-fair</c>, <c>sim-weak</c>, <c>sim-poor</c>; then two judges.
    /// Length and style are no guide to quality: the judges' taste for long answers is what style control has to remove.</summary>
    public static IReadOnlyList<SimulatedModel> Defaults { get; } =
    [
        new() { Name = "sim-strong", Quality = 0.88, Verbosity = 0.45, Markdown = 0.6 },
        new()
        {
            Name = "sim-thinker", Quality = 0.8, Verbosity = 0.3, Markdown = 0.4, Thinking = ThinkingStyle.ReasoningContent,
            RefusesMaxTokens = true, RefusesTemperature = true,
        },
        new() { Name = "sim-good", Quality = 0.72, Verbosity = 0.75, Markdown = 0.8 },
        new() { Name = "sim-fair", Quality = 0.56, Verbosity = 0.4, Markdown = 0.3 },
        new() { Name = "sim-weak", Quality = 0.4, Verbosity = 0.9, Markdown = 0.7 },
        new() { Name = "sim-poor", Quality = 0.24, Verbosity = 0.25, Markdown = 0.15 },
        new() { Name = "sim-judge", Quality = 0.92, Discernment = 0.97, Noise = 0.05, PositionBias = 0.02, LengthBias = 0.03 },
        new() { Name = "sim-judge-2", Quality = 0.85, Discernment = 0.93, Noise = 0.08, PositionBias = 0.05, LengthBias = 0.06 },
    ];
}
