using ArenaBench.Core.Records;
using System.Collections.Concurrent;
using System.Text.Json;
using ArenaBench.Core.Dialects;
using ArenaBench.Core.Storage;

namespace ArenaBench.Core.Runs;

/// <summary>Frozen runs, written once and read often: the last ones used stay in memory.</summary>
public sealed class RunCatalog(ArenaContainer store)
{
    private const int Kept = 32;

    private readonly ConcurrentDictionary<(string Run, int Attempt), FrozenRun> _planned = new();
    private readonly ConcurrentQueue<(string Run, int Attempt)> _order = new();

    /// <exception cref="InvalidOperationException">No such run was accepted.</exception>
    public async Task<FrozenRun> GetAsync(string run, int attempt, CancellationToken cancellationToken) =>
        await FindAsync(run, attempt, cancellationToken)
            ?? throw new InvalidOperationException($"Run {run} has no {RunFiles.Spec(attempt)}.");

    /// <returns>Null when there is no such attempt.</returns>
    public async Task<FrozenRun?> FindAsync(string run, int attempt, CancellationToken cancellationToken)
    {
        if (_planned.TryGetValue((run, attempt), out var planned))
            return planned;

        if (await ReadAsync<RunSpec>(run, RunFiles.Spec(attempt), cancellationToken) is not { } spec)
            return null;
        var questions = await store.Runs.ReadAsync(run, RunFiles.Questions(attempt), cancellationToken)
            ?? throw new InvalidOperationException($"Run {run} has no {RunFiles.Questions(attempt)}.");
        var plan = await ReadAsync<RunPlanFile>(run, RunFiles.Plan(attempt), cancellationToken);
        var frozen = new FrozenRun(spec, FrozenQuestions.Read(questions.ToString(), Dialect.Get(spec.Dialect)), plan);
        if (plan is not null && _planned.TryAdd((run, attempt), frozen))
        {
            _order.Enqueue((run, attempt));
            if (_order.Count > Kept && _order.TryDequeue(out var oldest))
                _planned.TryRemove(oldest, out _);
        }

        return frozen;
    }

    /// <summary>The newest attempt.</summary>
    public async Task<FrozenRun> GetLastAsync(string run, CancellationToken cancellationToken) =>
        await FindLastAsync(run, cancellationToken) ?? throw new InvalidOperationException($"There is no run {run}.");

    /// <returns>Null when there is no such run.</returns>
    public async Task<FrozenRun?> FindLastAsync(string run, CancellationToken cancellationToken)
    {
        var last = await FindAsync(run, 1, cancellationToken);
        while (last is not null && await FindAsync(run, last.Spec.Attempt + 1, cancellationToken) is { } next)
            last = next;
        return last;
    }

    /// <summary>Makes a resolved run real. The spec comes last: a run without one was never accepted.</summary>
    /// <returns>False when the attempt exists already.</returns>
    public async Task<bool> AcceptAsync(FrozenRun run, CancellationToken cancellationToken)
    {
        var (id, attempt) = (run.Spec.Run, run.Spec.Attempt);
        var questions = BinaryData.FromString(FrozenQuestions.Write(run.Questions, run.Dialect));
        await store.Runs.WriteAsync(id, RunFiles.Questions(attempt), questions, createOnly: false, cancellationToken);
        return await store.Runs.WriteAsync(id, RunFiles.Spec(attempt), Json(run.Spec), createOnly: true, cancellationToken);
    }

    /// <returns>False when there is one already: the first counts.</returns>
    public Task<bool> WritePlanAsync(string run, int attempt, RunPlanFile plan, CancellationToken cancellationToken) =>
        store.Runs.WriteAsync(run, RunFiles.Plan(attempt), Json(plan), createOnly: true, cancellationToken);

    private async Task<T?> ReadAsync<T>(string run, string file, CancellationToken cancellationToken) =>
        await store.Runs.ReadAsync(run, file, cancellationToken) is { } content
            ? JsonSerializer.Deserialize<T>(content, JsonFiles.Options)
            : default;

    private static BinaryData Json<T>(T value) => new(JsonSerializer.SerializeToUtf8Bytes(value, JsonFiles.Indented));
}

/// <summary>Names of a run's files; see docs/formats.md.</summary>
public static class RunFiles
{
    public const string LeaderboardJson = "leaderboard.json";
    public const string LeaderboardCsv = "leaderboard.csv";
    public const string Battles = "battles.jsonl";
    public const string Manifest = "manifest.json";
    public const string Report = "report.html";

    public static string Spec(int attempt) => Numbered("spec", attempt, "json");

    public static string Plan(int attempt) => Numbered("plan", attempt, "json");

    public static string Questions(int attempt) => Numbered("questions", attempt, "jsonl");

    private static string Numbered(string name, int attempt, string extension) =>
        attempt == 1 ? $"{name}.{extension}" : $"{name}-{attempt}.{extension}";
}
