using System.Text;
using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Dialects;

namespace ArenaBench.Core.Tests.Data;

public sealed class ArenaMiniTests
{
    private static readonly string QuestionFile = ShippedData.File(ShippedData.Mini, "question.jsonl");

    [Fact]
    public async Task Questions_AreSixtySixInSixEqualCategories()
    {
        var benchmark = await ShippedData.ReadAsync(ShippedData.Mini);

        Assert.Same(DialectCatalog.V1, benchmark.Dialect);
        Assert.Equal(66, benchmark.Questions.Count);
        Assert.Equal(66, benchmark.Questions.Select(q => q.Id).Distinct().Count());
        Assert.Equal(["mathematics", "programming", "science", "logic", "writing", "planning"], benchmark.Categories);
        Assert.All(benchmark.Categories, category => Assert.Equal(11, benchmark.Questions.Count(q => q.Category == category)));
        Assert.InRange(benchmark.Questions.Count(q => q.Turns.Count == 2), 4, 6);
        Assert.All(benchmark.Questions, q => Assert.InRange(q.Turns.Count, 1, 2));
        Assert.Empty(benchmark.Notes);
    }

    [Fact]
    public async Task References_AreOneForEachQuestionWithItsTurns()
    {
        var benchmark = await ShippedData.ReadAsync(ShippedData.Mini);
        var references = ShippedData.References();

        Assert.Equal(benchmark.Questions.Select(q => q.Id), ShippedData.Lines(ShippedData.ReferenceFile).Select(l => l.GetProperty("question_id").GetString()));
        Assert.Equal(references.Count, references.Values.Select(r => r.AnswerId).Distinct().Count());
        foreach (var question in benchmark.Questions)
        {
            var reference = references[question.Id];
            Assert.Equal("arena-mini-reference", reference.Model);
            var turns = Assert.Single(reference.Choices).Turns;
            Assert.Equal(question.Turns.Count, turns.Count);
            Assert.All(turns, turn => Assert.False(string.IsNullOrWhiteSpace(turn.Content), question.Id));
        }
    }

    [Fact]
    public void Lines_HaveThePublishedFieldsAndNothingElse()
    {
        Assert.All(ShippedData.Lines(QuestionFile), line =>
            Assert.Equal(["question_id", "category", "turns"], line.EnumerateObject().Select(p => p.Name)));
        Assert.All(ShippedData.Lines(ShippedData.ReferenceFile), line =>
            Assert.Equal(["question_id", "answer_id", "model_id", "choices"], line.EnumerateObject().Select(p => p.Name)));
    }

    [Fact]
    public void Texts_AreCleanUtf8()
    {
        var strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
        foreach (var file in new[] { QuestionFile, ShippedData.ReferenceFile })
        {
            var text = strict.GetString(File.ReadAllBytes(file));
            Assert.DoesNotContain('\uFEFF', text);
            Assert.DoesNotContain('\uFFFD', text);
            Assert.EndsWith("}\n", text, StringComparison.Ordinal);
            Assert.DoesNotContain("\n\n", text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(ShippedData.Mini)]
    [InlineData(ShippedData.MiniPairwise)]
    public async Task Import_TakesTheBenchmarkWholeAndLeavesTheChecksBehind(string name)
    {
        var folder = BenchmarkFolder.Open(ShippedData.File(name));
        var import = await BenchmarkImport.ReadAsync(folder.Tree, folder.Name, folder.Prefix, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(["benchmark.yaml", "judge_config.yaml", "question.jsonl"], import.Files.Select(file => file.Path).Order());
        var reference = Assert.Single(import.Records);
        Assert.Equal((RecordFileKind.Reference, "arena-mini-reference", 66), (reference.Kind, reference.Model, reference.Count));
        Assert.Empty(import.Notes);
    }

    [Fact]
    public void Notes_ExistForEveryWritingQuestion()
    {
        var notes = File.ReadAllText(ShippedData.File(ShippedData.Mini, "REFERENCES.md"));
        Assert.All(Enumerable.Range(1, 11), n => Assert.Contains($"### write-{n:00}\n", notes, StringComparison.Ordinal));
    }
}
