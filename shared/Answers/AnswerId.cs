using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace ArenaBench.Core.Answers;

/// <summary>Answer ids look like the published ones (22 characters of a 57 character alphabet) but follow from what was
/// asked, so that an answer made twice for one key has one id.</summary>
public static class AnswerId
{
    private const string Alphabet = "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private const int Length = 22;

    /// <param name="parts">What makes the answer that answer: benchmark, model, question, run.</param>
    public static string Derive(params IReadOnlyList<string> parts)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts.Select(p => $"{p.Length}:{p}"))));
        var number = new BigInteger(hash.AsSpan(0, 16), isUnsigned: true);
        return string.Create(Length, number, static (span, rest) =>
        {
            for (var i = span.Length - 1; i >= 0; i--)
            {
                rest = BigInteger.DivRem(rest, Alphabet.Length, out var digit);
                span[i] = Alphabet[(int)digit];
            }
        });
    }
}
