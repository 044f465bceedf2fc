using System.Collections.Concurrent;
using System.Text.Json;
using ArenaBench.Core.Dialects;
using ArenaBench.Core.Records;
using ArenaBench.Core.Storage;
using Azure;

namespace ArenaBench.Core.Runs;

/// <summary>Frozen runs, written once and read often: the last ones used stay in memory. A run that was deleted and begun anew under
/// its id is another: what else is kept of a run is kept by its <see cref="FrozenRun"/>.</summary>
public sealed class RunCatalog(ArenaContainer store, TimeProvider time)
{
    private const int Kept = 32;

    private readonly LastUsed<(string Run, int Attempt), KeptRun> _kept = new(Kept);
    private readonly ConcurrentDictionary<(string Run, int Attempt), Lazy<Task<KeptRun?>>> _loading = new();

    /// <exception cref="InvalidOperationException">No such run was accepted.</exception>
    public async Task<FrozenRun> GetAsync(string run, int attempt, CancellationToken cancellationToken) =>
        await FindAsync(run, attempt, cancellationToken)
            ?? throw new InvalidOperationException($"Run {run} has no {RunFiles.Spec(attempt)}.");

    /// <summary>For whoever only looks: what was known a moment ago will do, so that the answer does not wait for a busy storage.</summary>
    /// <exception cref="InvalidOperationException">No such run was accepted.</exception>
    public async Task<FrozenRun> GetKnownAsync(string run, int attempt, CancellationToken cancellationToken) =>
        _kept.Find((run, attempt)) is { Run.Plan: not null } kept && kept.WasThereLately()
            ? kept.Run
            : await GetAsync(run, attempt, cancellationToken);

    /// <returns>Null when there is no such attempt.</returns>
    public async Task<FrozenRun?> FindAsync(string run, int attempt, CancellationToken cancellationToken)
    {
        var key = (run, attempt);
        var (found, isNew) = _kept.Find(key) is { } kept && await kept.IsStillThereAsync().WaitAsync(cancellationToken)
            ? (kept, false)
            : await LoadOnceAsync(key, cancellationToken);
        if (!isNew && found is { Run.Plan: null } && await ReadPlanAsync(run, attempt, cancellationToken) is { } written)
            _kept.Keep(key, found = found.Planned(written));
        return found?.Run;
    }

    /// <summary>The first attempt that was not accepted yet.</summary>
    public async Task<int> NextAttemptAsync(string run, CancellationToken cancellationToken)
    {
        var attempt = 1;
        while (await ExistsAsync(run, attempt, cancellationToken))
            attempt++;
        return attempt;
    }

    /// <summary>Whether an attempt was accepted, by the storage's own word.</summary>
    public async Task<bool> ExistsAsync(string run, int attempt, CancellationToken cancellationToken) =>
        await ReadSpecAsync(run, attempt, cancellationToken) is not null;

    /// <summary>The newest attempt.</summary>
    public async Task<FrozenRun> GetLastAsync(string run, CancellationToken cancellationToken) =>
        await FindLastAsync(run, cancellationToken) ?? throw new InvalidOperationException($"There is no run {run}.");

    /// <returns>Null when there is no such run.</returns>
    public async Task<FrozenRun?> FindLastAsync(string run, CancellationToken cancellationToken)
    {
        var last = await FindAsync(run, 1, cancellationToken);
        while (last is not null && await ExistsAsync(run, last.Spec.Attempt + 1, cancellationToken))
            last = await FindAsync(run, last.Spec.Attempt + 1, cancellationToken);
        return last;
    }

