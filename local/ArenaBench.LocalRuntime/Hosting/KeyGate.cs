using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace ArenaBench.LocalRuntime.Hosting;

/// <summary>Marks endpoints that a caller needs a key for, when the host demands one.</summary>
internal sealed class KeyRequired
{
    public static KeyRequired Instance { get; } = new();
}

/// <summary>Answers 401, and nothing else, to requests without the key.</summary>
internal sealed class KeyGate(string? key)
{
    private readonly byte[]? _hash = key is null ? null : Hash(key);

    public Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        if (_hash is null || http.GetEndpoint()?.Metadata.GetMetadata<KeyRequired>() is null || Offers(http.Request))
            return next(http);
        http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }

    private bool Offers(HttpRequest request)
    {
        var offered = request.Headers["x-functions-key"].FirstOrDefault() ?? request.Query["code"].FirstOrDefault();
        return offered is not null && CryptographicOperations.FixedTimeEquals(Hash(offered), _hash);
    }

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
