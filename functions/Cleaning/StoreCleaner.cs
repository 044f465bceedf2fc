using ArenaBench.Core.Runs;
using ArenaBench.Core.Storage;
using ArenaBench.Functions.Orchestrators;
using Microsoft.DurableTask.Client;

namespace ArenaBench.Functions.Cleaning;

/// <summary>Takes away what nobody needs any more: runs past their time, histories of what has ended, claims whose run is over.
/// Canonical records stay in every case, and what a run has paid for is published before anything of it goes. Repeating it does no harm.</summary>
public sealed class StoreCleaner(ArenaContainer store, RunPlanner planner, TimeProvider time)
{
    private const int AtOnce = 8;

    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    /// <param name="olderThan">Delete runs that ended longer ago than this; null: none.</param>
    /// <param name="dryRun">Only say what would go.</param>
    public async Task<CleanReport> CleanAsync(
        DurableTaskClient client, TimeSpan? olderThan, bool dryRun, CancellationToken cancellationToken)
    {
        var kept = new HashSet<string>(StringComparer.Ordinal);
        var deleted = new List<string>();
        await foreach (var run in store.Runs.ListAsync(cancellationToken))
        {
            var instance = await client.GetInstanceAsync(run, cancellationToken);
            if (instance is { IsCompleted: false } || !await IsOldAsync(run, instance, olderThan, cancellationToken))
                kept.Add(run);
            else
                deleted.Add(run);
        }

        var claims = await ReleaseClaimsAsync(client, dryRun, cancellationToken);
        if (!dryRun)
        {
            foreach (var run in deleted)
                await DeleteRunAsync(client, run, cancellationToken);
        }

        var histories = await PurgeHistoriesAsync(client, kept, dryRun, cancellationToken);
        return new CleanReport(deleted, histories, claims, dryRun);
    }

    /// <summary>Deletes one run that has ended: what it paid for is published first, its histories go last but for its files.</summary>
    public async Task DeleteRunAsync(DurableTaskClient client, string run, CancellationToken cancellationToken)
    {
        await planner.SettleAsync(run, HasEndedAsync(client), cancellationToken);
        await PurgeAsync(client, InstancesOf(client, $"{run}:"), cancellationToken);
        await store.Runs.DeleteAsync(run, cancellationToken);
        await client.PurgeInstanceAsync(run, cancellationToken);
    }

    /// <summary>Shards that have ended and are in their model's own status. Few at once: the run's records are read
    /// and scored meanwhile.</summary>
    public async Task PurgeShardsAsync(DurableTaskClient client, PurgeInput input, CancellationToken cancellationToken)
    {
        await WaitUntilCountedAsync(client, input, cancellationToken);
        await PurgeAsync(client, input.Shards.SelectMany(range => Enumerable.Range(range.First, range.Count))
            .Select(shard => InstanceIds.Shard(new ShardInput(input.Run, input.Attempt, input.Model, shard, Stops.None, input.Pass)))
            .ToAsyncEnumerable(), cancellationToken, atOnce: 2);
    }

    /// <summary>An activity may begin before the history that asks for it is stored. A shard purged before its model has stored
    /// how it ended would be run again after a crash.</summary>
    private async Task WaitUntilCountedAsync(DurableTaskClient client, PurgeInput input, CancellationToken cancellationToken)
    {
        var end = input.Shards.Max(range => range.First + range.Count);
        for (var wait = ShortestWait; ; wait *= 2)
        {
            var model = await client.GetInstanceAsync(InstanceIds.Model(input), getInputsAndOutputs: true, cancellationToken);
            if (model is null or { IsCompleted: true } || model.StatusAs<ModelStatus>()?.Purged >= end)
                return;
            if (wait > LongestWait)
                throw new InvalidOperationException($"{InstanceIds.Model(input)} does not say yet that its first {end} shards have ended.");
            await Task.Delay(wait, time, cancellationToken);
        }
    }

    private async Task<bool> IsOldAsync(string run, OrchestrationMetadata? instance, TimeSpan? olderThan, CancellationToken cancellationToken) =>
        olderThan is { } age
        && (instance?.LastUpdatedAt ?? await store.Runs.LastChangedAsync(run, cancellationToken)) is { } ended
        && time.GetUtcNow() - ended > age;

    /// <summary>A run that was ended from outside leaves its claims; the next run would take them over, if there is one.</summary>
    private async Task<int> ReleaseClaimsAsync(DurableTaskClient client, bool dryRun, CancellationToken cancellationToken)
    {
        var released = 0;
        foreach (var (run, claims) in await store.Claims.CountByRunAsync(cancellationToken))
        {
            if (!await HasEndedAsync(client)(run, cancellationToken))
                continue;
            released += claims;
            if (!dryRun)
                await planner.SettleAsync(run, HasEndedAsync(client), cancellationToken);
        }

        return released;
    }

    /// <summary>Of runs that are kept, what their models' statuses tell already; of others, everything that has ended.</summary>
    private static async Task<int> PurgeHistoriesAsync(
        DurableTaskClient client, HashSet<string> kept, bool dryRun, CancellationToken cancellationToken)
    {
        var ids = new List<string>();
        var ended = client.GetAllInstancesAsync(new OrchestrationQuery(
            Statuses: [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated], PageSize: 1000));
        await foreach (var instance in ended.WithCancellation(cancellationToken))
        {
            if (IsOurs(instance.Name) && !kept.Contains(InstanceIds.RunOf(instance.InstanceId)))
                ids.Add(instance.InstanceId);
        }

        if (!dryRun)
            await PurgeAsync(client, ids.ToAsyncEnumerable(), cancellationToken);
        return ids.Count;
    }

    private static Func<string, CancellationToken, Task<bool>> HasEndedAsync(DurableTaskClient client) =>
        async (run, cancellationToken) => await client.GetInstanceAsync(run, cancellationToken) is not { IsCompleted: false };

    private static bool IsOurs(string orchestrator) => orchestrator
        is nameof(RunOrchestration.RunOrchestrator) or nameof(ModelOrchestration.ModelOrchestrator) or nameof(ShardOrchestration.ShardOrchestrator);

    private static IAsyncEnumerable<string> InstancesOf(DurableTaskClient client, string prefix) =>
        client.GetAllInstancesAsync(new OrchestrationQuery(InstanceIdPrefix: prefix, PageSize: 1000))
            .Select(instance => instance.InstanceId);

    private static Task PurgeAsync(
        DurableTaskClient client, IAsyncEnumerable<string> ids, CancellationToken cancellationToken, int atOnce = AtOnce) => Parallel.ForEachAsync(
        ids,
        new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellationToken },
        async (id, cancelled) => await client.PurgeInstanceAsync(id, cancelled));
}

/// <summary>What a cleaning took away, or would.</summary>
/// <param name="Deleted">Runs.</param>
/// <param name="Histories">Of orchestrations that nobody will ask for.</param>
/// <param name="Claims">Of runs that are over.</param>
public sealed record CleanReport(IReadOnlyList<string> Deleted, int Histories, int Claims, bool DryRun);
