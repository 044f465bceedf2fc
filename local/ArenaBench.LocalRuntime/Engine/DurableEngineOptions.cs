namespace ArenaBench.LocalRuntime.Engine;

/// <summary>Settings of the engine.</summary>
/// <param name="HubName">Names the hub; its container is the lower-cased name with "-instances" appended.</param>
/// <param name="MaxConcurrentActivities">Activities running at once in this process.</param>
/// <param name="MaxConcurrentOrchestrators">Orchestrators executing code at once in this process (waiting ones do not count).</param>
/// <param name="MaxLiveOrchestrations">
/// Orchestrations kept in memory between events; beyond it the longest idle ones are dropped and replayed when their
/// next event comes. Zero replays the history for every event.
/// </param>
/// <param name="MaxBlocksPerSegment">Blocks appended to one blob before the next is begun; services allow 50,000.</param>
public sealed record DurableEngineOptions(
    string HubName,
    int MaxConcurrentActivities,
    int MaxConcurrentOrchestrators,
    int MaxLiveOrchestrations = 2_000,
    int MaxBlocksPerSegment = 4_000)
{
    /// <summary>
    /// Instances that write at once: what happens to one that waits for its turn goes into its next block. An emulator on this machine
    /// serves one request after another, so that more than a few would only wait there instead of here.
    /// </summary>
    public int MaxConcurrentWrites { get; init; } = 32;

    /// <summary>Ended children are sealed so much later: a parent that purges them meanwhile spares the storage the work.</summary>
    public TimeSpan SealChildrenAfter { get; init; } = TimeSpan.FromSeconds(10);
}
