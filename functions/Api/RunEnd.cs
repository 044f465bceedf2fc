using ArenaBench.Core.Runs;
using Microsoft.DurableTask.Client;

namespace ArenaBench.Functions.Api;

internal static class RunEnd
{
    /// <summary>Its records do not change any more: what is made of them may be kept.</summary>
    public static async Task<bool> IsCompleteAsync(this DurableTaskClient client, FrozenRun run, CancellationToken cancellationToken) =>
        (await client.GetInstanceAsync(run.Spec.Run, getInputsAndOutputs: false, cancellationToken))?.RuntimeStatus == OrchestrationRuntimeStatus.Completed;
}
