using System.Globalization;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace ArenaBench.Core.Models.Failures;

/// <summary>When an endpoint says it may be called again: in headers, or where it has none, in its message.</summary>
internal static partial class RetryHint
{
    /// <summary>Longer waits asked for are taken as this.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    /// <returns>Null: it does not say.</returns>
    public static TimeSpan? From(HttpResponseHeaders headers, string? message, DateTimeOffset now)
    {
        var asked = Milliseconds(Value(headers, "retry-after-ms"))
            ?? SecondsOrDate(Value(headers, "retry-after"), now)
            ?? ExhaustedReset(headers, now)
            ?? FromMessage(message);
        return asked is not { } wait ? null : wait < TimeSpan.Zero ? TimeSpan.Zero : wait > Longest ? Longest : wait;
    }

    private static string? Value(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) ? values.FirstOrDefault()?.Trim() : null;

    private static TimeSpan? Milliseconds(string? text) =>
        Number(text) is { } value ? TimeSpan.FromMilliseconds(value) : null;

    private static TimeSpan? SecondsOrDate(string? text, DateTimeOffset now) =>
        Number(text) is { } seconds ? TimeSpan.FromSeconds(seconds)
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date - now
        : null;

    // OpenAI: x-ratelimit-remaining-requests: 0 and x-ratelimit-reset-requests: 6m0s (also -tokens).
    // Anthropic: anthropic-ratelimit-requests-remaining: 0 and anthropic-ratelimit-requests-reset: an RFC 3339 time.
    private static TimeSpan? ExhaustedReset(HttpResponseHeaders headers, DateTimeOffset now)
    {
        TimeSpan? longest = null;
        foreach (var what in (ReadOnlySpan<string>)["requests", "tokens", "input-tokens", "output-tokens"])
        {
            var reset = Value(headers, $"x-ratelimit-remaining-{what}") == "0" ? Duration(Value(headers, $"x-ratelimit-reset-{what}"))
                : Value(headers, $"anthropic-ratelimit-{what}-remaining") == "0"
                    ? SecondsOrDate(Value(headers, $"anthropic-ratelimit-{what}-reset"), now)
                : null;
            if (reset is not null && (longest is null || reset > longest))
                longest = reset;
        }

        return longest;
    }

    /// <summary><c>1s</c>, <c>6m0s</c>, <c>20ms</c>, <c>1h2m3.5s</c>, or a bare number of seconds.</summary>
    internal static TimeSpan? Duration(string? text)
    {
        if (text is null)
            return null;
        if (Number(text) is { } seconds)
            return TimeSpan.FromSeconds(seconds);
        var match = DurationPattern().Match(text);
        if (!match.Success || match.Length == 0)
            return null;
        var total = 0.0;
        foreach (var (group, unit) in ((string, double)[])[("h", 3600), ("m", 60), ("s", 1), ("ms", 0.001)])
        {
            if (Number(match.Groups[group].Value) is { } value)
                total += value * unit;
        }

        return TimeSpan.FromSeconds(Math.Min(total, Longest.TotalSeconds));
    }

    // "Please try again in 7.66s" (OpenAI and its imitators), "retryDelay": "34s" (Google).
    private static TimeSpan? FromMessage(string? message) =>
        message is not null && MessagePattern().Match(message) is { Success: true } match ? Duration(match.Groups[1].Value) : null;

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? Math.Clamp(value, -1e9, 1e9)
            : null;

    [GeneratedRegex(@"^(?:(?<h>[\d.]+)h)?(?:(?<m>[\d.]+)m(?!s))?(?:(?<s>[\d.]+)s)?(?:(?<ms>[\d.]+)ms)?$", RegexOptions.CultureInvariant)]
    private static partial Regex DurationPattern();

    [GeneratedRegex(@"(?:(?:try again|retry) in|""retryDelay"":\s*"")\s*((?:[\d.]+(?:ms|s|m|h))+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex MessagePattern();
}
