using System.Text;
using ArenaBench.Core.Configuration;
using Microsoft.AspNetCore.Http;

namespace ArenaBench.Functions.Api;

internal static class RequestBody
{
    public const int RunLimit = 1 << 20;
    public const int ConfigLimit = 4 << 20;

    /// <summary>Below what hosts take by default, so that the refusal is ours.</summary>
    public const int ArchiveLimit = 28_000_000;

    /// <exception cref="BodyTooLargeException">More than <paramref name="limit"/> bytes; read no further.</exception>
    /// <exception cref="ProblemException">Not UTF-8, or empty.</exception>
    public static async Task<string> ReadTextAsync(
        HttpRequest request, int limit, CancellationToken cancellationToken, string wanted = "a run request as YAML or JSON, at least benchmark: NAME")
    {
        var bytes = await ReadBytesAsync(request, limit, wanted, cancellationToken);
        try
        {
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
            return string.IsNullOrWhiteSpace(text) ? throw Empty(wanted) : text;
        }
        catch (DecoderFallbackException)
        {
            throw new ProblemException(new Problem("the request body", null, null, "is not UTF-8 text"));
        }
    }

    /// <exception cref="BodyTooLargeException">More than <paramref name="limit"/> bytes; read no further.</exception>
    /// <exception cref="ProblemException">Empty.</exception>
    public static async Task<byte[]> ReadBytesAsync(HttpRequest request, int limit, string wanted, CancellationToken cancellationToken)
    {
        if (request.ContentLength > limit)
            throw new BodyTooLargeException(limit);
        using var bytes = new MemoryStream();
        var buffer = new byte[16 << 10];
        for (int read; (read = await request.Body.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            bytes.Write(buffer, 0, read);
            if (bytes.Length > limit)
                throw new BodyTooLargeException(limit);
        }

        return bytes.Length == 0 ? throw Empty(wanted) : bytes.ToArray();
    }

    private static ProblemException Empty(string wanted) => new(new Problem("the request body", null, null, $"is empty; send {wanted}"));
}

internal sealed class BodyTooLargeException(int limit) : Exception($"The request body is larger than {limit} bytes.");
