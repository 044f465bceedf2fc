using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace ArenaBench.LocalRuntime.Engine;

/// <summary>The client of a hub in this process. Every change is durable when its task ends.</summary>
internal sealed class EngineClient(Hub hub) : DurableTaskClient(hub.Options.HubName)
{
    public override async Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null,
        CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(orchestratorName.Name, nameof(orchestratorName));
        var id = options?.InstanceId ?? Guid.NewGuid().ToString("N");
        InstanceIds.Check(id);
        await PostAsync(
            id,
            new StartMessage(new OrchestrationStarted(
                default, id, 0, orchestratorName.Name, EngineJson.Converter.Serialize(input), default,
                options?.StartAt?.UtcDateTime,
                Tags: options?.Tags is { Count: > 0 } tags ? new Dictionary<string, string>(tags) : null)),
            cancellation).ConfigureAwait(false);
        return id;
    }

    public override Task RaiseEventAsync(
        string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        return PostToKnownAsync(
            instanceId, new RaiseMessage(eventName, EngineJson.Converter.Serialize(eventPayload)), cancellation);
    }

    public override Task TerminateInstanceAsync(
        string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default) =>
        PostToKnownAsync(
            instanceId,
            new TerminateMessage(EngineJson.Converter.Serialize(options?.Output), options?.Recursive ?? false),
            cancellation);

    public override Task SuspendInstanceAsync(
        string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        PostToKnownAsync(instanceId, new SuspendMessage(reason), cancellation);

    public override Task ResumeInstanceAsync(
        string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        PostToKnownAsync(instanceId, new ResumeMessage(reason), cancellation);

    public override Task<OrchestrationMetadata?> GetInstancesAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        return Task.FromResult(hub.Find(instanceId)?.Status?.ToMetadata(getInputsAndOutputs));
    }

    public override async Task<OrchestrationMetadata> WaitForInstanceStartAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        (await WaitAsync(instanceId, status => status.RuntimeStatus != OrchestrationRuntimeStatus.Pending, cancellation)
            .ConfigureAwait(false)).ToMetadata(getInputsAndOutputs);

    public override async Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        (await WaitAsync(instanceId, status => status.IsTerminal, cancellation).ConfigureAwait(false))
            .ToMetadata(getInputsAndOutputs);

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null)
    {
        var query = filter ?? new OrchestrationQuery();
        return Pageable.Create((continuation, size, _) => Task.FromResult(InstanceQueries.Page(
            hub, query, continuation ?? query.ContinuationToken, size ?? query.PageSize)));
    }

    public override async Task<PurgeResult> PurgeInstanceAsync(
        string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        return new PurgeResult(await PurgeAsync(instanceId, _ => true, cancellation).ConfigureAwait(false) ? 1 : 0, true);
    }

    public override async Task<PurgeResult> PurgeAllInstancesAsync(
        PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        bool IsMeant(InstanceStatus status) =>
            status.IsTerminal && InstanceQueries.IsIn(status, filter.CreatedFrom, filter.CreatedTo, filter.Statuses);
        var ids = hub.Instances.Where(instance => instance.Status is { } status && IsMeant(status))
            .Select(instance => instance.Id).ToList();
        var purged = await Task.WhenAll(ids.Select(id => PurgeAsync(id, IsMeant, cancellation))).ConfigureAwait(false);
        return new PurgeResult(purged.Count(done => done), true);
    }

    public override async Task<string> RestartAsync(
        string instanceId, bool restartWithNewInstanceId = false, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        var status = hub.Find(instanceId)?.Status
            ?? throw new ArgumentException($"No instance with id '{instanceId}' was found.", nameof(instanceId));
        if (!status.IsTerminal && !restartWithNewInstanceId)
            throw new InvalidOperationException($"Instance '{instanceId}' has not ended ({status.RuntimeStatus}).");
        var id = restartWithNewInstanceId ? Guid.NewGuid().ToString("N") : instanceId;
        var started = new OrchestrationStarted(default, id, 0, status.Name, status.Input, default, Tags: status.Tags);
        await PostAsync(id, new StartMessage(started), cancellation).ConfigureAwait(false);
        return id;
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task PostToKnownAsync(string instanceId, Message message, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        if (hub.Find(instanceId) is not { Status: not null })
            throw new ArgumentException($"No instance with id '{instanceId}' was found.", nameof(instanceId));
        return PostAsync(instanceId, message, cancellation);
    }

    private async Task PostAsync(string instanceId, Message message, CancellationToken cancellation)
    {
        hub.PostTo(instanceId, message);
        await UntilAsync(message.Settled, cancellation).ConfigureAwait(false);
    }

    private async Task<bool> PurgeAsync(string instanceId, Func<InstanceStatus, bool> filter, CancellationToken cancellation)
    {
        if (hub.Find(instanceId) is null)
            return false;
        var purge = new PurgeMessage(filter);
        await PostAsync(instanceId, purge, cancellation).ConfigureAwait(false);
        return purge.WasPurged;
    }

    private async Task<InstanceStatus> WaitAsync(
        string instanceId, Func<InstanceStatus, bool> isWanted, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, hub.Stopping);
        return await hub.WaitAsync(instanceId, isWanted, either.Token).ConfigureAwait(false);
    }

    private async Task UntilAsync(Task done, CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, hub.Stopping);
        await done.WaitAsync(either.Token).ConfigureAwait(false);
    }
}
