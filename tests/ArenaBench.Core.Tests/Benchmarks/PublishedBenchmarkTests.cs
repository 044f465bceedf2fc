using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Dialects;
using ArenaBench.Core.Judging;
using ArenaBench.Testing;

namespace ArenaBench.Core.Tests.Benchmarks;

/// <summary>The published folders, read unchanged.</summary>
public sealed class PublishedBenchmarkTests
{
    private static Task<Benchmark> ReadAsync(string folder) =>
        BenchmarkFolder.Open(folder).ReadAsync(cancellationToken: TestContext.Current.CancellationToken);

    [Fact]
    public async Task V1_IsReadWithItsConfig()
    {
        var benchmark = await ReadAsync(PublishedData.V1OrSkip());

        Assert.Equal("arena-bench-v1", benchmark.Name);
        Assert.Same(DialectCatalog.V1, benchmark.Dialect);
        Assert.Equal(300, benchmark.Questions.Count);
        Assert.All(benchmark.Questions, q => Assert.Equal(0, q.RequiredTemperature));
        Assert.Equal(["gpt-4"], benchmark.ReferenceModels);
        Assert.Equal(["arena-bench-v1"], benchmark.Categories);
        Assert.Empty(benchmark.Notes);
        Assert.Equal((0.7, 1024, 1), (benchmark.Generation.DefaultTemperature, benchmark.Generation.MaxTokens, benchmark.Generation.Choices));

        var judging = benchmark.Judging;
        Assert.Equal(JudgingMode.Single, judging.Mode);
        Assert.Equal(["gpt-4"], judging.JudgeModels);
        Assert.True(judging.UsesReference);
        Assert.Equal(["gpt-4"], judging.ReferenceModels);
        Assert.Equal(0, judging.Temperature);
        Assert.Equal(1024, judging.MaxTokens);
        Assert.Equal(ScoreRule.SingleRating, judging.Rule);
        Assert.EndsWith("\"Rating: [[5]]\".\n\n", judging.SystemPrompt, StringComparison.Ordinal);
        Assert.Empty(judging.FewShot);
        Assert.Empty(judging.Endpoints);
        Assert.True(judging.PublishedBytes);
    }

    [Fact]
    public async Task V01_IsReadWithItsConfigs()
    {
        var benchmark = await ReadAsync(PublishedData.V01OrSkip());

        Assert.Same(DialectCatalog.V01, benchmark.Dialect);
        Assert.Equal(500, benchmark.Questions.Count);
        Assert.Equal(250, benchmark.Questions.Select(q => q.Subcategory).Distinct().Count());
        Assert.Empty(benchmark.Notes);
        Assert.Equal(0.0, benchmark.Generation.DefaultTemperature);
        Assert.Equal(4096, benchmark.Generation.MaxTokens);
        Assert.Equal(["gpt-3.5-turbo-0125"], benchmark.Generation.ModelList);

        var judging = benchmark.Judging;
        Assert.Equal(JudgingMode.Pairwise, judging.Mode);
        Assert.Equal(["gpt-4-1106-preview"], judging.JudgeModels);
        Assert.Equal("gpt-4-0314", judging.BaselineFor("anything"));
        Assert.False(judging.UsesReference);
        Assert.Equal(ScoreRule.AllMatchesAgree, judging.Rule);
        Assert.Equal([@"\[\[([AB<>=]+)\]\]"], judging.Patterns);
        Assert.Equal(2, judging.Attempts);
        Assert.Equal(ShippedPrompts.PublishedFollowUp, judging.FollowUp);
        Assert.Equal(["gpt-3.5-turbo-0125"], judging.ModelList);
    }

    [Fact]
    public async Task V20_IsReadWithItsConfigs()
    {
        var benchmark = await ReadAsync(PublishedData.V20OrSkip());

        Assert.Same(DialectCatalog.V20, benchmark.Dialect);
        Assert.Equal(750, benchmark.Questions.Count);
        Assert.Equal(["hard_prompt", "creative_writing"], benchmark.Categories);
        Assert.Empty(benchmark.Notes);

        var judging = benchmark.Judging;
        Assert.Equal(JudgingMode.Pairwise, judging.Mode);
        Assert.Equal(["gpt-4.1"], judging.JudgeModels);
        Assert.Equal(16_000, judging.MaxTokens);
        Assert.Equal("o3-mini-2025-01-31", judging.BaselineFor("hard_prompt"));
        Assert.Equal("gemini-2.0-flash-001", judging.BaselineFor("creative_writing"));
        Assert.Equal(ShippedPrompts.PairwiseSystem, judging.SystemPromptFor("hard_prompt"));
        Assert.Equal(ShippedPrompts.CreativeSystem, judging.SystemPromptFor("creative_writing"));
        Assert.Null(judging.SystemPromptFor("unknown"));
        Assert.Equal(ScoreRule.LastMatch, judging.Rule);
        Assert.Equal([@"\[\[([AB<>=]+)\]\]", @"\[([AB<>=]+)\]"], judging.Patterns);
        Assert.Equal(["deepseek-r1"], judging.ModelList);
    }

    [Fact]
    public async Task Checkout_ConfigsAroundTheFolder_AreFound()
    {
        using var checkout = new TempFolder();
        CopyFolder(PublishedData.V20OrSkip(), checkout.File("data", "arena-hard-v2.0"));
        Directory.Move(checkout.File("data", "arena-hard-v2.0", "config"), checkout.File("config"));

        var benchmark = await ReadAsync(checkout.File("data", "arena-hard-v2.0"));

        Assert.Equal(["gpt-4.1"], benchmark.Judging.JudgeModels);
    }

    private static void CopyFolder(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
