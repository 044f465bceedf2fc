namespace ArenaBench.Core.Leaderboards;

/// <summary>A text as a CSV cell (RFC 4180) that no spreadsheet takes for a formula.</summary>
internal static class CsvCell
{
    public static string Of(string text)
    {
        if (text.Length > 0 && "=+-@\t\r".Contains(text[0], StringComparison.Ordinal))
            text = "'" + text;
        return text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
