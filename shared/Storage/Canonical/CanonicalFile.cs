using System.Text.Json;

namespace ArenaBench.Core.Storage;

/// <summary>A file of records that all runs share, in the benchmark's published form.</summary>
/// <param name="Path">Below the container.</param>
/// <param name="FingerprintsPath">Its side file: published files stay published files.</param>
public sealed record CanonicalFile(string Path, string FingerprintsPath)
{
    internal const string AnswerFolder = "model_answer";

    public static CanonicalFile Answers(string benchmark, string model) => Of(benchmark, AnswerFolder, model);

    public static CanonicalFile References(string benchmark, string model) => Of(benchmark, "reference_answer", model);

    public static CanonicalFile Judgments(string benchmark, string judge, string model) => Of(benchmark, "model_judgment", judge, model);

    private static CanonicalFile Of(string benchmark, string folder, params IEnumerable<string> names)
    {
        var path = $"{folder}/{string.Join('/', names.Select(BlobNames.Escape))}.jsonl";
        var root = BlobPaths.OfBenchmark(benchmark);
        return new CanonicalFile($"{root}/{path}", $"{root}/fingerprints/{path}");
    }
}

/// <param name="Fingerprint">Of what was asked; null for imported records.</param>
/// <param name="Truncated">An answer that was cut at its token limit, as far as it is known.</param>
public sealed record CanonicalLine(string QuestionId, JsonElement Record, string? Fingerprint, bool Truncated = false);

/// <param name="Lines">By question id.</param>
/// <param name="Damaged">Lines that are no record, each with its place; they are left out.</param>
public sealed record CanonicalContent(IReadOnlyDictionary<string, CanonicalLine> Lines, IReadOnlyList<string> Damaged)
{
    public static CanonicalContent Empty { get; } = new(new Dictionary<string, CanonicalLine>(), []);
}
