using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Configuration;
using ArenaBench.Core.Dialects;
using ArenaBench.Core.Judging;
using ArenaBench.Testing;

namespace ArenaBench.Core.Tests.Benchmarks;

public sealed class BenchmarkReaderTests
{
    private const string Judge = "{judge_model: j, prompt_template: '{question_1} {answer_1}'}";

    private static readonly string[] Manifest =
        ["schema: 1", "name: b", "title: B", "description: d", "version: \"1.0\"", "license: Apache-2.0", "dialect: v1", "judge_config: judge_config.yaml"];

    private static BenchmarkFiles Ours(params IReadOnlyList<string> more) => new BenchmarkFiles()
        .With("b/benchmark.yaml", [.. Manifest, .. more])
        .With("b/question.jsonl", BenchmarkFiles.V1Question, """{"question_id":"q2","category":"writing","turns":["ask"]}""")
        .With("b/judge_config.yaml", Judge);

    [Fact]
    public async Task Ours_WithItsManifest_IsRead()
    {
        using var files = Ours("questions: 2", "categories: [writing, math]", "generation: {temperature: 0.1, temperature_by_category: {writing: 0.9}, max_tokens: 7, num_choices: 3}")
            .With("b/reference_answer/org~2Fm.jsonl");

        var benchmark = await files.ReadAsync();

        Assert.Equal(("B", "d", "1.0"), (benchmark.Title, benchmark.Description, benchmark.Version));
        Assert.Equal(["writing", "math"], benchmark.Categories);
        Assert.Equal(["org/m"], benchmark.ReferenceModels);
        Assert.Equal((0.1, 7, 3), (benchmark.Generation.DefaultTemperature, benchmark.Generation.MaxTokens, benchmark.Generation.Choices));
        Assert.Equal(0.9, Assert.Single(benchmark.Generation.TemperatureByCategory).Value);
        Assert.Equal(["j"], benchmark.Judging.JudgeModels);
        Assert.False(benchmark.Judging.PublishedBytes);
        Assert.Empty(benchmark.Notes);
    }

    [Fact]
    public async Task Judging_InTheManifest_ReplacesKeysOfTheConfig()
    {
        using var files = Ours("reference: r", "judging: {judge_model: [k, l], max_tokens: 5, published_bytes: true}");
        var judging = (await files.ReadAsync()).Judging;

        Assert.Equal(["k", "l"], judging.JudgeModels);
        Assert.Equal(5, judging.MaxTokens);
        Assert.True(judging.PublishedBytes);
        Assert.True(judging.UsesReference);
        Assert.Equal(["r"], judging.ReferenceModels);
        Assert.Equal(["{question_1} {answer_1}"], judging.PromptTemplates);
    }

    [Fact]
    public async Task EveryErrorOfEveryFile_IsReportedAtOnce()
    {
        using var files = Ours("questions: 3", "categories: [math]", "sort: up", "generation: {temprature: 1, num_choices: 0}")
            .With("b/judge_config.yaml", "judge_model: j", "prompt_template: '{question_1} {anwser_1}'", "temperature: hot")
            .With("b/question.jsonl", BenchmarkFiles.V1Question, "{", BenchmarkFiles.V1Question, """{"question_id":"q2","category":"writing"}""", """{"question_id":"q3","category":"writing","turns":["t"]}""");

        var problems = await files.ProblemsAsync(() => files.ReadAsync());

        Assert.Collection(
            problems,
            p => Assert.Equal("b/benchmark.yaml:11:1: unknown key sort", p),
            p => Assert.StartsWith("b/question.jsonl:2:2: is not JSON", p, StringComparison.Ordinal),
            p => Assert.Equal("b/question.jsonl:3: question q1 is on line 1 already", p),
            p => Assert.Equal("b/question.jsonl:4: turns is missing; a list is wanted", p),
            p => Assert.Equal("b/benchmark.yaml:9:1: questions is 3, but there are 2", p),
            p => Assert.Equal("b/benchmark.yaml:10:1: categories does not list writing, which questions have", p),
            p => Assert.StartsWith("b/judge_config.yaml:2:18: prompt_template: unknown placeholder {anwser_1}; known are", p, StringComparison.Ordinal),
            p => Assert.Equal("b/judge_config.yaml:3:14: temperature is \"hot\" where a number from 0 to 2 is wanted", p),
            p => Assert.Equal("b/benchmark.yaml:12:42: generation.num_choices is \"0\" where a whole number from 1 to 100 is wanted", p),
            p => Assert.Equal("b/benchmark.yaml:12:14: unknown key temprature; did you mean temperature?", p));
    }

