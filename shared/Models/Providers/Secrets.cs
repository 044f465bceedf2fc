using System.Text;

namespace ArenaBench.Core.Models.Providers;

/// <summary>Endpoints that repeat the key they were sent must not bring it into a record.</summary>
internal static class Secrets
{
    private const string Struck = "***";

    public static byte[] StrikeOut(byte[] body, string? secret)
    {
        if (!IsSecret(secret))
            return body;
        var key = Encoding.UTF8.GetBytes(secret);
        // JSON and addresses may write any of its letters as an escape.
        if (body.AsSpan().IndexOf(key) < 0 && body.AsSpan().IndexOfAny((byte)'\\', (byte)'%') < 0)
            return body;

        MemoryStream? clean = null;
        var kept = 0;
        for (var at = 0; at < body.Length;)
        {
            if (LengthOf(body.AsSpan(at), key) is not (> 0 and var length))
            {
                at++;
                continue;
            }

            clean ??= new MemoryStream(body.Length);
            clean.Write(body.AsSpan(kept, at - kept));
            clean.Write(Encoding.UTF8.GetBytes(Struck));
            kept = at += length;
        }

        if (clean is null)
            return body;
        clean.Write(body.AsSpan(kept));
        return clean.ToArray();
    }

    /// <summary>Of a text that was decoded and cleaned: both may have put a key together again.</summary>
    public static string StrikeOut(string text, string? secret) =>
        IsSecret(secret) ? Encoding.UTF8.GetString(StrikeOut(Encoding.UTF8.GetBytes(text.Replace(secret, Struck, StringComparison.OrdinalIgnoreCase)), secret)) : text;

    // A text this short is no secret, and would be struck out of ordinary words.
    private static bool IsSecret([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] string? secret) => secret is { Length: >= 8 };

    /// <returns>How many bytes at the beginning of the text are the key, plain or escaped; 0: it is not there.</returns>
    private static int LengthOf(ReadOnlySpan<byte> text, ReadOnlySpan<byte> key)
    {
        var at = 0;
        foreach (var letter in key)
        {
            var rest = text[at..];
            if (rest.Length >= 1 && rest[0] == letter && letter != '\\')
                at++;
            else if (rest.Length >= 2 && rest[0] == '\\' && rest[1] == letter)
                at += 2;
            else if (rest.Length >= 6 && rest[0] == '\\' && rest[1] == 'u' && IsEscapeOf(rest[2..6], letter))
                at += 6;
            else if (rest.Length >= 3 && rest[0] == '%' && IsEscapeOf(rest[1..3], letter))
                at += 3;
            else
                return 0;
        }

        return at;
    }

    private static bool IsEscapeOf(ReadOnlySpan<byte> digits, byte letter) =>
        System.Buffers.Text.Utf8Parser.TryParse(digits, out ushort code, out var read, 'x') && read == digits.Length && code == letter;
}
