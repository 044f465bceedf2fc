using ArenaBench.Core.Configuration;
using ArenaBench.Core.Dialects;

namespace ArenaBench.Core.Benchmarks;

/// <summary>Our <c>benchmark.yaml</c>; its fields are described in docs/formats.md.</summary>
/// <param name="QuestionCount">What question.jsonl must hold; null: not said.</param>
/// <param name="Judging">Keys of a judge configuration that replace those of the file.</param>
internal sealed record BenchmarkManifest(
    string Name,
    string? Title,
    string? Description,
    string? Version,
    Dialect? Dialect,
    int? QuestionCount,
    IReadOnlyList<string> Categories,
    string? Extends,
    string? Reference,
    string? JudgeConfig,
    ConfigReader? Generation,
    ConfigNode? Judging,
    ConfigReader Reader)
{
    public const string FileName = "benchmark.yaml";
    public const int CurrentSchema = 1;

    public static BenchmarkManifest Read(ConfigNode node, ICollection<Problem> problems)
    {
        var reader = new ConfigReader(node, problems);
        reader.Ignore("license");
        var schema = reader.Count("schema", lowest: 1);
        if (schema is null && !reader.Has("schema")) reader.Report("schema", $"{FileName} has no schema; write schema: {CurrentSchema}");
        if (schema > CurrentSchema)
            reader.Report("schema", $"schema is {schema}, which is newer than this version reads ({CurrentSchema}); use a newer version");
        var manifest = new BenchmarkManifest(
            reader.RequiredText("name"),
            reader.Text("title"),
            reader.Text("description"),
            reader.Text("version"),
            reader.OneOf("dialect", [.. DialectCatalog.All.Select(d => d.Name)]) is { } dialect ? DialectCatalog.Get(dialect) : null,
            reader.Count("questions"),
            reader.Texts("categories"),
            reader.Text("extends"),
            reader.Text("reference"),
            reader.Text("judge_config"),
            reader.Section("generation"),
            reader.Node("judging"),
            reader);
        reader.ReportUnknownKeys();
        return manifest;
    }
}
