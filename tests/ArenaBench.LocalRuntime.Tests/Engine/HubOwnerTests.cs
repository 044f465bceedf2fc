using ArenaBench.LocalRuntime.Engine;
using ArenaBench.Testing;
using Azure.Storage.Blobs;

namespace ArenaBench.LocalRuntime.Tests.Engine;

public sealed class HubOwnerTests(AzuriteFixture azurite)
{
    private readonly string _hub = AzuriteFixture.NewContainerName("hub")[..30];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<BlobServiceClient> StorageAsync() =>
        new(await azurite.ConnectionStringOrSkipAsync(), DurableEngine.StorageOptions());

    private async Task WriteAsync(BlobServiceClient storage, string claim)
    {
        var container = storage.GetBlobContainerClient(DurableEngine.ContainerName(_hub));
        await container.CreateIfNotExistsAsync(cancellationToken: Cancel);
        await container.GetBlobClient("owner.json").UploadAsync(new BinaryData(claim), overwrite: true, Cancel);
    }

    [Fact]
    public async Task SecondClaim_IsRefused_WithWhoAndWhere_AfterTheReleaseNot()
    {
        var storage = await StorageAsync();
        Assert.Null(await HubOwner.TryReadAsync(storage, _hub, TimeProvider.System, Cancel));
        await using (var first = await HubOwner.AcquireAsync(storage, _hub, TimeProvider.System, Cancel))
        {
            await first.AnnounceAsync("http://127.0.0.1:7071", Cancel);
            var taken = await Assert.ThrowsAsync<HubTakenException>(
                () => HubOwner.AcquireAsync(storage, _hub, TimeProvider.System, Cancel));
            Assert.Equal("http://127.0.0.1:7071", taken.Claim.BaseUrl);
            Assert.Contains($"process {Environment.ProcessId} on {Environment.MachineName} at http://127.0.0.1:7071", taken.Message, StringComparison.Ordinal);
            Assert.Equal(first.Claim, await HubOwner.TryReadAsync(storage, _hub, TimeProvider.System, Cancel));
        }

        Assert.Null(await HubOwner.TryReadAsync(storage, _hub, TimeProvider.System, Cancel));
        await using var next = await HubOwner.AcquireAsync(storage, _hub, TimeProvider.System, Cancel);
        Assert.False(next.Lost.IsCancellationRequested);
    }

    [Theory]
    [InlineData(int.MaxValue, 0)] // no such process
    [InlineData(0, -3600)] // its number was given to another process since
    public async Task ClaimOfADeadProcess_HoldsNobodyUp(int processId, int startedBefore)
    {
        var storage = await StorageAsync();
        var mine = HubClaim.OfThisProcess(TimeProvider.System);
        var dead = mine with
        {
            ProcessId = processId == 0 ? mine.ProcessId : processId,
            ProcessStarted = mine.ProcessStarted.AddSeconds(startedBefore),
            ClaimId = "dead",
            ProcessMark = startedBefore == 0 ? mine.ProcessMark : "another",
        };
        await WriteAsync(storage, System.Text.Json.JsonSerializer.Serialize(dead, EngineJsonContext.Ascii.HubClaim));
        Assert.Null(await HubOwner.TryReadAsync(storage, _hub, TimeProvider.System, Cancel));
        await using var owner = await HubOwner.AcquireAsync(storage, _hub, TimeProvider.System, Cancel);
        Assert.NotEqual("dead", owner.Claim.ClaimId);
    }

    [Fact]
    public async Task ClockSet_UnderARunningOwner_ItStillHoldsTheHub()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere the start time is all there is.");
        var storage = await StorageAsync();
        var mine = HubClaim.OfThisProcess(TimeProvider.System);
        var before = mine with { ProcessStarted = mine.ProcessStarted.AddHours(-5), RenewedAt = mine.RenewedAt.AddHours(-5), ClaimId = "before" };
        await WriteAsync(storage, System.Text.Json.JsonSerializer.Serialize(before, EngineJsonContext.Ascii.HubClaim));

        await Assert.ThrowsAsync<HubTakenException>(() => HubOwner.AcquireAsync(storage, _hub, TimeProvider.System, Cancel));
    }

    [Fact]
    public async Task ClaimOfAnotherMachine_HoldsWhileItIsRenewed()
    {
        var storage = await StorageAsync();
        var elsewhere = HubClaim.OfThisProcess(TimeProvider.System) with { Machine = "elsewhere", ClaimId = "other" };
        await WriteAsync(storage, System.Text.Json.JsonSerializer.Serialize(elsewhere, EngineJsonContext.Ascii.HubClaim));
        await Assert.ThrowsAsync<HubTakenException>(() => HubOwner.AcquireAsync(storage, _hub, TimeProvider.System, Cancel));

        var old = elsewhere with { RenewedAt = elsewhere.RenewedAt - HubClaim.Lifetime };
        await WriteAsync(storage, System.Text.Json.JsonSerializer.Serialize(old, EngineJsonContext.Ascii.HubClaim));
        await using var owner = await HubOwner.AcquireAsync(storage, _hub, TimeProvider.System, Cancel);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{not json")]
    [InlineData("""{"unknown":1}""")]
    public async Task UnreadableClaim_IsNobodys(string text)
    {
        var storage = await StorageAsync();
        await WriteAsync(storage, text);
        await using var owner = await HubOwner.AcquireAsync(storage, _hub, TimeProvider.System, Cancel);
        Assert.Equal(Environment.ProcessId, owner.Claim.ProcessId);
    }

    [Fact]
    public async Task ClaimForgottenByStorage_IsMadeAgain_TakenByAnother_IsLost()
    {
        var storage = await StorageAsync();
        var time = new ManualTime();
        await using var owner = await HubOwner.AcquireAsync(storage, _hub, time, Cancel);
        var blob = storage.GetBlobContainerClient(DurableEngine.ContainerName(_hub)).GetBlobClient("owner.json");
        await blob.DeleteAsync(cancellationToken: Cancel);
        await owner.AnnounceAsync("http://127.0.0.1:1", Cancel);
        Assert.Equal(owner.Claim.ClaimId, (await HubOwner.TryReadAsync(storage, _hub, time, Cancel))!.ClaimId);

        var thief = HubClaim.OfThisProcess(time) with { ClaimId = "thief" };
        await WriteAsync(storage, System.Text.Json.JsonSerializer.Serialize(thief, EngineJsonContext.Ascii.HubClaim));
        var lost = new TaskCompletionSource();
        await using var registration = owner.Lost.Register(() => lost.TrySetResult());
        time.Advance(TimeSpan.FromSeconds(30));
        await lost.Task.WaitAsync(Cancel);
    }
}
