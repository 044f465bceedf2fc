using ArenaBench.Functions.Orchestrators;
using ArenaBench.LocalRuntime.Engine;
using Microsoft.DurableTask.Client;

namespace ArenaBench.EndToEnd.Tests;

/// <summary>The histories of everything that runs on an app, as far as each was seen: shards are purged when their model has ended.</summary>
internal sealed class RecordedRuns(EmbeddedApp app)
{
    private readonly Dictionary<string, (string Name, IReadOnlyList<HistoryEvent> History)> _histories = new(StringComparer.Ordinal);
    private readonly HashSet<string> _ended = new(StringComparer.Ordinal);

    public IEnumerable<(string Id, string Name, IReadOnlyList<HistoryEvent> History)> Histories =>
        _histories.Select(entry => (entry.Key, entry.Value.Name, entry.Value.History));

    /// <summary>Of the models that have ended, each pass by its instance.</summary>
    public Dictionary<string, WorkTotals> Totals { get; } = new(StringComparer.Ordinal);

    /// <summary>Looks again and again until these runs have ended.</summary>
    public async Task FollowAsync(IReadOnlyList<string> runs, CancellationToken cancellationToken)
    {
        while (!runs.All(_ended.Contains))
        {
            await foreach (var instance in app.Engine.Client.GetAllInstancesAsync().WithCancellation(cancellationToken))
                await LookAsync(instance, cancellationToken);
            await Task.Delay(5, cancellationToken);
        }
    }

    private async Task LookAsync(OrchestrationMetadata instance, CancellationToken cancellationToken)
    {
        if (_ended.Contains(instance.InstanceId))
            return;
        if (await app.Engine.ReadHistoryAsync(instance.InstanceId, cancellationToken) is { Count: > 0 } history)
            _histories[instance.InstanceId] = (instance.Name, history);
        if (!instance.IsCompleted)
            return;
        _ended.Add(instance.InstanceId);
        if (instance.Name == nameof(ModelOrchestration.ModelOrchestrator)
            && await app.Engine.Client.GetInstanceAsync(instance.InstanceId, getInputsAndOutputs: true, cancellationToken) is { } model)
            Totals[model.InstanceId] = model.ReadOutputAs<WorkTotals>()!;
    }
}
