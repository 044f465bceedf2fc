using ArenaBench.Core.Records;
using ArenaBench.Core.Runs;

namespace ArenaBench.Functions.Browsing;

/// <summary>What one answer or one game cost in its run.</summary>
internal static class RecordCost
{
    /// <returns>Null where nothing was paid, no tokens were reported or there is no price.</returns>
    public static decimal? Of(FrozenRun run, RecordEnvelope? line)
    {
        if (line?.Usage is not { } usage)
            return null;
        var (who, models) = line.Key.Judge is { } judge ? (judge, run.Spec.Judges) : (line.Key.Model, run.Spec.AnsweringModels);
        return models.FirstOrDefault(model => model.Name == who)?.Settings?.Price?.CostOf(usage);
    }
}
