using ArenaBench.Core.Answers;
using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Models;
using ArenaBench.Core.Questions;

namespace ArenaBench.Core.Tests.Answers;

public sealed class ConversationPlanTests
{
    private static readonly GenerationConfig Config = new(0.7, new Dictionary<string, double> { ["math"] = 0.0 }, null, 1024, 1, []);

    private static Question Question(string category = "general", double? required = null) =>
        new("q1", category, ["first?", "second?"], null, required, default);

    private static ModelSettings Model(double? temperature = null, int? maxTokens = null, string? system = null) => new(
        "m", "m", "openai", [], 1, null, null, system, temperature, maxTokens, null, null, TimeSpan.FromMinutes(1), null, new Dictionary<string, string>());

    [Fact]
    public void NextRequest_EachTurn_CarriesEverythingSaidBefore()
    {
        var settings = new GenerationSettings(0.3, 50, "Be brief.");

        var first = ConversationPlan.NextRequest(Question(), settings, [])!;
        var second = ConversationPlan.NextRequest(Question(), settings, ["one "])!;

        Assert.Equal([new ChatTurn("system", "Be brief."), new ChatTurn("user", "first?")], first.Messages);
        Assert.Equal(
            [new ChatTurn("system", "Be brief."), new ChatTurn("user", "first?"), new ChatTurn("assistant", "one "), new ChatTurn("user", "second?")],
            second.Messages);
        Assert.Equal((0.3, 50), (second.Temperature, second.MaxTokens));
        Assert.Null(ConversationPlan.NextRequest(Question(), settings, ["one", "two"]));
    }

    [Fact]
    public void NextRequest_WithoutASystemPrompt_StartsWithTheUser() =>
        Assert.Equal("user", ConversationPlan.NextRequest(Question(), new GenerationSettings(null, null, null), [])!.Messages[0].Role);

    [Fact]
    public void NextRequest_MoreRepliesThanTurns_IsABug() => Assert.Throws<ArgumentException>(
        () => ConversationPlan.NextRequest(Question(), new GenerationSettings(null, null, null), ["a", "b", "c"]));

    [Fact]
    public void Temperature_IsTheFirstOfForcedRequiredModelCategoryDefault()
    {
        Assert.Equal(0.7, GenerationSettings.For(Config, Question()).Temperature);
        Assert.Equal(0.0, GenerationSettings.For(Config, Question("math")).Temperature);
        Assert.Equal(0.4, GenerationSettings.For(Config, Question("math"), Model(0.4)).Temperature);
        Assert.Equal(0.2, GenerationSettings.For(Config, Question("math", 0.2), Model(0.4)).Temperature);
        Assert.Equal(0.9, GenerationSettings.For(Config with { ForcedTemperature = 0.9 }, Question("math", 0.2), Model(0.4)).Temperature);
        Assert.Equal(1.0, GenerationSettings.For(Config with { ForcedTemperature = 0.9 }, Question("math", 0.2), Model(0.4), 1.0).Temperature);
    }

    [Fact]
    public void ModelSettings_WinOverTheBenchmark()
    {
        var settings = GenerationSettings.For(Config, Question(), Model(maxTokens: 8, system: "s"));
        Assert.Equal((8, "s"), (settings.MaxTokens, settings.SystemPrompt));
        Assert.Equal(1024, GenerationSettings.For(Config, Question(), Model()).MaxTokens);
    }

    [Fact]
    public void AnswerId_LooksPublishedAndFollowsFromItsParts()
    {
        var id = AnswerId.Derive("bench", "model", "q1");
        Assert.Matches("^[2-9A-HJ-NP-Za-km-z]{22}$", id);
        Assert.Equal(id, AnswerId.Derive("bench", "model", "q1"));
        Assert.NotEqual(id, AnswerId.Derive("bench", "modelq", "1"));
        Assert.NotEqual(AnswerId.Derive("a", "b\n1:c"), AnswerId.Derive("a", "b", "c"));
    }
}
