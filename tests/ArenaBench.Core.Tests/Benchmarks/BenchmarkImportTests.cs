using System.Text;
using System.Text.Json;
using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Dialects;
using ArenaBench.Testing;

namespace ArenaBench.Core.Tests.Benchmarks;

public sealed class BenchmarkImportTests
{
    private const string Config = "{judge_model: gpt, prompt_template: '{question_1} {answer_1}'}";

    private static string Answer(string question, string model, string turns = "[\"a\"]") =>
        $$"""{"question_id":"{{question}}","answer_id":"i","model_id":"{{model}}","choices":[{"index":0,"turns":{{turns}}}]}""";

    private static string Judgment(string question, string model, string more = "") =>
        $$"""{"question_id":"{{question}}","model":"{{model}}","user_prompt":"p","judgment":"[[7]]","score":7{{more}}}""";

    private static BenchmarkFiles Folder() => new BenchmarkFiles()
        .With("b/question.jsonl", BenchmarkFiles.V1Question, """{"question_id":"q2","category":"math","turns":["ask"]}""")
        .With("b/b_config.yaml", Config);

    [Fact]
    public async Task Records_GoByTheModelIdInsideAndTheJudgeThatIsNamedSomewhere()
    {
        using var files = Folder()
            .With("b/model_answer/M-8x7B.jsonl", Answer("q2", "org/M-8x7B"), Answer("q1", "org/M-8x7B"))
            .With("b/model_judgment/m.jsonl", Judgment("q1", "m"), Judgment("q1", "n"))
            .With("b/model_judgment/other/m.jsonl", Judgment("q1", "m"))
            .With("b/model_judgment/third/m.jsonl", Judgment("q1", "m", ",\"judge\":\"in-record\""))
            .With("b/reference_answer/r.jsonl", Answer("q1", "r"));

        var import = await files.ImportAsync();

        Assert.Equal(
            [
                (RecordFileKind.Answer, "org/M-8x7B", null, 2),
                (RecordFileKind.Reference, "r", null, 1),
                (RecordFileKind.Judgment, "m", "gpt", 1),
                (RecordFileKind.Judgment, "n", "gpt", 1),
                (RecordFileKind.Judgment, "m", "other", 1),
                (RecordFileKind.Judgment, "m", "in-record", 1),
            ],
            import.Records.Select(r => (r.Kind, r.Model, r.Judge, r.Count)));
        Assert.Equal(["b_config.yaml", "question.jsonl"], import.Files.Select(f => f.Path));
        Assert.Equal(
            ["b/model_answer/M-8x7B.jsonl: the model id inside is org/M-8x7B: it goes by that", "b/model_judgment/m.jsonl: the model id inside is n: it goes by that"],
            files.Shown(import.Notes));
    }

