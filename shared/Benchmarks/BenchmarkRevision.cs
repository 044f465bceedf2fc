using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ArenaBench.Core.Benchmarks;

/// <summary>Tells one state of a benchmark from another: a hash of its questions and of how they are answered and judged.
/// Where it comes from, its title and its records do not count.</summary>
public static class BenchmarkRevision
{
    private const int Length = 12;

    public static string Of(Benchmark benchmark)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(benchmark.Dialect.Name);
        foreach (var question in benchmark.Questions)
            Add(question.Source.GetRawText());
        Add(JsonSerializer.Serialize(benchmark.Generation));
        Add(JsonSerializer.Serialize(benchmark.Judging));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..Length];

        void Add(string part)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(part));
            hash.AppendData("\n"u8);
        }
    }
}
