using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Dialects;
using ArenaBench.Core.Models;
using ArenaBench.Core.Runs;

namespace ArenaBench.Core.Tests.Runs;

public sealed class LaneSharesTests
{
    [Theory]
    [InlineData(1, 64)]
    [InlineData(3, 64)]
    [InlineData(6, 32)]
    [InlineData(20, 10)]
    [InlineData(600, 1)]
    public void Judging_ModelsWithTheSameWork_HaveThreeTimesTheirPartOfTheJudge(int models, int lanes)
    {
        var shares = new LaneShares(Spec([.. Enumerable.Range(0, models).Select(number => Model($"m{number}", 8))]), [.. Enumerable.Repeat(Work(5, 10), models)]);

        Assert.All(Enumerable.Range(0, models), model => Assert.Equal((lanes, 8), (shares.Judging(model), shares.Answering(model))));
    }

    [Fact]
    public void Judging_TheModelWithMostOfTheWork_HasTheWholeJudge()
    {
        var shares = new LaneShares(Spec([.. Enumerable.Range(0, 10).Select(number => Model($"m{number}", 8))]), [Work(100, 200), .. Enumerable.Repeat(Work(1, 2), 9)]);

        Assert.Equal((64, 2), (shares.Judging(0), shares.Judging(1)));
    }

    [Fact]
    public void Answering_NamesOfOneEndpoint_ShareIt_OthersDoNot()
    {
        var spec = Spec([.. Enumerable.Range(0, 10).Select(number => Model($"m{number}", 20, sentAs: "shared")), Model("own", 20)]);
        var shares = new LaneShares(spec, [.. Enumerable.Repeat(Work(5, 0), 11)]);

        Assert.Equal((6, 20), (shares.Answering(0), shares.Answering(10)));
    }

    [Fact]
    public void NothingToDo_IsTheEndpointsOwnLimit()
    {
        var shares = new LaneShares(Spec([Model("m", 8)]), [Work(0, 0)]);

        Assert.Equal((8, 64), (shares.Answering(0), shares.Judging(0)));
    }

    private static FoundRecords Work(int answers, int games) => new(
        [.. Enumerable.Range(0, answers).Select(question => new QuestionWork(question, true, [])),
         .. Enumerable.Range(0, games).Select(question => new QuestionWork(question, false, [0]))], [], []);

    private static RunModel Model(string name, int parallel, string? sentAs = null) => new(
        name, ModelSettings.OpenAi(name, [new EndpointSettings("http://localhost:1/v1", null, null)]) with { ModelName = sentAs ?? name, Parallel = parallel });

    private static RunSpec Spec(IReadOnlyList<RunModel> models) => new(
        1, "r", 1, "bench", "v1", RunWork.Both, models, [Model("judge", 64)], [], new GenerationConfig(0, new Dictionary<string, double>(), null, 1, 1, []),
        JudgeConfigReader.Default(Dialect.Get("v1"), isPublished: true), 0, "", false, 1, 1, "");
}
