using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace ArenaBench.Functions.Orchestrators;

/// <summary>One model of a run: its shards, a window of them at once.</summary>
public static class ModelOrchestration
{
    [Function(nameof(ModelOrchestrator))]
    public static async Task<WorkTotals> ModelOrchestrator([OrchestrationTrigger] TaskOrchestrationContext context, ModelInput input)
    {
        var window = new Gate(input.Window);
        var totals = WorkTotals.None;
        var ended = 0;

        await Task.WhenAll(Enumerable.Range(0, input.Shards).Select(RunShardAsync));
        return totals;

        async Task RunShardAsync(int number)
        {
            await window.EnterAsync();
            try
            {
                // After a fatal failure the rest is only recorded as not tried.
                var shard = new ShardInput(input.Run, input.Attempt, input.Model, number, totals.Stops);
                var done = await context.CallSubOrchestratorAsync<WorkTotals>(
                    nameof(ShardOrchestration.ShardOrchestrator), shard, new SubOrchestrationOptions(instanceId: InstanceIds.Shard(shard)));
                // Added after the wait: other shards have ended meanwhile.
                totals = totals.Plus(done);
                context.SetCustomStatus(new ModelStatus(++ended, input.Shards, totals));
            }
            finally
            {
                window.Leave();
            }
        }
    }
}

public sealed record ModelStatus(int ShardsEnded, int Shards, WorkTotals Totals);
