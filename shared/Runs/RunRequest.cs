using ArenaBench.Core.Costs;

namespace ArenaBench.Core.Runs;

/// <summary>What a user asks for: the body of <c>POST /api/runs</c>, or a run spec file. Only the benchmark is required.</summary>
/// <param name="Id">The run's id, <c>[a-z0-9-]{1,64}</c>; made up when absent.</param>
/// <param name="Models">Names in the endpoints file; absent: the benchmark's model list, else (judging) all that have answers.</param>
/// <param name="Judges">Absent: the benchmark's judge.</param>
/// <param name="Endpoints">The endpoints file under <c>config/</c>; absent: <c>endpoints.yaml</c>.</param>
/// <param name="Temperature">Forces the temperature of every answer.</param>
/// <param name="Strict">Reuse only records whose fingerprint is known and equal: imported ones are made again.</param>
/// <param name="Seed">Of the bootstrap.</param>
/// <param name="Date">Of the leaderboard, <c>yyyy-MM-dd</c>: stands in the published CSV.</param>
/// <param name="Budget">What the run may spend; null: what it takes.</param>
/// <param name="Manifest">A run that is to be run again with everything as it was; the other settings are its own.</param>
public sealed record RunRequest(
    string? Id,
    string Benchmark,
    RunWork What = RunWork.Both,
    IReadOnlyList<string>? Models = null,
    IReadOnlyList<string>? Judges = null,
    string? Baseline = null,
    QuestionSelection? Questions = null,
    string? Endpoints = null,
    double? Temperature = null,
    int? MaxTokens = null,
    int? Choices = null,
    int? Parallel = null,
    bool Strict = false,
    bool Restart = false,
    bool DryRun = false,
    long Seed = 42,
    int Rounds = 1000,
    string? Date = null,
    Budget? Budget = null,
    RunManifest? Manifest = null)
{
    /// <summary>For messages about what it names.</summary>
    public RequestPlaces Places { get; init; } = RequestPlaces.None;
}

public enum RunWork
{
    Both,
    Answer,
    Judge,
    Reference,
}

/// <summary>Which questions; all conditions must hold. Without any: all.</summary>
/// <param name="Begin">Zero-based index of the first, in file order (as FastChat's <c>question-begin</c>).</param>
/// <param name="End">Index after the last.</param>
public sealed record QuestionSelection(
    IReadOnlyList<string>? Categories = null,
    IReadOnlyList<string>? Ids = null,
    int? Begin = null,
    int? End = null);
