using System.Text.Json;

namespace ArenaBench.Core.Dialects;

/// <summary>Tells a dialect from one line of any kind: question, answer or judgment.</summary>
public static class DialectDetection
{
    /// <returns>Null when the line looks like none of them.</returns>
    public static Dialect? Of(JsonElement line)
    {
        if (line.ValueKind != JsonValueKind.Object) return null;
        if (line.TryGetProperty("uid", out _)) return DialectCatalog.V20;
        if (!line.TryGetProperty("question_id", out _)) return null;
        if (line.TryGetProperty("games", out _)) return DialectCatalog.V01;
        if (line.TryGetProperty("score", out _)) return DialectCatalog.V1;
        return FirstTurn(line)?.ValueKind switch
        {
            JsonValueKind.String or JsonValueKind.Null => DialectCatalog.V1,
            JsonValueKind.Object => DialectCatalog.V01,
            _ => null,
        };
    }

    private static JsonElement? FirstTurn(JsonElement line)
    {
        if (First(line, "choices") is { } choice) line = choice;
        return First(line, "turns");
    }

    private static JsonElement? First(JsonElement owner, string list) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(list, out var items)
        && items.ValueKind == JsonValueKind.Array && items.GetArrayLength() > 0
            ? items[0]
            : null;
}
