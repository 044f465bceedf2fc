using ArenaBench.Core.Configuration;
using ArenaBench.Core.Runs;

namespace ArenaBench.Core.Tests.Runs;

public class RunRequestReaderTests
{
    [Fact]
    public void Parse_YamlAndJson_GiveTheSame()
    {
        var yaml = RunRequestReader.Parse(
            """
            benchmark: arena-mini
            what: judge
            models: [a, org/b]
            judges: j
            questions: {categories: [logic], begin: 2, end: 5}
            seed: 7
            strict: true
            """, "spec.yaml");
        var json = RunRequestReader.Parse(
            """{"benchmark":"arena-mini","what":"judge","models":["a","org/b"],"judges":["j"],"questions":{"categories":["logic"],"begin":2,"end":5},"seed":7,"strict":true}""",
            "the request body");

        Assert.Equivalent(yaml, json, strict: true);
        Assert.Equal(RunWork.Judge, yaml.What);
        Assert.Equal(["a", "org/b"], yaml.Models);
        Assert.Equal((2, 5), (yaml.Questions!.Begin, yaml.Questions.End));
        Assert.Equal(7, yaml.Seed);
    }

    [Theory]
    [InlineData("models: [a]", "has no benchmark")]
    [InlineData("benchmark: b\nmodel: [a]", "unknown key model; did you mean models?")]
    [InlineData("benchmark: b\nwhat: judges", "what is \"judges\" where one of both, answer, judge, reference is wanted; did you mean judge?")]
    [InlineData("benchmark: b\nmodels: []", "models is empty")]
    [InlineData("benchmark: b\nmodels: [a, a]", "models names a 2 times")]
    [InlineData("benchmark: b\nparallel: 0", "parallel is \"0\" where a whole number from 1 to 10000 is wanted")]
    [InlineData("benchmark: b\nid: Has Capitals", "where 1 to 64 of a-z, 0-9 and - are wanted")]
    [InlineData("benchmark: b\nquestions: {begin: 5, end: 5}", "that selects no question")]
    [InlineData("benchmark: b\napi_key: sk-canary", "a request must not hold a key")]
    [InlineData("benchmark: b\nOPENAI-API-KEY: sk-canary", "a request must not hold a key")]
    [InlineData("benchmark: [", "is not YAML")]
    public void Parse_WrongInput_SaysWhat(string text, string message)
    {
        var refused = Assert.Throws<ProblemException>(() => RunRequestReader.Parse(text, "spec.yaml"));

        Assert.Contains(refused.Problems, problem => problem.ToString().Contains(message, StringComparison.Ordinal));
        Assert.DoesNotContain("canary", refused.Message);
        Assert.All(refused.Problems, problem => Assert.StartsWith("spec.yaml:", problem.ToString()));
    }

    [Fact]
    public void Parse_SeveralErrors_ListsAll()
    {
        var refused = Assert.Throws<ProblemException>(() => RunRequestReader.Parse("what: x\nseed: -1\nfoo: 1", "spec.yaml"));

        Assert.Equal(4, refused.Problems.Count);
        Assert.Contains(refused.Problems, problem => problem.Line == 3);
    }
}