    [Theory]
    [InlineData("schema: 2", "schema is 2, which is newer than this version reads (1); use a newer version")]
    [InlineData("name: c", "name is c, but the folder is b")]
    [InlineData("dialect: v2", "dialect is \"v2\" where one of v1, v0.1, v2.0 is wanted; did you mean v1?")]
    [InlineData("judge_config: other.yaml", "judge_config is other.yaml, which does not exist")]
    public async Task Manifest_WrongValue_IsReported(string line, string message)
    {
        var key = line.Split(':')[0];
        using var files = Ours().With("b/benchmark.yaml", [.. Manifest.Where(l => !l.StartsWith(key + ":", StringComparison.Ordinal)), line]);
        Assert.EndsWith(message, Assert.Single(await files.ProblemsAsync(() => files.ReadAsync())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Extends_WithoutQuestionsOfItsOwn_HasTheOthersInItsDialect()
    {
        using var files = Ours("categories: [math, writing]", "generation: {max_tokens: 7}")
            .With("p/benchmark.yaml", "schema: 1", "name: p", "dialect: v0.1", "extends: b", "judge_config: j.yaml")
            .With("p/j.yaml", "{judge_model: j, baseline_model: base, prompt_template: '{answer_1}{answer_2}'}")
            .With("b/reference_answer/r.jsonl");

        var benchmark = await files.ReadAsync("p");

        Assert.Same(DialectCatalog.V01, benchmark.Dialect);
        Assert.Equal("""{"question_id":"q1","category":"math","turns":[{"content":"ask"}]}""", benchmark.Questions[0].Source.GetRawText());
        Assert.Equal(["math", "writing"], benchmark.Categories);
        Assert.Equal(7, benchmark.Generation.MaxTokens);
        Assert.Equal(["r"], benchmark.ReferenceModels);
        Assert.Equal(JudgingMode.Pairwise, benchmark.Judging.Mode);
    }

    [Fact]
    public async Task Extends_InACircle_IsRefused()
    {
        using var files = new BenchmarkFiles()
            .With("b/benchmark.yaml", "{schema: 1, name: b, dialect: v1, extends: c}")
            .With("c/benchmark.yaml", "{schema: 1, name: c, dialect: v1, extends: b}");
        Assert.Contains("in a circle", Assert.Single(await files.ProblemsAsync(() => files.ReadAsync())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PlainFolder_WithJudgmentsOnly_IsReadWithOurPrompts()
    {
        using var files = new BenchmarkFiles()
            .With("b/model_judgment/org/gpt/m.jsonl", """{"uid":"q","model":"m","judge":"org/gpt","games":[]}""");
        var benchmark = await files.ReadAsync();

        Assert.Same(DialectCatalog.V20, benchmark.Dialect);
        Assert.Empty(benchmark.Questions);
        Assert.Equal(JudgingMode.Pairwise, benchmark.Judging.Mode);
        Assert.Equal([ShippedPrompts.PairwiseUser(false)], benchmark.Judging.PromptTemplates);
    }

    [Fact]
    public async Task Pairwise_InV1_IsRefusedBeforeAnythingIsPaidFor()
    {
        using var files = new BenchmarkFiles()
            .With("b/question.jsonl", BenchmarkFiles.V1Question)
            .With("b/b_config.yaml", "{judge_model: j, baseline_model: base, prompt_template: '{answer_1}{answer_2}'}");
        Assert.NotNull(await files.ReadAsync());
        Assert.Contains("a v1 record holds one rating", Assert.Single(await files.ProblemsAsync(() => files.ImportAsync())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NothingThere_IsSaid()
    {
        using var files = new BenchmarkFiles().With("b/readme.txt", "x");
        Assert.Contains("no benchmark here", Assert.Single(await files.ProblemsAsync(() => files.ReadAsync())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Notes_TellWhatWillKeepQuestionsFromBeingJudged()
    {
        using var files = new BenchmarkFiles()
            .With("b/question.jsonl", """{"uid":"q1","category":"hard_prompt","prompt":"a"}""", """{"uid":"q2","category":"new","prompt":"a"}""")
            .With("b/b_config.yaml", "{judge_model: j, prompt_template: '{QUESTION}{ANSWER_A}{ANSWER_B}'}");

        var notes = files.Shown((await files.ReadAsync()).Notes);

        Assert.Collection(
            notes,
            n => Assert.Contains("category new has no baseline: its 1 questions cannot be judged", n, StringComparison.Ordinal),
            n => Assert.Contains("category new has no judge prompt: its 1 questions cannot be judged", n, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ConfigOfAnotherBenchmark_AtTheTop_IsNotTaken()
    {
        using var files = new BenchmarkFiles()
            .With("data/b/question.jsonl", BenchmarkFiles.V1Question)
            .With("config/judge_config.yaml", "{bench_name: other, judge_model: wrong, prompt_template: '{answer_1}'}");
        var benchmark = await BenchmarkReader.ReadAsync(files.Tree, "b", "data/b/", cancellationToken: TestContext.Current.CancellationToken);
        Assert.Empty(benchmark.Judging.JudgeModels);

        files.With("data/b_config.yaml", "{judge_model: right, prompt_template: '{answer_1}'}");
        benchmark = await BenchmarkReader.ReadAsync(files.Tree, "b", "data/b/", cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(["right"], benchmark.Judging.JudgeModels);
    }

    [Fact]
    public void Open_FolderWithoutABenchmark_SaysWhereThereIsOne()
    {
        using var files = new BenchmarkFiles().With("data/b/question.jsonl", BenchmarkFiles.V1Question);
        var failure = Assert.Throws<ProblemException>(() => BenchmarkFolder.Open(files.Root));
        Assert.Contains(Path.Combine("data", "b"), failure.Message, StringComparison.Ordinal);
        Assert.Contains("no such folder", Assert.Throws<ProblemException>(() => BenchmarkFolder.Open(files.Root + "x")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("arena-mini", JudgingMode.Single)]
    [InlineData("arena-mini-pairwise", JudgingMode.Pairwise)]
    public async Task Shipped_IsReadWithoutANote(string name, JudgingMode mode)
    {
        var data = RepoRoot.File("data");
        var benchmark = await BenchmarkReader.ReadAsync(new FolderTree(data), name, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(mode, benchmark.Judging.Mode);
        Assert.Equal(benchmark.Questions.Select(q => q.Category).ToHashSet(), benchmark.Categories.ToHashSet());
        Assert.Equal(["arena-mini-reference"], benchmark.ReferenceModels);
        Assert.Empty(benchmark.Notes);
        Assert.False(benchmark.Judging.PublishedBytes);
    }
}
