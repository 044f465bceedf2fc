using ArenaBench.Functions.Activities;
using Microsoft.DurableTask;

namespace ArenaBench.Functions.Orchestrators;

/// <summary>The purges of a run's histories that are no longer needed: at once while others still run, the last ones when the
/// records are safe. Nobody waits for what is only tidied up.</summary>
internal sealed class Tidying(TaskOrchestrationContext context)
{
    private readonly List<Task> _begun = [];
    private readonly List<PurgeInput> _left = [];

    /// <param name="othersRun">False: nothing else of the run is at work, and its leaderboard is next.</param>
    public void Add(PurgeInput shards, bool othersRun)
    {
        if (othersRun)
            _begun.Add(PurgeAsync(shards));
        else
            _left.Add(shards);
    }

    public Task EndAsync() => Task.WhenAll([.. _begun, .. _left.Select(PurgeAsync)]);

    private Task PurgeAsync(PurgeInput shards) => context.CallActivityAsync(nameof(CleaningActivities.PurgeShards), shards, Retry.Storage);
}
