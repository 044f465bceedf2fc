using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Dialects;
using ArenaBench.Core.Judging;
using ArenaBench.Core.Models;
using static ArenaBench.Core.Tests.Judging.Configs;

namespace ArenaBench.Core.Tests.Benchmarks;

public sealed class JudgeConfigReaderTests
{
    private const string Single = "prompt_template: '{answer_1}'\n";
    private const string Pair = "prompt_template: '{answer_1}{answer_2}'\n";

    [Theory]
    [InlineData("endpoint_list:\n  - api_base: https://a.example/v1\n    api_key: ${KEY}\n")]
    [InlineData("endpoint_list:\n  - api_base: https://a.example/v1\n  - api_key: ${KEY}\n")]
    [InlineData("api_base_list:\n  - api_base: https://a.example/v1\n    api_key: ${KEY}\n")]
    public void EndpointList_BothSpellings_AreOneEndpoint(string yaml) =>
        Assert.Equal([new EndpointSettings("https://a.example/v1", "${KEY}", null)], Judge(Single + yaml).Endpoints);

    [Fact]
    public void EndpointList_SeveralItems_AreSeveralEndpoints()
    {
        Assert.Equal(
            ["https://a.example", "https://b.example"],
            Judge(Single + "endpoint_list: [{api_base: 'https://a.example'}, {api_base: 'https://b.example'}]").Endpoints.Select(e => e.ApiBase));
        Assert.Equal(2, Judge(Single + "endpoint_list: [{api_base: 'https://a.example', api_key: '-'}, {api_key: '${K}'}]").Endpoints.Count);
        Assert.Empty(Judge(Single + "endpoint_list: null").Endpoints);
    }