    [Fact]
    public async Task Records_AreReadBackOneAQuestionAndUnchanged()
    {
        using var files = Folder().With("b/model_answer/m.jsonl", Answer("q2", "m"), Answer("q2", "m", "[\"later\"]"), Answer("q1", "other"), Answer("q1", "m"));
        var import = await files.ImportAsync();

        var records = await import.ReadRecordsAsync(import.Records.Single(r => r.Model == "m"), TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal([("q2", Answer("q2", "m")), ("q1", Answer("q1", "m"))], records.Select(r => (r.QuestionId, r.Record.GetRawText())));
        Assert.Contains(
            "b/model_answer/m.jsonl: 1 records of a question that this model has a line for already: the first counts (the first: q2)",
            files.Shown(import.Notes));
    }

    [Fact]
    public async Task EveryDamagedLine_RefusesTheWholeWithFileAndLine()
    {
        using var files = Folder()
            .With("b/model_answer/m.jsonl", Answer("q1", "m"), "{\"question_id\":", """{"question_id":"q2","model_id":"m"}""")
            .With("b/model_judgment/m.jsonl", """{"question_id":"q1","model":"m","judgment":"x","score":[]}""");

        var problems = await files.ProblemsAsync(() => files.ImportAsync());

        Assert.Collection(
            problems,
            p => Assert.StartsWith("b/model_answer/m.jsonl:2:16: is not JSON", p, StringComparison.Ordinal),
            p => Assert.Equal("b/model_answer/m.jsonl:3: choices is missing; a list is wanted", p),
            p => Assert.Equal("b/model_judgment/m.jsonl:1: score is a list where a number, a label or null is wanted", p));
    }

    [Fact]
    public async Task Oddities_AreCountedNotRefused()
    {
        using var files = Folder().With(
                "b/model_answer/m.jsonl", Answer("q1", "m", "[\"a\",\"b\"]"), Answer("q2", "m", "[\"$ERROR$\"]"), Answer("q9", "m", "[\" \"]"))
            .With("b/model_judgment/m.jsonl", """{"question_id":"q1","model":"m","judgment":"no","score":null}""");

        var notes = files.Shown((await files.ImportAsync()).Notes);

        Assert.Equal(
            [
                "b/model_answer/m.jsonl: 1 records of a question that is not in question.jsonl (the first: q9)",
                "b/model_answer/m.jsonl: 1 records that say $ERROR$: a failed call was recorded as an answer (the first: q2)",
                "b/model_answer/m.jsonl: 1 records with more turns than the question: those of the question are judged (the first: q1)",
                "b/model_answer/m.jsonl: 1 records without any text (the first: q9)",
                "b/model_judgment/m.jsonl: 1 records with a game without a score (no_score) (the first: q1)",
            ],
            notes);
    }

    [Fact]
    public async Task JudgmentsThatNameNoJudge_NeedOneInTheConfig()
    {
        using var files = Folder().With("b/b_config.yaml", Config.Replace("gpt", "[a, b]", StringComparison.Ordinal)).With("b/model_judgment/m.jsonl", Judgment("q1", "m"));
        Assert.Equal(
            "b/model_judgment/m.jsonl:1: the judgment names no judge, and the judge config names several; put the file into model_judgment/JUDGE/",
            Assert.Single(await files.ProblemsAsync(() => files.ImportAsync())));
    }

    [Fact]
    public async Task WithoutQuestions_NothingCanBeImported()
    {
        using var files = new BenchmarkFiles().With("b/model_answer/m.jsonl", Answer("q1", "m"));
        Assert.Contains("has no question.jsonl", Assert.Single(await files.ProblemsAsync(() => files.ImportAsync())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GivenConfig_TakesThePlaceOfTheFoldersOwn()
    {
        using var files = Folder();
        var import = await files.ImportAsync(judgeConfig: "{judge_model: given, prompt_template: '{answer_1}'}");
        Assert.Equal(["given"], import.Benchmark.Judging.JudgeModels);
        Assert.Equal(["judge_config.yaml", "question.jsonl"], import.Files.Select(f => f.Path));
        Assert.Contains("given", Encoding.UTF8.GetString(import.Files[0].Content.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Extending_LendsQuestionsAndReferencesInItsOwnDialect()
    {
        using var files = Folder()
            .With("b/reference_answer/r.jsonl", Answer("q1", "r", "[\"ref\"]"))
            .With("p/benchmark.yaml", "{schema: 1, name: p, dialect: v0.1, extends: b, judge_config: j.yaml, reference: r}")
            .With("p/j.yaml", "{judge_model: j, baseline_model: base, prompt_template: '{ref_answer_1}{answer_1}{answer_2}'}");

        var import = await files.ImportAsync("p");
        var references = await import.ReadRecordsAsync(Assert.Single(import.Records), TestContext.Current.CancellationToken)
            .ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["benchmark.yaml", "j.yaml", "question.jsonl"], import.Files.Select(f => f.Path));
        Assert.StartsWith("""{"question_id":"q1","category":"math","turns":[{"content":"ask"}]}""" + "\n", Encoding.UTF8.GetString(import.Files[2].Content.Span), StringComparison.Ordinal);
        Assert.Equal("ref", DialectCatalog.V01.ReadAnswer(Assert.Single(references).Record).Choices[0].Turns[0].Content);
    }

    [Theory]
    [InlineData("b", "{schema: 1, name: p, dialect: v0.1, extends: b}")]
    [InlineData("b", "{schema: 1, name: p, extends: b, questions: 7, generation: {temperature: 0.5}, judging: {judge_model: mine, prompt_template: '{answer_1}'}}")]
    [InlineData("published", "{schema: 1, name: p, extends: published}")]
    public async Task Extending_IsWholeWithoutTheOther(string extended, string manifest)
    {
        using var files = Folder()
            .With("b/benchmark.yaml", "{schema: 1, name: b, categories: [other, math], judge_config: j.yaml, reference: r, judging: {temperature: 0.25}, generation: {max_tokens: 7, num_choices: 2, temperature_by_category: {math: 0.1}}}")
            .With("b/j.yaml", "{judge_model: j, prompt_template: '{ref_answer_1}{answer_1}'}")
            .With("published/question.jsonl", BenchmarkFiles.V1Question)
            .With("published/published_config.yaml", Config)
            .With("p/benchmark.yaml", manifest);
        Assert.NotNull(await files.ReadAsync(extended));
        var import = await files.ImportAsync("p");
        using var alone = new BenchmarkFiles();
        foreach (var file in import.Files) alone.With($"p/{file.Path}", Encoding.UTF8.GetString(file.Content.Span));

        var again = await alone.ReadAsync("p");

        Assert.Equal(import.Benchmark.Questions.Select(q => q.Source.GetRawText()), again.Questions.Select(q => q.Source.GetRawText()));
        Assert.Equal(import.Benchmark.Categories, again.Categories);
        Assert.Equal(JsonSerializer.Serialize(import.Benchmark.Generation), JsonSerializer.Serialize(again.Generation));
        Assert.Equal(JsonSerializer.Serialize(import.Benchmark.Judging), JsonSerializer.Serialize(again.Judging));
        Assert.Equal(extended == "b", again.Generation.MaxTokens == 7);
    }

    [Fact]
    public async Task Imported_IsReadAgainAsTheSameBenchmark()
    {
        var folder = BenchmarkFolder.Open(PublishedData.V20OrSkip());
        var import = await BenchmarkImport.ReadAsync(folder.Tree, folder.Name, folder.Prefix, cancellationToken: TestContext.Current.CancellationToken);
        using var files = new BenchmarkFiles();
        foreach (var file in import.Files) files.With($"arena-hard-v2.0/{file.Path}", Encoding.UTF8.GetString(file.Content.Span));

        var again = await files.ReadAsync("arena-hard-v2.0");

        Assert.Equal(import.Benchmark.Questions.Count, again.Questions.Count);
        Assert.Equal(JsonSerializer.Serialize(import.Benchmark.Judging), JsonSerializer.Serialize(again.Judging));
        Assert.Equal(["o3-mini-2025-01-31"], import.Records.Select(r => r.Model));
    }

    [Fact]
    public async Task PublishedV1_NotesWhatIsUnusualInIt()
    {
        var folder = BenchmarkFolder.Open(PublishedData.V1OrSkip());
        var import = await BenchmarkImport.ReadAsync(folder.Tree, folder.Name, folder.Prefix, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(7, import.Records.Count(r => r is { Kind: RecordFileKind.Answer, Count: 300 }));
        Assert.Equal(7, import.Records.Count(r => r is { Kind: RecordFileKind.Judgment, Judge: "gpt-4", Count: 300 }));
        Assert.Equal(["gpt-4"], import.Records.Where(r => r.Kind == RecordFileKind.Reference).Select(r => r.Model));
        var notes = import.Notes.Select(n => n.ToString()[folder.Tree.Location.Length..]).ToList();
        Assert.Contains(notes, n => n.EndsWith("model_answer/Mixtral-8x7B-Instruct-v0.1.jsonl: the model id inside is mistralai/Mixtral-8x7B-Instruct-v0.1: it goes by that", StringComparison.Ordinal));
        Assert.Contains(notes, n => n.Contains("model_answer/Llama-2-70b-chat.jsonl: 6 records with more turns than the question", StringComparison.Ordinal));
        Assert.DoesNotContain(notes, n => n.Contains("not in question.jsonl", StringComparison.Ordinal));
    }
}
