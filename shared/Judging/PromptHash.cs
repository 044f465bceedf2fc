using System.Security.Cryptography;
using System.Text;
using ArenaBench.Core.Benchmarks;

namespace ArenaBench.Core.Judging;

/// <summary>SHA-256 of everything that shapes a judge's messages apart from the records: for manifests and fingerprints.</summary>
public static class PromptHash
{
    // Of the guard's behaviour: a change there changes prompts without changing a configuration.
    private const string GuardVersion = "guard-1";

    /// <param name="category">Of the question; with <paramref name="turns"/> it selects the prompt.</param>
    /// <returns>64 hexadecimal digits.</returns>
    public static string Of(JudgeConfig config, string category, int turns = 1)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, config.Mode.ToString(), config.PublishedBytes ? "published" : GuardVersion);
        Add(hash, config.SystemPromptFor(category) ?? "");
        Add(hash, [.. config.PromptTemplatesFor(turns)]);
        Add(hash, [.. config.FewShot.SelectMany(m => new[] { m.Role, m.Content })]);
        Add(hash, config.Attempts > 1 ? config.FollowUp : "");
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // Counts and lengths go in too, so that no two lists of texts have one encoding.
    private static void Add(IncrementalHash hash, params IReadOnlyList<string> texts)
    {
        hash.AppendData(BitConverter.GetBytes(texts.Count));
        foreach (var text in texts)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }
    }
}
