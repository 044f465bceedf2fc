using System.Globalization;
using System.Text.Json;

namespace ArenaBench.Functions.Viewer;

/// <summary>How numbers, times and words of the code are written for people.</summary>
internal static class Words
{
    public static string Number(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "–";

    public static string Count(long count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>UTC, to the second.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    public static string Span(TimeSpan span) => span switch
    {
        { TotalSeconds: < 60 } => $"{Number(span.TotalSeconds, "0.0")} s",
        { TotalMinutes: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalMinutes} min {span.Seconds} s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalHours} h {span.Minutes} min"),
    };

    /// <summary><c>ContentFilter</c> and <c>content_filter</c> both as <c>content filter</c>.</summary>
    public static string Of(string code) => Snake(code).Replace('_', ' ');

    public static string Snake(string code) => JsonNamingPolicy.SnakeCaseLower.ConvertName(code);
}
