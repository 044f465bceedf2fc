using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Configuration;
using ArenaBench.Core.Dialects;
using ArenaBench.Core.Models;
using ArenaBench.Core.Runs;

namespace ArenaBench.Core.Tests.Data;

public sealed class ShippedConfigTests
{
    private static readonly KeySource NothingSet = new(_ => null);

    [Fact]
    public void SimulatedEndpoints_CanBeCalledWithoutAnyVariable()
    {
        var endpoints = Endpoints("endpoints.simulated.yaml");
        var models = endpoints.Names.Select(name => endpoints.Get(name)!).ToList();

        Assert.Equal(["sim-strong", "sim-good", "sim-fair", "sim-weak", "sim-poor", "sim-judge", "sim-judge-2"], endpoints.Names);
        Assert.Empty(endpoints.Validate(models, NothingSet));
        Assert.All(models, model =>
        {
            var address = Assert.Single(model.Endpoints).ApiBase!;
            Assert.Equal("http://127.0.0.1:8089/v1", NothingSet.Expand(address));
            Assert.Equal("http://h:1/v1", new KeySource(name => name == "ARENABENCH_SIMULATED_URL" ? "http://h:1/v1" : null).Expand(address));
            Assert.Equal(new Price(0, 0), model.Price);
        });
    }

    [Fact]
    public void ExampleEndpoints_NeedOnlyTheVariablesTheyName()
    {
        var endpoints = Endpoints("endpoints.example.yaml");
        var models = endpoints.Names.Select(name => endpoints.Get(name)!).ToList();

        Assert.Empty(endpoints.Validate(models, new KeySource(_ => "set")));
        Assert.All(models, model => Assert.NotNull(model.Price));
        Assert.All(models.SelectMany(m => m.Endpoints), e => Assert.True(e.ApiKey is null || KeySource.IsReference(e.ApiKey)));
        Assert.Contains("OPENAI_API_KEY", Assert.Single(endpoints.Validate([endpoints.Get("gpt-4.1-mini")!], NothingSet)).Message, StringComparison.Ordinal);
        Assert.Empty(endpoints.Validate([endpoints.Get("my-vllm-model")!], NothingSet));
    }

    [Theory]
    [InlineData("arena-mini.yaml", "endpoints.simulated.yaml")]
    [InlineData("arena-mini-pairwise.yaml", "endpoints.simulated.yaml")]
    [InlineData("own-models.yaml", "endpoints.example.yaml")]
    public async Task RunSpecs_NameWhatIsThere(string spec, string endpointFile)
    {
        var run = RunRequestReader.Parse(File.ReadAllText(ShippedData.File("runs", spec)), spec);
        var endpoints = Endpoints(endpointFile);
        var benchmark = await ShippedData.ReadAsync(run.Benchmark);

        Assert.Equal(RunWork.Both, run.What);
        Assert.Empty(run.Models!.Concat(run.Judges!).Append(run.Baseline ?? run.Models![0]).Except(endpoints.Names));
        Assert.Empty((run.Questions?.Ids ?? []).Except(benchmark.Questions.Select(q => q.Id)));
        Assert.Equal(benchmark.Judging.Mode == JudgingMode.Pairwise, run.Baseline is not null);
        Assert.DoesNotContain(run.Baseline, run.Models!);
        Assert.Empty(run.Models!.Intersect(run.Judges!));
    }

    [Fact]
    public async Task DefaultJudgesAndBaseline_AreEntriesOfTheExample()
    {
        var names = Endpoints("endpoints.example.yaml").Names;
        foreach (var benchmark in new[] { ShippedData.Mini, ShippedData.MiniPairwise })
        {
            var judging = (await ShippedData.ReadAsync(benchmark)).Judging;
            Assert.Empty(judging.JudgeModels.Append(judging.Baseline ?? names[0]).Except(names));
        }
    }

    [Fact]
    public void ArenaBenchV1Config_ReadsAsTheSeedsDoes()
    {
        var problems = new List<Problem>();
        var text = File.ReadAllText(ShippedData.File("arena-bench-v1_config.yaml"));
        var config = new JudgeConfigReader(DialectCatalog.V1, true, null, problems).Read(YamlReader.Parse(text, "config"));

        Assert.Empty(problems);
        Assert.Equal((JudgingMode.Single, ScoreRule.SingleRating, true), (config.Mode, config.Rule, config.UsesReference));
        Assert.Equal(["gpt-4"], config.JudgeModels);
        Assert.Equal(["gpt-4"], config.ReferenceModels);
        Assert.Equal((0.0, 1024), (config.Temperature, config.MaxTokens));
    }

    private static Endpoints Endpoints(string file) => EndpointsFile.Parse(File.ReadAllText(ShippedData.File(file)), file);
}
