using System.Text.Json;

namespace ArenaBench.Core.Questions;

/// <summary>One question of a benchmark, as every dialect gives it.</summary>
/// <param name="Id"><c>question_id</c> (v1, v0.1) or <c>uid</c> (v2.0).</param>
/// <param name="Turns">The user's messages in order; at least one.</param>
/// <param name="Subcategory">v2.0's <c>subcategory</c>, v0.1's <c>cluster</c>.</param>
/// <param name="Source">The line it was read from, unknown fields included.</param>
public sealed record Question(
    string Id,
    string Category,
    IReadOnlyList<string> Turns,
    string? Subcategory,
    double? RequiredTemperature,
    JsonElement Source);
