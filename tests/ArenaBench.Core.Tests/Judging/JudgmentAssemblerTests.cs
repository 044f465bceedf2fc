using System.Text.Json;
using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Dialects;
using ArenaBench.Core.Judging;
using ArenaBench.Core.Tests.Dialects;
using static ArenaBench.Core.Tests.Judging.Configs;

namespace ArenaBench.Core.Tests.Judging;

public sealed class JudgmentAssemblerTests
{
    private const string Pairwise = "{baseline_model: base, system_prompt: Judge., prompt_template: '{answer_1}{answer_2}'}";
    private static readonly Game First = new("prompt 1", "text \"1\" é", "hm", Score.OfVerdict(Verdict.AMuchBetter));
    private static readonly Game Unscored = new("prompt 2", "text 2", null, Score.None(UnscoredReason.NoScore));

    private static string? Assemble(Dialect dialect, JudgeConfig config, params IReadOnlyList<Game?> games) =>
        AssembleAgainst("base", dialect, config, games);

    private static string? AssembleAgainst(string? baseline, Dialect dialect, JudgeConfig config, params IReadOnlyList<Game?> games) =>
        JudgmentAssembler.Assemble(dialect, config, Question("q"), "m/1", "j", baseline, games) is { } line ? Jsonl.Line(line) : null;

    [Fact]
    public void V1_HasThePublishedFieldsInTheirOrder()
    {
        var config = Judge("{prompt_template: '{answer_1}'}");
        Assert.Equal(
            """{"question_id":"q1","model":"m/1","user_prompt":"p","judgment":"t [[7]]","score":7}""" + "\n",
            Assemble(DialectCatalog.V1, config, new Game("p", "t [[7]]", null, Score.OfRating(7))));
        Assert.EndsWith("\"score\":null}\n", Assemble(DialectCatalog.V1, config, Unscored), StringComparison.Ordinal);
    }

    [Fact]
    public void V01_HasThePublishedFieldsInTheirOrder() => Assert.Equal(
        """{"question_id":"q1","model":"m/1","judge":"j","games":[{"user_prompt":"prompt 1","judgment":"text \"1\" é","score":"A>>B"},{"user_prompt":"prompt 2","judgment":"text 2","score":null}]}""" + "\n",
        AssembleAgainst(null, DialectCatalog.V01, Judge(Pairwise, DialectCatalog.V01), First, Unscored));

    [Fact]
    public void V01_ABaselineOfItsOwn_IsNamed() => Assert.StartsWith(
        """{"question_id":"q1","model":"m/1","judge":"j","baseline":"base","games":[""",
        AssembleAgainst("base", DialectCatalog.V01, Judge(Pairwise, DialectCatalog.V01), First, Unscored), StringComparison.Ordinal);

    [Fact]
    public void V20_HasThePublishedFieldsInTheirOrderWithTheWholePrompt() => Assert.Equal(
        """{"uid":"q1","category":"general","judge":"j","model":"m/1","baseline":"base","games":[{"score":"A>>B","judgment":{"answer":"text \"1\" é","thought":"hm"},"prompt":[{"role":"system","content":"Judge."},{"role":"user","content":"prompt 1"}]},null]}""" + "\n",
        Assemble(DialectCatalog.V20, Judge(Pairwise, DialectCatalog.V20), First, null));

    [Fact]
    public void NoGameAtAll_MakesNoRecord() => Assert.Null(Assemble(DialectCatalog.V01, Judge(Pairwise, DialectCatalog.V01), null, null));

    [Theory]
    [InlineData("v0.1")]
    [InlineData("v2.0")]
    public void Assembled_ReadBack_GivesTheGames(string name)
    {
        var dialect = Dialect.Get(name);
        var line = JudgmentAssembler.Assemble(dialect, Judge(Pairwise, dialect), Question("q"), "m", "j", "base", [First, Unscored])!.Value;
        var judgment = dialect.ReadJudgment(JsonElement.Parse(Jsonl.Line(line)));

        var game = JudgmentAssembler.GameOf(judgment, 1)!;
        Assert.Equal((First.UserPrompt, First.Text, First.Score), (game.UserPrompt, game.Text, game.Score));
        Assert.Equal(Unscored.Score, JudgmentAssembler.GameOf(judgment, 2)!.Score);
        Assert.Null(JudgmentAssembler.GameOf(judgment, 3));
    }
}
