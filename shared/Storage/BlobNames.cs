using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ArenaBench.Core.Storage;

/// <summary>Makes any name (a model id may hold <c>/</c>) one path segment that blobs, URLs, Linux and Windows all take, and back.
/// Names of published files stay as they are.</summary>
public static class BlobNames
{
    /// <summary>File names may have 255 bytes, extension included; a blob's name may have 1,024 characters for up to three of ours.</summary>
    private const int Longest = 240;
    private const char Mark = '~';
    private const string ShortenedMark = "~~"; // no escape holds two in a row
    private const int HashLength = 32;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly string[] Reserved =
        ["CON", "PRN", "AUX", "NUL", .. Enumerable.Range(0, 10).SelectMany(n => new[] { $"COM{n}", $"LPT{n}" })];

    /// <summary>Letters, digits and <c>. _ -</c> stay; every other byte of the UTF-8 text becomes <c>~XX</c>. A name that gets longer
    /// than 240 characters is cut and ends in its hash: it is still one of its own, but cannot be read back.</summary>
    /// <exception cref="ArgumentException">The name is empty or not valid Unicode.</exception>
    public static string Escape(string name)
    {
        if (name.Length == 0)
            throw new ArgumentException("A name cannot be empty.", nameof(name));
        var bytes = Strict.GetBytes(name);
        var escaped = new StringBuilder(name.Length + 8);
        var fits = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            var c = (char)bytes[i];
            // A dot in front hides a file or means a folder; one at the end is dropped by Windows.
            var plain = char.IsAsciiLetterOrDigit(c) || c is '_' or '-' || (c == '.' && i > 0 && i < bytes.Length - 1);
            if (plain && !(i == 0 && IsReserved(name)))
                escaped.Append(c);
            else
                escaped.Append(Mark).Append(bytes[i].ToString("X2", CultureInfo.InvariantCulture));
            if (escaped.Length <= Longest - ShortenedMark.Length - HashLength)
                fits = escaped.Length;
        }

        return escaped.Length <= Longest ? escaped.ToString() : $"{escaped.ToString(0, fits)}{ShortenedMark}{Hash(name)}";
    }

    /// <exception cref="FormatException">It was not made by <see cref="Escape"/>, or was shortened.</exception>
    public static string Unescape(string escaped) =>
        TryUnescape(escaped) ?? throw new FormatException($"\"{escaped}\" is not an escaped name.");

    /// <returns>Null when it was not made by <see cref="Escape"/>, or was shortened.</returns>
    public static string? TryUnescape(string escaped)
    {
        var bytes = new byte[escaped.Length];
        var length = 0;
        for (var i = 0; i < escaped.Length; i++)
        {
            if (escaped[i] != Mark)
            {
                if (!char.IsAscii(escaped[i]))
                    return null;
                bytes[length++] = (byte)escaped[i];
            }
            else if (i + 2 < escaped.Length && char.IsAsciiHexDigit(escaped[i + 1]) && char.IsAsciiHexDigit(escaped[i + 2]))
            {
                bytes[length++] = byte.Parse(escaped.AsSpan(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                i += 2;
            }
            else
                return null;
        }

        try
        {
            return length == 0 ? null : Strict.GetString(bytes, 0, length);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    public static bool IsShortened(string escaped) =>
        escaped.Length > HashLength + ShortenedMark.Length
        && escaped.AsSpan(escaped.Length - HashLength - ShortenedMark.Length).StartsWith(ShortenedMark);

    /// <summary>A short name of fixed length for a text of any length.</summary>
    internal static string Hash(string text) => Hash(Encoding.UTF8.GetBytes(text));

    internal static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes))[..HashLength];

    private static bool IsReserved(string name)
    {
        var end = name.IndexOf('.');
        return Reserved.Contains(end < 0 ? name : name[..end], StringComparer.OrdinalIgnoreCase);
    }
}