    /// <summary>Makes a resolved run real. The spec comes last: a run without one was never accepted.</summary>
    /// <returns>False when the attempt exists already.</returns>
    public async Task<bool> AcceptAsync(FrozenRun run, CancellationToken cancellationToken)
    {
        var key = (run.Spec.Run, run.Spec.Attempt);
        var (spec, questions) = (JsonFiles.Write(run.Spec), BinaryData.FromString(FrozenQuestions.Write(run.Questions, run.Dialect)));
        await store.Runs.WriteAsync(key.Run, RunFiles.Questions(key.Attempt), questions, createOnly: false, cancellationToken);
        var written = store.Runs.WriteAsync(key.Run, RunFiles.Spec(key.Attempt), spec, createOnly: true, cancellationToken);
        // As whoever reads it would have it: what is kept here must not differ from what another host knows.
        var frozen = Read(spec, questions, null);
        var tag = await written;
        _loading.TryRemove(key, out _);
        if (tag is { } accepted)
            Keep(frozen, accepted);
        else
            _kept.Drop(key);
        return tag is not null;
    }

    /// <returns>False when there is one already: the first counts.</returns>
    public async Task<bool> WritePlanAsync(string run, int attempt, RunPlanFile plan, CancellationToken cancellationToken)
    {
        if (await store.Runs.WriteAsync(run, RunFiles.Plan(attempt), JsonFiles.Write(plan), createOnly: true, cancellationToken) is null)
            return false;
        if (_kept.Find((run, attempt)) is { } kept)
            _kept.Keep((run, attempt), kept.Planned(plan));
        return true;
    }

    /// <summary>After a restart hundreds of activities want the same run at once: one reads it.</summary>
    /// <returns>Also whether all of it was read after this was called: the look of another may be older than the plan.</returns>
    private async Task<(KeptRun? Run, bool IsNew)> LoadOnceAsync((string Run, int Attempt) key, CancellationToken cancellationToken)
    {
        var own = new Lazy<Task<KeptRun?>>(() => LoadAsync(key));
        var load = _loading.GetOrAdd(key, own);
        try
        {
            var found = await load.Value.WaitAsync(cancellationToken);
            // Somebody else's look may have begun before the run was accepted.
            return found is null && load != own ? (await LoadAsync(key).WaitAsync(cancellationToken), true) : (found, load == own);
        }
        finally
        {
            _loading.TryRemove(new(key, load));
        }
    }

    private async Task<KeptRun?> LoadAsync((string Run, int Attempt) key)
    {
        var specified = ReadSpecAsync(key.Run, key.Attempt, CancellationToken.None);
        var asked = store.Runs.ReadAsync(key.Run, RunFiles.Questions(key.Attempt), CancellationToken.None);
        var planned = ReadPlanAsync(key.Run, key.Attempt, CancellationToken.None);
        await Task.WhenAll(specified, asked, planned);
        if (await specified is not { } stored)
            return null;
        var questions = await asked ?? throw new InvalidOperationException($"Run {key.Run} has no {RunFiles.Questions(key.Attempt)}.");
        return Keep(Read(stored.Content, questions, await planned), stored.ETag);
    }

    private static FrozenRun Read(BinaryData stored, BinaryData questions, RunPlanFile? plan)
    {
        var spec = JsonSerializer.Deserialize<RunSpec>(stored, JsonFiles.Options)!;
        return new FrozenRun(spec, FrozenQuestions.Read(questions.ToString(), Dialect.Get(spec.Dialect)), plan);
    }

    private KeptRun Keep(FrozenRun run, ETag tag)
    {
        var (id, attempt) = (run.Spec.Run, run.Spec.Attempt);
        var kept = new KeptRun(run, tag, () => ReadSpecAsync(id, attempt, CancellationToken.None), time);
        _kept.Keep((id, attempt), kept);
        return kept;
    }

    private Task<StoredFile?> ReadSpecAsync(string run, int attempt, CancellationToken cancellationToken) =>
        store.Runs.ReadStoredAsync(run, RunFiles.Spec(attempt), cancellationToken);

    private async Task<RunPlanFile?> ReadPlanAsync(string run, int attempt, CancellationToken cancellationToken) =>
        await store.Runs.ReadAsync(run, RunFiles.Plan(attempt), cancellationToken) is { } content
            ? JsonSerializer.Deserialize<RunPlanFile>(content, JsonFiles.Options)
            : null;
}
