using ArenaBench.Core.Judging;
using ArenaBench.Core.Models;
using static ArenaBench.Core.Tests.Judging.Configs;

namespace ArenaBench.Core.Tests.Judging;

public sealed class JudgePromptTests
{
    [Fact]
    public void Build_MultiTurnFewShotTwoReferences_SendsExactlyTheseMessages()
    {
        var config = Judge("""
            judge_model: j
            system_prompt: "Judge.\n\n"
            reference: true
            ref_model: [r1, r2]
            temperature: 0.5
            max_tokens: 99
            few_shot: ["example question", "example rating [[5]]"]
            prompt_template: "Q1 {question_1} Q2 {question_2} R1 {ref_answer_1} R2 {ref_answer_2} R3 {ref_answer_3} A1 {answer_1} A2 {answer_2} {{braces}}"
            """);

        var prompt = JudgePrompt.Build(
            config, Question("first?", "second?"), Answer("one", "two"), null, [Answer("ref a1", "ref a2"), Answer("ref b1", "ref b2")]);

        Assert.Empty(prompt.Missing);
        // Published numbering: turn i of reference j is number i + j + 1, and the later reference wins.
        const string User = "Q1 first? Q2 second? R1 ref a1 R2 ref b1 R3 ref b2 A1 one A2 two {braces}";
        Assert.Equal(
            [
                new ChatTurn("system", "Judge.\n\n"),
                new ChatTurn("user", "example question"),
                new ChatTurn("assistant", "example rating [[5]]"),
                new ChatTurn("user", User),
            ],
            prompt.Messages);
        Assert.Equal(User, prompt.UserPrompt);
        var request = prompt.ToRequest(config);
        Assert.Equal((0.5, 99), (request.Temperature, request.MaxTokens));
    }

    [Fact]
    public void Build_ReferenceAndTurnByName_TellsOverlappingNumbersApart()
    {
        var config = Judge("{reference: true, ref_model: [a, b], prompt_template: '{ref_answer_1_2}|{ref_answer_2_1}|{answer_1}'}");
        var prompt = JudgePrompt.Build(config, Question("q", "r"), Answer("x", "y"), null, [Answer("a1", "a2"), Answer("b1", "b2")]);
        Assert.Equal("a2|b1|x", prompt.UserPrompt);
    }

    [Fact]
    public void Build_PairwiseTurns_NumbersGoOnThroughBothAnswers()
    {
        var config = Judge("""
            baseline_model: b
            prompt_template: ["{question_1} A {answer_1} B {answer_2}"]
            prompt_template_by_turns: {2: "{question_1} {question_2} A {answer_1} {answer_2} B {answer_3} {answer_4}"}
            """);

        var oneTurn = JudgePrompt.Build(config, Question("q"), Answer("base", "stray turn"), Answer("model"), []);
        var twoTurns = JudgePrompt.Build(config, Question("q", "r"), Answer("a1", "a2"), Answer("b1", "b2"), []);

        Assert.Equal("q A base B model", oneTurn.UserPrompt);
        Assert.Equal("q r A a1 a2 B b1 b2", twoTurns.UserPrompt);
    }

    [Fact]
    public void Build_V20Names_FillBothAnswersAndTheReference()
    {
        var config = Judge("{reference: [r], prompt_template: '{QUESTION}/{ANSWER_A}/{ANSWER_B}/{REFERENCE}'}");
        Assert.Equal(
            "q/a/b/ref",
            JudgePrompt.Build(config, Question("q"), Answer("a"), Answer("b"), [Answer("ref")]).UserPrompt);
    }

    [Fact]
    public void Build_PlaceholdersInsideTexts_StayText()
    {
        var config = Judge("{baseline_model: b, prompt_template: '{question_1} | {answer_1} | {answer_2}'}");
        var prompt = JudgePrompt.Build(config, Question("{answer_1} {{"), Answer("{answer_2} {0}"), Answer("{question_1} }}"), []);
        Assert.Equal("{answer_1} {{ | {answer_2} {0} | {question_1} }}", prompt.UserPrompt);
    }

