using Microsoft.DurableTask.Client;

namespace ArenaBench.Functions.Orchestrators;

/// <summary>What orchestrations say of themselves.</summary>
internal static class InstanceStatuses
{
    /// <returns>Null when it has said nothing yet.</returns>
    public static T? StatusAs<T>(this OrchestrationMetadata instance)
        where T : class =>
        string.IsNullOrEmpty(instance.SerializedCustomStatus) ? null : instance.ReadCustomStatusAs<T>();
}
