using ArenaBench.Functions.Browsing;

namespace ArenaBench.Functions.Viewer;

/// <summary>The list that an answer was opened from, and its place there.</summary>
/// <param name="Beside">What is shown beside each of its answers, as the address says it.</param>
internal sealed record Neighbours(QuestionFilter Filter, ListPlace List, params IReadOnlyList<(string Name, string? Value)> Beside);
