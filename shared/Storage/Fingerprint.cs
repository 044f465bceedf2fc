using System.Security.Cryptography;
using System.Text;

namespace ArenaBench.Core.Storage;

/// <summary>Names what a record was made from: equal parts, equal fingerprint.</summary>
public static class Fingerprint
{
    /// <summary>32 hexadecimal digits of a SHA-256 over the parts, whatever their order. Lengths are hashed too, so that no two lists of parts run together.</summary>
    public static string Of(params IReadOnlyList<(string Name, string Value)> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (name, value) in parts.OrderBy(part => part.Name, StringComparer.Ordinal))
        {
            Add(hash, name);
            Add(hash, value);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..32];
    }

    private static void Add(IncrementalHash hash, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        hash.AppendData(BitConverter.GetBytes(bytes.Length));
        hash.AppendData(bytes);
    }
}
