using System.Text.Json;
using ArenaBench.Functions.Cleaning;
using ArenaBench.Functions.Orchestrators;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Time.Testing;
using Moq;

namespace ArenaBench.Functions.Tests.Cleaning;

/// <summary>A shard's history goes only when its model's own has stored how it ended: else a crash would have it run again.</summary>
public sealed class PurgedShardsTests
{
    private static readonly PurgeInput s_asked = new("run", 1, 3, 1, [new ShardRange(0, 2)]);

    private readonly List<string> _purged = [];
    private readonly Queue<OrchestrationMetadata?> _seen = new();

    [Fact]
    public async Task Purge_BeforeTheModelCountsTheShards_WaitsUntilItDoes()
    {
        _seen.Enqueue(Model(counted: 0));
        _seen.Enqueue(Model(counted: 1));
        _seen.Enqueue(Model(counted: 2));

        await PurgeAsync();

        Assert.Equal(["run:m03:s000", "run:m03:s001"], _purged.Order());
        Assert.Empty(_seen);
    }

    [Fact]
    public async Task Purge_OfAModelThatHasEnded_OrIsGone_NeedsNoCount()
    {
        _seen.Enqueue(Model(counted: 0, OrchestrationRuntimeStatus.Completed));
        await PurgeAsync();
        _seen.Enqueue(null);
        await PurgeAsync();

        Assert.Equal(4, _purged.Count);
    }

    [Fact]
    public async Task Purge_OfAModelThatNeverCountsThem_FailsAndPurgesNothing()
    {
        for (var look = 0; look < 20; look++)
            _seen.Enqueue(Model(counted: 1));

        var failed = await Assert.ThrowsAsync<InvalidOperationException>(PurgeAsync);

        Assert.Contains("run:m03 does not say", failed.Message, StringComparison.Ordinal);
        Assert.Empty(_purged);
    }

    private static OrchestrationMetadata Model(int counted, OrchestrationRuntimeStatus status = OrchestrationRuntimeStatus.Running) =>
        new(nameof(ModelOrchestration.ModelOrchestrator), "run:m03")
        {
            RuntimeStatus = status,
            SerializedCustomStatus = JsonSerializer.Serialize(new ModelStatus(counted, 9, WorkTotals.None, counted)),
            DataConverter = new InlineConverter(),
        };

    private async Task PurgeAsync()
    {
        var time = new FakeTimeProvider();
        var client = new Mock<DurableTaskClient>("purge") { CallBase = true };
        client.Setup(it => it.GetInstancesAsync("run:m03", true, It.IsAny<CancellationToken>())).ReturnsAsync(() => _seen.Dequeue());
        client.Setup(it => it.PurgeInstanceAsync(It.IsAny<string>(), It.IsAny<PurgeInstanceOptions>(), It.IsAny<CancellationToken>()))
            .Callback<string, PurgeInstanceOptions, CancellationToken>((id, _, _) =>
            {
                lock (_purged)
                    _purged.Add(id);
            })
            .ReturnsAsync(new PurgeResult(1));
        var purging = new StoreCleaner(null!, null!, time).PurgeShardsAsync(client.Object, s_asked, TestContext.Current.CancellationToken);
        while (!purging.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(10));
            await Task.Yield();
        }

        await purging;
    }
}
