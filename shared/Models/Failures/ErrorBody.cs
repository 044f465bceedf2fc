using System.Text;
using System.Text.Json;

namespace ArenaBench.Core.Models.Failures;

/// <summary>What an endpoint's error says, in whichever of the common shapes it comes.</summary>
/// <param name="Message">As sent: untrusted.</param>
internal sealed record ErrorBody(string? Message, string? Code, string? Type, string? Parameter, bool IsHtml)
{
    private const int LongestRead = 64 * 1024;

    public static ErrorBody Parse(ReadOnlyMemory<byte> body)
    {
        if (LooksLikeHtml(body.Span))
            return new ErrorBody(null, null, null, null, IsHtml: true);
        try
        {
            using var document = JsonDocument.Parse(body);
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            return new ErrorBody(Encoding.UTF8.GetString(body.Span[..Math.Min(body.Length, LongestRead)]), null, null, null, IsHtml: false);
        }
    }

    public static bool LooksLikeHtml(ReadOnlySpan<byte> body) => body.TrimStart(" \t\r\n\uFEFF"u8).StartsWith("<"u8);

    /// <summary>An error reported with a status of success: <c>{"error": …}</c> without choices.</summary>
    public static ErrorBody Read(JsonElement root)
    {
        // Google wraps the error in an array.
        if (root.ValueKind == JsonValueKind.Array && root.GetArrayLength() > 0)
            root = root[0];
        if (root.ValueKind != JsonValueKind.Object)
            return new ErrorBody(root.GetRawText(), null, null, null, false);

        var error = root.TryGetProperty("error", out var inner) && inner.ValueKind == JsonValueKind.Object ? inner : root;
        var message = Text(error, "message") ?? Text(root, "error") ?? Text(root, "message") ?? Text(root, "detail");
        // Where details hold what the message lacks (FastAPI's list of wrong fields, Google's RetryInfo), they are searched too.
        var details = error.TryGetProperty("details", out var more) || root.TryGetProperty("detail", out more)
            || error.TryGetProperty("metadata", out more)
            ? more.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? more.GetRawText() : null
            : null;
        return new ErrorBody(
            details is null ? message : message is null ? details : $"{message} {details}",
            Text(error, "code") ?? InnerCode(error) ?? Text(error, "status"),
            Text(error, "type") ?? Text(root, "error_type"),
            Text(error, "param"),
            IsHtml: false);
    }

    private static string? InnerCode(JsonElement error) =>
        error.TryGetProperty("innererror", out var inner) && inner.ValueKind == JsonValueKind.Object ? Text(inner, "code") : null;

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value)
            ? value.ValueKind switch { JsonValueKind.String => value.GetString(), JsonValueKind.Number => value.GetRawText(), _ => null }
            : null;
}
