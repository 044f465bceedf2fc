using ArenaBench.Core.Records;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ArenaBench.Core.Dialects;

namespace ArenaBench.Core.Runs;

/// <summary>A run's questions and references as <c>runs/{run}/questions.jsonl</c>: what was asked, whatever becomes of the benchmark.</summary>
internal static class FrozenQuestions
{
    public static string Write(IReadOnlyList<FrozenQuestion> questions, Dialect dialect)
    {
        var text = new StringBuilder();
        foreach (var (question, references) in questions)
        {
            var line = new JsonObject
            {
                ["question"] = Node(dialect.WriteQuestion(question)),
                ["references"] = new JsonArray([.. references.Select(reference => reference is null ? null : Node(reference.Source))]),
            };
            text.Append(line.ToJsonString(JsonFiles.Options)).Append('\n');
        }

        return text.ToString();
    }

    public static IReadOnlyList<FrozenQuestion> Read(string text, Dialect dialect) =>
        [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line =>
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement.Clone();
            return new FrozenQuestion(
                dialect.ReadQuestion(root.GetProperty("question")),
                [.. root.GetProperty("references").EnumerateArray().Select(reference =>
                    reference.ValueKind == JsonValueKind.Null ? null : dialect.ReadAnswer(reference))]);
        })];

    public static string HashOf(IReadOnlyList<FrozenQuestion> questions)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (question, references) in questions)
        {
            foreach (var part in references.Select(reference => reference?.Source.GetRawText() ?? "null").Prepend(question.Source.GetRawText()))
            {
                hash.AppendData(Encoding.UTF8.GetBytes(part));
                hash.AppendData("\n"u8);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static JsonNode? Node(JsonElement element) => JsonNode.Parse(element.GetRawText());
}
