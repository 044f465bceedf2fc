using System.Text.Json;
using ArenaBench.Core.Answers;
using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Dialects;
using ArenaBench.Testing;

namespace ArenaBench.Core.Tests.Data;

/// <summary>The files under <c>data/</c>, read as the product reads them.</summary>
internal static class ShippedData
{
    public const string Mini = "arena-mini";
    public const string MiniPairwise = "arena-mini-pairwise";

    public static string File(params string[] parts) => RepoRoot.File(["data", .. parts]);

    public static string ReferenceFile => File(Mini, "reference_answer", "arena-mini-reference.jsonl");

    public static Task<Benchmark> ReadAsync(string benchmark) =>
        BenchmarkFolder.Open(File(benchmark)).ReadAsync(cancellationToken: TestContext.Current.CancellationToken);

    public static IReadOnlyList<JsonElement> Lines(string file) =>
        [.. System.IO.File.ReadLines(file).Select(line => JsonDocument.Parse(line).RootElement)];

    public static IReadOnlyDictionary<string, Answer> References() =>
        Lines(ReferenceFile).Select(DialectCatalog.V1.ReadAnswer).ToDictionary(answer => answer.QuestionId, StringComparer.Ordinal);
}
