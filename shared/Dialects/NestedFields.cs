using System.Text.Json;

namespace ArenaBench.Core.Dialects;

/// <summary>Finds fields below the top of a record that no dialect names: a conversion cannot keep those.</summary>
internal static class NestedFields
{
    private static readonly HashSet<string> OfChoice = ["index", "turns"];
    private static readonly HashSet<string> OfTurn = ["content", "token_len"];
    private static readonly HashSet<string> OfMessage = ["role", "content"];
    private static readonly HashSet<string> OfReply = ["answer", "thought"];
    private static readonly HashSet<string> OfGame = ["user_prompt", "judgment", "score", "prompt"];

    public static bool HasUnknownInAnswer(JsonElement answer) =>
        List(answer, "choices").Any(c => Unknown(c, OfChoice) || List(c, "turns").Any(t => Unknown(t, OfTurn)))
        || List(answer, "messages").Any(m => Unknown(m, OfMessage) || Unknown(Field(m, "content"), OfReply));

    public static bool HasUnknownInGames(JsonElement judgment) =>
        List(judgment, "games").Any(g =>
            Unknown(g, OfGame) || Unknown(Field(g, "judgment"), OfReply) || List(g, "prompt").Any(m => Unknown(m, OfMessage)));

    private static bool Unknown(JsonElement element, HashSet<string> known) =>
        element.ValueKind == JsonValueKind.Object && element.EnumerateObject().Any(p => !known.Contains(p.Name));

    private static JsonElement Field(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) ? value : default;

    private static JsonElement.ArrayEnumerator List(JsonElement element, string name) =>
        Field(element, name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : default;
}