    [Fact]
    public void Build_WhatIsNotThere_IsNamed()
    {
        var config = Judge("{reference: true, ref_model: r, prompt_template: '{question_2} {ref_answer_1} {answer_1}'}");
        Assert.Equal(["{question_2}", "{ref_answer_1}"], JudgePrompt.Build(config, Question("q"), Answer("a"), null, []).Missing);
    }

    [Fact]
    public void Build_CategoryWithoutAPrompt_IsNamed()
    {
        var config = Judge("{baseline_model: b, system_prompt_by_category: {other: Judge.}, prompt_template: '{answer_1}{answer_2}'}");
        Assert.Equal(["system prompt of category general"], JudgePrompt.Build(config, Question("q"), Answer("a"), Answer("b"), []).Missing);
    }

    [Fact]
    public void Build_SeveralTemplates_BecomeOneMessageEach()
    {
        var config = Judge("{baseline_model: b, prompt_template: ['Q {question_1}', 'A {answer_1} B {answer_2}']}");
        var prompt = JudgePrompt.Build(config, Question("q"), Answer("a"), Answer("b"), []);
        Assert.Equal([new ChatTurn("user", "Q q"), new ChatTurn("user", "A a B b")], prompt.Messages);
        Assert.Equal("A a B b", prompt.UserPrompt);
    }

    [Fact]
    public void FollowUp_AsksUntilNoAttemptIsLeft()
    {
        var config = Judge("{baseline_model: b, number_of_judgment_attempts: 3, follow_up: Finish., prompt_template: '{answer_1}{answer_2}'}");
        var prompt = JudgePrompt.Build(config, Question("q"), Answer("a"), Answer("b"), []);

        Assert.Equal(
            [new ChatTurn("user", "ab"), new ChatTurn("assistant", "hm"), new ChatTurn("user", "Finish."), new ChatTurn("assistant", "well"), new ChatTurn("user", "Finish.")],
            prompt.FollowUp(config, ["hm", "well"])!.Messages);
        Assert.Null(prompt.FollowUp(config, ["hm", "well", "no"]));
    }

    [Fact]
    public void FollowUp_PublishedBytes_AsksInThePublishedWords()
    {
        const string Yaml = "{baseline_model: b, prompt_template: '{answer_1}{answer_2}'}";
        Assert.Equal("continue your judgment and finish by outputting a final verdict label", Judge(Yaml, isPublished: true).FollowUp);
        Assert.Equal(ShippedPrompts.FollowUp, Judge(Yaml).FollowUp);
    }

    [Fact]
    public void JoinReplies_V01Rule_StartsEachOnANewLineAsPublished()
    {
        Assert.Equal("\na\nb", JudgePrompt.JoinReplies(Core.Benchmarks.ScoreRule.AllMatchesAgree, ["a", "b"]));
        Assert.Equal("a\nb", JudgePrompt.JoinReplies(Core.Benchmarks.ScoreRule.LastMatch, ["a", "b"]));
        Assert.Equal("a", JudgePrompt.JoinReplies(Core.Benchmarks.ScoreRule.SingleRating, ["a"]));
    }

    [Fact]
    public void PromptHash_ChangesWithWhatTheJudgeIsShown()
    {
        const string Yaml = "{system_prompt: s, temperature: 0, prompt_template: 'x {answer_1}', few_shot: [a, b]}";
        var hash = PromptHash.Of(Judge(Yaml), "c");

        Assert.Matches("^[0-9a-f]{64}$", hash);
        Assert.Equal(hash, PromptHash.Of(Judge(Yaml.Replace("temperature: 0", "temperature: 1", StringComparison.Ordinal)), "c"));
        foreach (var (from, to) in new[] { ("prompt: s", "prompt: t"), ("x {", "y {"), ("[a, b]", "[a, c]"), ("[a, b]", "[ab]") })
            Assert.NotEqual(hash, PromptHash.Of(Judge(Yaml.Replace(from, to, StringComparison.Ordinal)), "c"));
        Assert.NotEqual(hash, PromptHash.Of(Judge(Yaml, isPublished: true), "c"));
    }
}
