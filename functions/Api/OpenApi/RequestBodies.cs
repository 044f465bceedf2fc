using ArenaBench.Core.Costs;
using ArenaBench.Core.Runs;

namespace ArenaBench.Functions.Api;

/// <summary>What a run request may hold, for its description alone: <see cref="RunRequestReader"/> reads it. A test compares the two.</summary>
internal sealed record RunRequestBody(
    string Benchmark, string? Id = null, RunWork? What = null, IReadOnlyList<string>? Models = null, IReadOnlyList<string>? Judges = null,
    string? Baseline = null, QuestionsBody? Questions = null, string? Endpoints = null, double? Temperature = null, int? MaxTokens = null,
    int? Choices = null, int? Parallel = null, bool? Strict = null, bool? Restart = null, bool? DryRun = null, Budget? Budget = null, int? Seed = null,
    int? Rounds = null, string? Date = null);

internal sealed record QuestionsBody(int? Begin = null, int? End = null, IReadOnlyList<string>? Categories = null, IReadOnlyList<string>? Ids = null);

internal sealed record RetryBody(Budget Budget);

/// <summary>Problem details (RFC 9457).</summary>
/// <param name="Errors">Of a request that was refused whole.</param>
internal sealed record ProblemAnswer(string Title, int Status, string Detail, IReadOnlyList<PlacedError>? Errors = null, string? Type = null);

/// <param name="Place">File, line and column, or null.</param>
internal sealed record PlacedError(string? Place, string Message);
