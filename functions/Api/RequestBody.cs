using ArenaBench.Core.Configuration;
using ArenaBench.Core.Runs;
using Microsoft.AspNetCore.Http;

namespace ArenaBench.Functions.Api;

internal static class RequestBody
{
    /// <summary>For messages.</summary>
    public const string Name = "the request body";

    public const int RunLimit = RunRequestReader.LargestText;
    public const int ConfigLimit = 4 << 20;

    /// <summary>Below what hosts take by default, so that the refusal is ours.</summary>
    public const int ArchiveLimit = 28_000_000;

    /// <exception cref="BodyTooLargeException">More than <paramref name="limit"/> bytes; read no further.</exception>
    /// <exception cref="ProblemException">Not UTF-8, or empty.</exception>
    public static async Task<string> ReadTextAsync(
        HttpRequest request, int limit, CancellationToken cancellationToken, string wanted = RunRequestReader.Wanted)
    {
        var text = await ReadOptionalTextAsync(request, limit, cancellationToken);
        return string.IsNullOrWhiteSpace(text) ? throw Empty(wanted) : text;
    }

    /// <returns>An empty text when there is no body.</returns>
    /// <exception cref="BodyTooLargeException">More than <paramref name="limit"/> bytes; read no further.</exception>
    /// <exception cref="ProblemException">Not UTF-8.</exception>
    public static async Task<string> ReadOptionalTextAsync(HttpRequest request, int limit, CancellationToken cancellationToken) =>
        Utf8Text.Read(await ReadUpToAsync(request, limit, cancellationToken), Name);

    /// <exception cref="BodyTooLargeException">More than <paramref name="limit"/> bytes; read no further.</exception>
    /// <exception cref="ProblemException">Empty.</exception>
    public static async Task<byte[]> ReadBytesAsync(HttpRequest request, int limit, string wanted, CancellationToken cancellationToken)
    {
        var bytes = await ReadUpToAsync(request, limit, cancellationToken);
        return bytes.Length == 0 ? throw Empty(wanted) : bytes;
    }

    private static async Task<byte[]> ReadUpToAsync(HttpRequest request, int limit, CancellationToken cancellationToken)
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

        return bytes.ToArray();
    }

    private static ProblemException Empty(string wanted) => new(new Problem(Name, null, null, $"is empty; {wanted} is wanted"));
}

internal sealed class BodyTooLargeException(int limit) : Exception($"{RequestBody.Name}: is larger than {limit} bytes, the most that is taken");
