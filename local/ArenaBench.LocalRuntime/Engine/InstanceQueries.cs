using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace ArenaBench.LocalRuntime.Engine;

/// <summary>Lists of instances, in the order of their ids, page by page.</summary>
internal static class InstanceQueries
{
    /// <param name="after">The last id of the page before, or null for the first page.</param>
    public static Page<OrchestrationMetadata> Page(Hub hub, OrchestrationQuery query, string? after, int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        if (query.TaskHubNames?.Any(name => name.Equals(hub.Options.HubName, StringComparison.OrdinalIgnoreCase)) == false)
            return new Page<OrchestrationMetadata>([]);

        var found = hub.Instances
            .Select(instance => instance.Status)
            .OfType<InstanceStatus>()
            .Where(status => after is null || string.CompareOrdinal(status.InstanceId, after) > 0)
            .Where(status => query.InstanceIdPrefix is null
                || status.InstanceId.StartsWith(query.InstanceIdPrefix, StringComparison.Ordinal))
            .Where(status => IsIn(status, query.CreatedFrom, query.CreatedTo, query.Statuses))
            .OrderBy(status => status.InstanceId, StringComparer.Ordinal)
            .Take(size + 1)
            .ToList();
        var page = found.Take(size).Select(status => status.ToMetadata(query.FetchInputsAndOutputs)).ToList();
        return new Page<OrchestrationMetadata>(page, found.Count > size ? page[^1].InstanceId : null);
    }

    public static bool IsIn(
        InstanceStatus status, DateTimeOffset? from, DateTimeOffset? to, IEnumerable<OrchestrationRuntimeStatus>? statuses)
    {
        var createdAt = new DateTimeOffset(status.CreatedAt);
        return (from is null || createdAt >= from)
            && (to is null || createdAt <= to)
            && (statuses is null || statuses.ToList() is not { Count: > 0 } wanted || wanted.Contains(status.RuntimeStatus));
    }
}