    [Fact]
    public void EndpointList_AKeyItself_IsRefusedWithoutRepeatingIt()
    {
        var problem = Assert.Single(JudgeProblems(Single + "endpoint_list: [{api_key: sk-secret123}]"));
        Assert.StartsWith("judge.yaml:2:18: api_key holds a key itself", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", problem, StringComparison.Ordinal);
        Assert.Contains("http or https", Assert.Single(JudgeProblems(Single + "endpoint_list: [{api_base: 'ftp://x'}]")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Single, JudgingMode.Single, ScoreRule.SingleRating)]
    [InlineData(Single + "regex_pattern: 'x([0-9])'", JudgingMode.Single, ScoreRule.AllMatchesAgree)]
    [InlineData(Pair + "pairwise: true\nbaseline_model: b", JudgingMode.Pairwise, ScoreRule.LastMatch)]
    [InlineData(Pair + "baseline_model: b", JudgingMode.Pairwise, ScoreRule.LastMatch)]
    [InlineData(Pair + "baseline: b", JudgingMode.Pairwise, ScoreRule.LastMatch)]
    [InlineData(Pair + "baseline_by_category: {c: b}", JudgingMode.Pairwise, ScoreRule.LastMatch)]
    [InlineData(Pair + "baseline: True\nbaseline_model: b\nregex_pattern: '([AB<>=]+)'", JudgingMode.Pairwise, ScoreRule.AllMatchesAgree)]
    [InlineData("prompt_template: '{ANSWER_A}{ANSWER_B}'", JudgingMode.Pairwise, ScoreRule.LastMatch)]
    [InlineData(Single + "pairwise: false\nbaseline: false\nbaseline_model: b", JudgingMode.Single, ScoreRule.SingleRating)]
    public void ModeAndRule_FollowFromTheKeys(string yaml, JudgingMode mode, ScoreRule rule)
    {
        var config = Judge(yaml);
        Assert.Equal((mode, rule), (config.Mode, config.Rule));
    }

    [Fact]
    public void Reference_EachSpelling_IsRead()
    {
        Assert.Equal(["a"], Judge(Single + "reference: True\nref_model: a").ReferenceModels);
        Assert.Equal(["a", "b"], Judge(Single + "reference: True\nref_model: [a, b]").ReferenceModels);
        Assert.Equal(["a", "b"], Judge(Single + "reference: [a, b]").ReferenceModels);
        Assert.Empty(Judge(Single + "reference: False\nref_model: a").ReferenceModels);
        Assert.False(Judge(Single + "reference: null\nref_model: null").UsesReference);
    }

    [Fact]
    public void FewShot_TextsTakeTurnsAndMapsNameTheirRole()
    {
        Assert.Equal(
            [new ChatTurn("user", "a"), new ChatTurn("assistant", "b"), new ChatTurn("user", "c")],
            Judge(Single + "few_shot: [a, b, c]").FewShot);
        Assert.Equal([new ChatTurn("assistant", "x")], Judge(Single + "few_shot: [{role: assistant, content: x}]").FewShot);
        Assert.Empty(Judge(Single + "few_shot: null").FewShot);
    }

    [Fact]
    public void BaselinesAndPrompts_ByCategory_WinOverTheGeneralOnes()
    {
        var config = Judge(Pair + "baseline_model: b\nbaseline_by_category: {x: c}\nsystem_prompt: s\nsystem_prompt_by_category: {x: t}");
        Assert.Equal(("c", "b"), (config.BaselineFor("x"), config.BaselineFor("y")));
        Assert.Equal(("t", "s"), (config.SystemPromptFor("x"), config.SystemPromptFor("y")));
    }

    [Fact]
    public void V20Benchmark_WithBaselinesOfItsOwn_DoesNotGetThePublishedOnes()
    {
        var config = Judge("prompt_template: '{ANSWER_A}{ANSWER_B}'\nbaseline_by_category: {x: c}\nsystem_prompt: s", DialectCatalog.V20);
        Assert.Null(config.BaselineFor("hard_prompt"));
        Assert.Equal("s", config.SystemPromptFor("hard_prompt"));
    }

    [Theory]
    [InlineData(Single + "judge_modle: x", "judge.yaml:2:1: unknown key judge_modle; did you mean judge_model?")]
    [InlineData("prompt_template: 'no answer'", "judge.yaml:1:1: prompt_template shows 0 of the 1 answers that a rating is about")]
    [InlineData(Single + "baseline_model: b", "judge.yaml:1:1: prompt_template shows 1 of the 2 answers that a pairwise game is about")]
    [InlineData("prompt_template: '{answer_1} {ref_answer_1}'", "judge.yaml:1:1: prompt_template uses {ref_answer_1}, but reference is not true")]
    [InlineData("prompt_template: '{answer_1} }'", "judge.yaml:1:18: prompt_template: the '}' at character 12 has no partner; write '}}' for a brace")]
    [InlineData(Single + "reference: true", "judge.yaml:2:1: reference is true, but ref_model names no model whose answers to use")]
    [InlineData(Single + "regex_pattern: '(['", "judge.yaml:2:16: regex_pattern is not a regular expression")]
    [InlineData(Single + "regex_patterns: ['ok(.)', '(?=x)']", "judge.yaml:2:27: regex_patterns[1] looks around")]
    [InlineData(Single + "regex_pattern: a\nregex_patterns: [b]", "judge.yaml:3:1: regex_pattern and regex_patterns exclude each other")]
    [InlineData(Single + "prompt_template_by_turns: {two: '{answer_1}'}", "judge.yaml:2:28: two is not a number of turns")]
    [InlineData(Single + "number_of_judgment_attempts: 0", "judge.yaml:2:30: number_of_judgment_attempts is \"0\" where a whole number from 1 to 10 is wanted")]
    [InlineData("[1]", "judge.yaml:1:1: the file is a list where keys and values are wanted")]
    public void WrongConfig_IsReportedWithItsPlace(string yaml, string start) =>
        Assert.StartsWith(start, JudgeProblems(yaml)[0], StringComparison.Ordinal);

    [Fact]
    public void NoConfig_OurPromptsAskInTheFormThatOurRulesRead()
    {
        foreach (var dialect in DialectCatalog.All)
        {
            var config = JudgeConfigReader.Default(dialect, isPublished: false);
            var system = config.SystemPrompt ?? config.SystemPromptFor("hard_prompt")!;
            Assert.Contains(config.Mode == JudgingMode.Single ? "Rating: [[7]]" : "[[A>>B]]", system, StringComparison.Ordinal);
            var question = Question("q") with { Category = "hard_prompt" };
            var second = config.Mode == JudgingMode.Pairwise ? Answer("b") : null;
            Assert.Empty(JudgePrompt.Build(config, question, Answer("a"), second, []).Missing);
        }
    }
}
