using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Judging;
using ArenaBench.Core.Models;
using ArenaBench.Core.Runs;
using static ArenaBench.Core.Tests.Judging.Configs;

namespace ArenaBench.Core.Tests.Runs;

/// <summary>A verdict is used again only where the judge would be asked the same.</summary>
public sealed class GameFingerprintTests
{
    private const string Yaml = "{baseline_model: b, temperature: 0, max_tokens: 9, number_of_judgment_attempts: 2, system_prompt: s, follow_up: Finish., few_shot: [x, y], prompt_template: 'P {answer_1}{answer_2}'}";

    [Theory]
    [InlineData("temperature: 0", "temperature: 1")]
    [InlineData("max_tokens: 9", "max_tokens: 8")]
    [InlineData("attempts: 2", "attempts: 3")]
    [InlineData("system_prompt: s", "system_prompt: t")]
    [InlineData("Finish.", "Go on.")]
    [InlineData("[x, y]", "[x, z]")]
    [InlineData("'P {", "'Q {")]
    public void Of_WhateverTheJudgeIsSentOrReadBy_ChangesIt(string from, string to)
    {
        Assert.Equal(Of(Yaml), Of(Yaml));
        Assert.NotEqual(Of(Yaml), Of(Yaml.Replace(from, to, StringComparison.Ordinal)));
    }

    [Fact]
    public void Of_AFollowUpThatIsNeverSent_IsNoPartOfIt() => Assert.Equal(
        Of(Yaml.Replace("attempts: 2", "attempts: 1", StringComparison.Ordinal)),
        Of(Yaml.Replace("attempts: 2", "attempts: 1", StringComparison.Ordinal).Replace("Finish.", "Go on.", StringComparison.Ordinal)));

    private static string Of(string yaml)
    {
        var config = Judge(yaml);
        var judge = new ModelSettings("j", "j", "openai", [], 1, null, null, null, null, null, null, null, TimeSpan.FromMinutes(1), null, new Dictionary<string, string>());
        var spec = new RunSpec(
            1, "run", 1, "bench", "v1", RunWork.Judge, [], [new RunModel("j", judge)], [],
            new GenerationConfig(0, new Dictionary<string, double>(), null, 1, 1, []), config, 1, "", false, 1, 1, "");
        return GameFingerprint.Of(spec, judge, JudgePrompt.Build(config, Question("q"), Answer("a"), Answer("b"), []));
    }
}
