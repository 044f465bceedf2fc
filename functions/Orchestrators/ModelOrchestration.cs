using ArenaBench.Core.Costs;
using ArenaBench.Functions.Activities;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace ArenaBench.Functions.Orchestrators;

/// <summary>One model of a run: its shards, a window of them at once. Under a budget each gets an allowance, and gives back what it does
/// not use; what is left undone goes on in another pass.</summary>
public static class ModelOrchestration
{
    [Function(nameof(ModelOrchestrator))]
    public static async Task<WorkTotals> ModelOrchestrator([OrchestrationTrigger] TaskOrchestrationContext context, ModelInput input)
    {
        var shards = input.Open ?? [.. Enumerable.Range(0, input.Shards).Select(number => new OpenShard(number, 0, input.Needs ?? Amount.Zero))];
        // Under a budget the last ones live on what others give back when they end.
        var window = new Gate(input.Window, last: input.Grant is null ? input.Last : 0);
        var purse = new Purse(input.Grant?.Allowance ?? Amount.Zero, input.Window, shards.Count);
        var totals = WorkTotals.None with { Stops = input.Stops ?? Stops.None };
        var ended = 0;
        // Passes under a budget are few and short.
        var tidied = input.Grant is null ? new EndedShards(input.Shards) : null;
        var purges = new List<Task>();

        await Task.WhenAll(shards.Select(RunShardAsync));
        await Task.WhenAll(purges);
        return totals with { Purged = tidied?.Purged ?? 0 };

        async Task RunShardAsync(OpenShard open)
        {
            await window.EnterAsync();
            var grant = input.Grant is { } whole ? whole with { Allowance = purse.Take(open.Needs) } : null;
            try
            {
                // After a fatal failure the rest is only recorded as not tried.
                var shard = new ShardInput(input.Run, input.Attempt, input.Model, open.Shard, totals.Stops, input.Pass, grant);
                var result = grant is { Last: false } && input.Pass > 1 && grant.Allowance == Amount.Zero && open.Needs != Amount.Zero
                    ? WorkTotals.None with { Open = [open] }
                    : await context.CallSubOrchestratorAsync<WorkTotals>(
                        nameof(ShardOrchestration.ShardOrchestrator), shard, new SubOrchestrationOptions(instanceId: InstanceIds.Shard(shard)));
                purse.Return(grant?.Allowance ?? Amount.Zero, result.Sum.AtMost);
                // Added after the wait: other shards have ended meanwhile.
                totals = totals.Plus(result);
                var range = tidied?.End(open.Shard, result);
                context.SetCustomStatus(new ModelStatus(++ended, input.Shards, totals with { Open = null }, tidied?.Purged ?? 0, tidied is { Purged: > 0 } ? tidied.Totals : null));
                if (range is not null)
                    purges.Add(context.CallActivityAsync(nameof(CleaningActivities.PurgeShards), PurgeInput.Of(input, range), Retry.Storage));
            }
            finally
            {
                window.Leave();
            }
        }
    }
}

/// <param name="Purged">The first so many shards are gone, or soon.</param>
/// <param name="OfPurged">What those came to; a part of <paramref name="Totals"/>.</param>
public sealed record ModelStatus(int ShardsEnded, int Shards, WorkTotals Totals, int Purged = 0, WorkTotals? OfPurged = null);
