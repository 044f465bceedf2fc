using System.Text;

namespace ArenaBench.Core.Configuration;

/// <summary>Text of a configuration file or a request. A byte that is no UTF-8 is refused, not replaced: it would be stored as another.</summary>
public static class Utf8Text
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <param name="name">What the text is called in messages.</param>
    /// <exception cref="ProblemException">It is not UTF-8.</exception>
    public static string Read(ReadOnlySpan<byte> bytes, string name)
    {
        try
        {
            return Strict.GetString(bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[Encoding.UTF8.Preamble.Length..] : bytes);
        }
        catch (DecoderFallbackException)
        {
            throw new ProblemException(new Problem(name, null, null, "is not UTF-8 text; save it as UTF-8"));
        }
    }
}
