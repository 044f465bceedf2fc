using ArenaBench.Core.Models;
using ArenaBench.Core.Models.Coordination;
using ArenaBench.Core.Models.Limits;
using ArenaBench.Core.Records;
using ArenaBench.Core.Storage;
using ArenaBench.Testing;
using Azure.Storage.Blobs;

namespace ArenaBench.Core.Tests.Models.Coordination;

public sealed class EndpointCoordinatorTests(AzuriteFixture azurite)
{
    private static readonly EndpointLimits Whole = new(10, 600, 1000);

    [Fact]
    public async Task Second_host_gets_its_part_when_the_first_has_shrunk()
    {
        var container = await ContainerAsync();
        var ((a, first), (b, second)) = (Join(container), Join(container));
        await first.RenewAsync(CancellationToken.None);
        var held = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => EnterAsync(a)));
        Wait(a, 10);
        Wait(b, 10);

        // The newcomer sees that all is taken; the first then shrinks, but its calls are still in flight.
        Assert.True(await second.RenewAsync(CancellationToken.None));
        Assert.True(await first.RenewAsync(CancellationToken.None));
        await second.RenewAsync(CancellationToken.None);
        Assert.Equal(0, b.InFlight);

        foreach (var lease in held[..7])
            lease.Dispose();
        await first.RenewAsync(CancellationToken.None);
        await second.RenewAsync(CancellationToken.None);

        Assert.Equal((5, 5), (a.InFlight, b.InFlight));
    }

    [Fact]
    public async Task Host_that_leaves_frees_its_part_at_once()
    {
        var container = await ContainerAsync();
        var ((_, first), (b, second)) = (Join(container), Join(container));
        await first.RenewAsync(CancellationToken.None);
        var waiting = Wait(b, 3);

        await first.LeaveAsync(CancellationToken.None);
        Assert.False(await second.RenewAsync(CancellationToken.None));

        Assert.All(await Task.WhenAll(waiting), lease => Assert.True(lease.IsAcquired));
    }

    [Fact]
    public async Task Host_that_stops_gives_back_what_it_holds()
    {
        var container = await ContainerAsync();
        var stopping = new EndpointCoordinator(container, TimeProvider.System);
        var limiter = new EndpointLimiter(new EndpointLimits(0, null, null), TimeSpan.FromMinutes(1), TimeProvider.System);
        var shares = stopping.Share(limiter, "http://x", null, "m");
        shares.Use(Whole);
        using (await EnterAsync(limiter))
        {
            // It has its part.
        }

        await stopping.DisposeAsync();

        var (_, second) = Join(container);
        Assert.False(await second.RenewAsync(CancellationToken.None));
        shares.Use(Whole);
        Assert.Equal(0, limiter.GetStatistics(new CallDemand("run", 1, 1))!.CurrentAvailablePermits);
        Assert.False(await second.RenewAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Damaged_file_is_started_afresh()
    {
        var container = await ContainerAsync();
        var (a, first) = Join(container);
        await container.CreateAsync();
        await container.GetBlobClient($"coordination/{EndpointCoordinator.NameOf("http://x", null, "m")}.json").UploadAsync(BinaryData.FromString("{\"schema\":1,\"hosts\":null"));

        await first.RenewAsync(CancellationToken.None);

        Assert.True((await EnterAsync(a)).IsAcquired);
    }

    [Fact]
    public async Task Two_hosts_with_calls_never_exceed_the_limit_together()
    {
        var container = await ContainerAsync();
        var (inFlight, most) = (0, 0);
        await using var endpoint = await FakeEndpoint.StartAsync(async context =>
        {
            var now = Interlocked.Increment(ref inFlight);
            for (int seen; (seen = Volatile.Read(ref most)) < now && Interlocked.CompareExchange(ref most, now, seen) != seen;)
            {
            }

            await Task.Delay(20);
            Interlocked.Decrement(ref inFlight);
            await FakeEndpoint.WriteAsync(context, FakeEndpoint.Completion("x"));
        });
        var model = Calls.Model(endpoint.Base) with { Parallel = 6 };
        using var hostA = new ModelCaller(Calls.Keys, TimeProvider.System, coordinator: new EndpointCoordinator(container, TimeProvider.System));
        using var hostB = new ModelCaller(Calls.Keys, TimeProvider.System, coordinator: new EndpointCoordinator(container, TimeProvider.System));

        // The second host waits until the first has made room.
        var replies = new ModelReply[800];
        await Task.WhenAll(new[] { hostA, hostB }.Select((host, which) => Parallel.ForAsync(
            400 * which, 400 * (which + 1), new ParallelOptions { MaxDegreeOfParallelism = 6 }, async (i, token) =>
                replies[i] = await host.CallAsync(model, Calls.Ask("hi"), new CallContext("run"), token))));

        Assert.All(replies, reply => Assert.Equal(RecordStatus.Ok, reply.Status));
        Assert.InRange(most, 1, 6);
    }

    [Fact]
    public async Task Calls_wait_while_the_storage_cannot_be_reached()
    {
        await azurite.ConnectionStringOrSkipAsync();
        var nowhere = new BlobServiceClient(
            "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;BlobEndpoint=http://127.0.0.1:1/devstoreaccount1",
            new BlobClientOptions { Retry = { MaxRetries = 0 } });
        await using var endpoint = await FakeEndpoint.AnsweringAsync(FakeEndpoint.Completion("x"));
        using var caller = new ModelCaller(Calls.Keys, TimeProvider.System, CallPolicy.Default with { Patience = TimeSpan.FromMilliseconds(300) },
            new EndpointCoordinator(nowhere.GetBlobContainerClient("x"), TimeProvider.System));

        var reply = await caller.CallAsync(Calls.Model(endpoint.Base), Calls.Ask("hi"), new CallContext("run"), CancellationToken.None);

        Assert.Equal(RecordStatus.EndpointFailed, reply.Status);
        Assert.NotNull(reply.RetryAfter);
        Assert.Empty(endpoint.Requests);
    }

    [Fact]
    public async Task Host_that_prepares_a_model_has_its_part_before_the_first_call_and_sends_nothing()
    {
        var container = await ContainerAsync();
        await using var endpoint = await FakeEndpoint.AnsweringAsync(FakeEndpoint.Completion("x"));
        using var caller = new ModelCaller(Calls.Keys, TimeProvider.System, coordinator: new EndpointCoordinator(container, TimeProvider.System));

        caller.Prepare(Calls.Model(endpoint.Base));

        var files = new BlobTree(container);
        var shares = new List<string>();
        for (var wait = 0; shares.Count == 0 && wait < 3000; wait++)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
            shares = await files.ListAsync("coordination/", TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        }

        var share = await files.ReadAsync(Assert.Single(shares), TestContext.Current.CancellationToken);
        Assert.Contains("\"granted\":8", share!.Content.ToString(), StringComparison.Ordinal);
        Assert.Empty(endpoint.Requests);
    }

    private static (EndpointLimiter Limiter, SharedLimits Shares) Join(BlobContainerClient container)
    {
        var limiter = new EndpointLimiter(new EndpointLimits(0, null, null), TimeSpan.FromMinutes(1), TimeProvider.System);
        var shares = new EndpointCoordinator(container, TimeProvider.System).Share(limiter, "http://x", null, "m");
        shares.Know(Whole with { Rpm = null, Tpm = null });
        return (limiter, shares);
    }

    private static async Task<CallLease> EnterAsync(EndpointLimiter limiter) =>
        await limiter.EnterAsync(new CallDemand("run", 1, 1), TestContext.Current.CancellationToken);

    private static List<Task<CallLease>> Wait(EndpointLimiter limiter, int count) => [.. Enumerable.Range(0, count).Select(_ => EnterAsync(limiter))];

    private async Task<BlobContainerClient> ContainerAsync() =>
        new BlobServiceClient(await azurite.ConnectionStringOrSkipAsync()).GetBlobContainerClient(AzuriteFixture.NewContainerName());
}
