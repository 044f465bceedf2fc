using System.Text.Json;
using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Configuration;
using ArenaBench.Core.Dialects;
using ArenaBench.Core.Tests.Dialects;
using ArenaBench.Testing;

namespace ArenaBench.Core.Tests.Benchmarks;

public sealed class FolderConversionTests
{
    [Fact]
    public async Task PublishedV1_ToV01AndBack_IsTheSame()
    {
        using var target = new TempFolder();
        var folder = PublishedData.V1OrSkip();
        var there = await FolderConversion.RunAsync(BenchmarkFolder.Open(folder), DialectCatalog.V01, target.File("v01"), cancellationToken: TestContext.Current.CancellationToken);
        File.Copy(Path.Combine(folder, "arena-bench-v1_config.yaml"), target.File("v01", "judge_config.yaml"));
        var back = await FolderConversion.RunAsync(BenchmarkFolder.Open(target.File("v01"), "arena-bench-v1"), DialectCatalog.V1, target.File("v1"), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal((4800, true), (there.Records, there.Written));
        Assert.Equal((4800, true), (back.Records, back.Written));
        foreach (var file in Directory.EnumerateFiles(folder, "*.jsonl", SearchOption.AllDirectories))
        {
            var before = await Jsonl.ReadFileAsync(file, line => line);
            var after = await Jsonl.ReadFileAsync(target.File("v1", Path.GetRelativePath(folder, file)), line => line);
            Assert.Equal(before.Count, after.Count);
            // The judge, which v0.1 names in its judgments, stays: an additional field.
            for (var i = 0; i < before.Count; i++)
                foreach (var field in before[i].EnumerateObject())
                    Assert.True(SameField(field, after[i]), $"{file} {field.Name}: {after[i]}");
        }
    }

    [Fact]
    public async Task Loss_NotAllowed_WritesNothingAndSaysWhatItIs()
    {
        using var target = new TempFolder();
        var source = BenchmarkFolder.Open(PublishedData.V01OrSkip());

        var report = await FolderConversion.RunAsync(source, DialectCatalog.V1, target.File("v1"), cancellationToken: TestContext.Current.CancellationToken);

        Assert.False(report.Written);
        Assert.False(Directory.Exists(target.File("v1")));
        Assert.Equal([("token_len of each turn", 1500)], report.Lost.Select(l => (l.Key, l.Value)));
        report = await FolderConversion.RunAsync(source, DialectCatalog.V1, target.File("v1"), allowLoss: true, TestContext.Current.CancellationToken);
        Assert.True(report.Written);
        Assert.Equal(500, File.ReadLines(target.File("v1", "question.jsonl")).Count());
    }

    [Fact]
    public async Task TargetInUse_IsRefused()
    {
        using var files = new BenchmarkFiles().With("b/question.jsonl", BenchmarkFiles.V1Question).With("t/x", "y");
        var failure = await Assert.ThrowsAsync<ProblemException>(() => FolderConversion.RunAsync(
            BenchmarkFolder.Open(Path.Combine(files.Root, "b")), DialectCatalog.V01, Path.Combine(files.Root, "t"), cancellationToken: TestContext.Current.CancellationToken));
        Assert.Contains("is not empty", failure.Message, StringComparison.Ordinal);
    }

    private static bool SameField(JsonProperty before, JsonElement after) =>
        after.TryGetProperty(before.Name, out var value)
        && (before.Value.ValueKind == JsonValueKind.Number
            ? value.GetDouble().Equals(before.Value.GetDouble())
            : JsonElement.DeepEquals(before.Value, value));
}
