using ArenaBench.Core.Costs;
using ArenaBench.Core.Records;
using ArenaBench.Core.Storage;

namespace ArenaBench.Core.Runs;

/// <summary>What an attempt of a run has spent, read from what it wrote down: also of one that died.</summary>
public sealed class RunSpending(ArenaContainer store)
{
    /// <summary>Records, and calls that were begun and never recorded.</summary>
    public async Task<Spending> OfAsync(FrozenRun run, CancellationToken cancellationToken)
    {
        var spent = Spending.None;
        if (run.Plan is null)
            return spent;
        for (var model = 0; model < run.Plan.Models.Count; model++)
        {
            for (var shard = 0; shard < run.Plan.Models[model].Shards.Count; shard++)
            {
                var part = PartNames.Shard(run.Spec.Attempt, model, shard);
                var recorded = new HashSet<RecordKey>();
                await foreach (var line in store.Parts.ReadShardAsync(run.Spec.Run, part, cancellationToken))
                {
                    // What was not tried may have been begun, and lost, before.
                    if (line.Status is RecordStatus.OverBudget or RecordStatus.Stopped or RecordStatus.Cancelled)
                        continue;
                    recorded.Add(line.Key);
                    spent = spent.Plus(Spending.Of(line, PriceOf(run.Spec, line.Key)));
                }

                if (run.Spec.Budget is null)
                    continue;
                await foreach (var begun in store.Parts.ReadShardAsync(run.Spec.Run, PartNames.Begun(part), cancellationToken))
                {
                    if (!recorded.Contains(begun.Key))
                        spent = spent.Plus(BegunCalls.SpentBy(begun, PriceOf(run.Spec, begun.Key)));
                }
            }
        }

        return spent;
    }

    internal static Models.Price? PriceOf(RunSpec spec, RecordKey key) => key.Kind == RecordKind.Game
        ? spec.Judges.FirstOrDefault(judge => judge.Name == key.Judge)?.Settings?.Price
        : spec.AnsweringModels.FirstOrDefault(model => model.Name == key.Model)?.Settings?.Price;
}
