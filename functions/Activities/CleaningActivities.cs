using ArenaBench.Functions.Cleaning;
using ArenaBench.Functions.Orchestrators;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace ArenaBench.Functions.Activities;

public sealed class CleaningActivities(StoreCleaner cleaner, Retention retention)
{
    [Function(nameof(PurgeShards))]
    public Task PurgeShards([ActivityTrigger] PurgeInput input, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        cleaner.PurgeShardsAsync(client, input, cancellationToken);

    /// <summary>Where a retention is set, each run that ends sees to those before it: nothing grows but by runs.</summary>
    [Function(nameof(DeleteOldRuns))]
    public async Task DeleteOldRuns([ActivityTrigger] RunInput input, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        if (retention.Age is { } age)
            await cleaner.CleanAsync(client, age, dryRun: false, cancellationToken);
    }
}
