using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace ArenaBench.LocalRuntime.Hosting;

/// <summary>Marks endpoints that a caller needs a key for, when the host demands one.</summary>
internal sealed class KeyRequired
{
    private KeyRequired(bool takesReadKey) => TakesReadKey = takesReadKey;

    /// <summary>As a function key opens it on Azure.</summary>
    public static KeyRequired OfFunction { get; } = new(true);

    /// <summary>The management API wants the key for everything, whatever the method: its answers hold that key.</summary>
    public static KeyRequired OfManagement { get; } = new(false);

    public bool TakesReadKey { get; }
}

/// <summary>Answers 401, and nothing else, to requests without the key.</summary>
internal sealed class KeyGate(HostKeys keys)
{
    private readonly byte[]? _all = Hash(keys.All);
    private readonly byte[]? _reading = Hash(keys.Reading);

    public Task InvokeAsync(HttpContext http, RequestDelegate next)
    {
        if (_all is null || http.GetEndpoint()?.Metadata.GetMetadata<KeyRequired>() is not { } required || IsOpened(http.Request, required))
            return next(http);
        http.Response.StatusCode = StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    }

    private bool IsOpened(HttpRequest request, KeyRequired required)
    {
        if (Hash(request.Headers["x-functions-key"].FirstOrDefault() ?? request.Query["code"].FirstOrDefault()) is not { } offered)
            return false;
        var reads = required.TakesReadKey && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method));
        return CryptographicOperations.FixedTimeEquals(offered, _all)
            || (reads && _reading is not null && CryptographicOperations.FixedTimeEquals(offered, _reading));
    }

    private static byte[]? Hash(string? text) => text is null ? null : SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
