using ArenaBench.Core.Runs;
using ArenaBench.Functions.Orchestrators;
using Microsoft.DurableTask.Client;

namespace ArenaBench.Functions.Api;

/// <summary>The statuses of a run's models and shards, read in one query: one look-up per shard would take seconds on Azure.</summary>
internal sealed class RunChildren
{
    private const int PageSize = 1000;

    private readonly Dictionary<(int Model, int Pass), ModelStatus> _completed = [];
    private readonly Dictionary<int, ModelStatus> _running = [];
    private readonly Dictionary<(int Model, int Pass, int Shard), WorkTotals> _shards = [];
    private readonly HashSet<(int Model, int Shard)> _ended = [];

    public static async Task<RunChildren> ReadAsync(DurableTaskClient client, RunSpec spec, CancellationToken cancellationToken)
    {
        var found = new RunChildren();
        var prefix = InstanceIds.Models(spec.Run, spec.Attempt);
        var children = client.GetAllInstancesAsync(new OrchestrationQuery(InstanceIdPrefix: prefix, PageSize: PageSize, FetchInputsAndOutputs: true));
        await foreach (var child in children.WithCancellation(cancellationToken))
            found.Add(child, InstanceIds.Parse(child.InstanceId.AsSpan(prefix.Length)));
        return found;
    }

    /// <summary>What a model came to that has ended: its shards may be gone by then.</summary>
    public ModelStatus? Completed(int model) => _completed.GetValueOrDefault((model, 1));

    /// <summary>The first shards of a model that is running: how many are gone, or soon, and what they came to.</summary>
    public (int Shards, WorkTotals Totals) Purged(int model) =>
        _running.GetValueOrDefault(model) is { OfPurged: { } totals } status ? (status.Purged, totals) : (0, WorkTotals.None);

    /// <returns>Null for a shard that has not begun.</returns>
    public WorkTotals? Of(int model, int shard) => _shards.GetValueOrDefault((model, 1, shard));

    /// <summary>What the passes after the first have added.</summary>
    public WorkTotals Later(int model) => _completed.Where(pass => pass.Key.Model == model && pass.Key.Pass > 1).Select(pass => pass.Value.Totals)
        .Concat(_shards.Where(shard => shard.Key.Model == model && shard.Key.Pass > 1 && !_completed.ContainsKey((model, shard.Key.Pass))).Select(shard => shard.Value))
        .Aggregate(WorkTotals.None, (sum, more) => sum.Plus(more));

    public int ShardsEnded(int model)
    {
        var purged = Purged(model).Shards;
        return purged + _ended.Count(shard => shard.Model == model && shard.Shard >= purged);
    }

    private void Add(OrchestrationMetadata child, (int Model, int? Shard, int Pass)? id)
    {
        if (id is not { } at)
            return;
        if (at.Shard is not { } shard)
        {
            if (child.StatusAs<ModelStatus>() is not { } status)
                return;
            if (child.RuntimeStatus == OrchestrationRuntimeStatus.Completed)
                _completed[(at.Model, at.Pass)] = status;
            else if (at.Pass == 1)
                _running[at.Model] = status;
            return;
        }

        if (child.IsCompleted && at.Pass == 1)
            _ended.Add((at.Model, shard));
        if (child.StatusAs<WorkTotals>() is { } totals)
            _shards[(at.Model, at.Pass, shard)] = totals;
    }
}
