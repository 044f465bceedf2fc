using ArenaBench.Core.Answers;
using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Configuration;
using ArenaBench.Core.Dialects;
using ArenaBench.Core.Questions;

namespace ArenaBench.Core.Tests.Judging;

/// <summary>Configurations and records for tests.</summary>
internal static class Configs
{
    public static JudgeConfig Judge(string yaml, Dialect? dialect = null, bool isPublished = false)
    {
        var problems = new List<Problem>();
        var config = new JudgeConfigReader(dialect ?? DialectCatalog.V1, isPublished, null, problems).Read(YamlReader.Parse(yaml, "judge.yaml"));
        Assert.Empty(problems);
        return config;
    }

    public static IReadOnlyList<string> JudgeProblems(string yaml, Dialect? dialect = null)
    {
        var problems = new List<Problem>();
        new JudgeConfigReader(dialect ?? DialectCatalog.V1, false, null, problems).Read(YamlReader.Parse(yaml, "judge.yaml"));
        return [.. problems.Select(p => p.ToString())];
    }

    public static Question Question(params IReadOnlyList<string> turns) => new("q1", "general", turns, null, null, default);

    public static Answer Answer(params IReadOnlyList<string> turns) =>
        new("q1", "model", "id", [new AnswerChoice(0, [.. turns.Select(t => new AnswerTurn(t))])], null, null, default);
}
