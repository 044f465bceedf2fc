using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using ArenaBench.Azurite;
using ArenaBench.Core.Storage;
using ArenaBench.Simulation;
using ArenaBench.Testing;

namespace ArenaBench.Chaos;

/// <summary>A storage, an endpoint and a host, each of which may fail, and one run on them. Host and storage are processes; the
/// endpoint lives here, so that its counters survive everything.</summary>
internal sealed class ChaosWorld : IAsyncDisposable
{
    private const string Run = "chaos";
    private static readonly string Spec = $"id: {Run}\nbenchmark: small\nmodels: [{string.Join(", ", ChaosSize.Models)}]\n";

    /// <summary>After that it is looked whether the storage has forgotten that the run was let go on.</summary>
    private static readonly TimeSpan Unusual = TimeSpan.FromSeconds(5);

    private readonly AzuriteOptions _options;
    private readonly string _container = AzuriteFixture.NewContainerName("chaos");
    private readonly CancellationToken _cancel;
    private AzuriteInstance _storage = null!;
    private Cable _toStorage = null!;
    private Cable _toModels = null!;
    private HostProcess? _host;

    private readonly SmallDisk? _disk;

    private ChaosWorld(string dataFolder, ChaosSize size, SmallDisk? disk, CancellationToken cancellationToken)
    {
        _disk = disk;
        _options = new AzuriteOptions { DataFolder = dataFolder, Port = 0 };
        (Size, _cancel) = (size, cancellationToken);
        Random = new Random(size.Seed);
    }

    public ChaosSize Size { get; }

    /// <summary>Seeded: the same points again.</summary>
    public Random Random { get; }

    public SimulatedEndpoint Models { get; private set; } = null!;

    /// <summary>Calls that may be paid for again: those that were paid, and of which no record was stored, when a fault struck.</summary>
    public long Bound { get; private set; }

    /// <summary>The longest time from the start of a host to its next call; null: none was started while calls were left.</summary>
    public TimeSpan? Back { get; private set; }

    public static async Task<ChaosWorld> StartAsync(string dataFolder, ChaosSize size, SmallDisk? disk, CancellationToken cancellationToken)
    {
        var world = new ChaosWorld(dataFolder, size, disk, cancellationToken);
        world.Models = await SimulatedEndpoint.StartAsync(new SimulationOptions { Latency = SimulatedLatency.Fixed(ChaosSize.Latency) }, cancellationToken);
        world._toModels = new Cable(world.Models.Port);
        world._storage = await AzuriteLauncher.StartAsync(world._options, cancellationToken);
        world._toStorage = new Cable(world._storage.Port);
        await SmallBenchmark.SetUpAsync(
            world.Store(), new Uri($"http://127.0.0.1:{world._toModels.Port}/v1"), size.Questions, ChaosSize.Parallel, cancellationToken);
        world._host = await HostProcess.StartAsync(
            world._storage.ConnectionString.Replace($":{world._storage.Port}/", $":{world._toStorage.Port}/", StringComparison.Ordinal),
            world._container, cancellationToken);
        using var started = await world._host.Http.PostRunAsync(Spec, cancellationToken);
        Assert.True(started.IsSuccessStatusCode, await started.Content.ReadAsStringAsync(cancellationToken));
        return world;
    }

    /// <summary>Holds the run until the storage has saved that it was started: a storage that forgot that as well has no run to end, and
    /// whoever started it would start it again.</summary>
    public async Task SettleAsync()
    {
        await SteerAsync("suspend");
        var database = Path.Combine(_options.DataFolder, "__azurite_db_blob__.json");
        // One that was saved a second later was begun later, too. It is saved only when something has changed.
        for (var since = TimeProvider.System.GetUtcNow().UtcDateTime; File.GetLastWriteTimeUtc(database) < since + TimeSpan.FromSeconds(1); await Task.Delay(200, _cancel))
            await Store().Files.WriteAsync("settled.txt", BinaryData.FromString(""), null, _cancel);
        await SteerAsync("resume");
    }

    private async Task SteerAsync(string action)
    {
        using var steered = await _host!.Http.PostAsync($"api/runs/{Run}/{action}", null, _cancel);
        steered.EnsureSuccessStatusCode();
    }

    /// <summary>Waits until so much of the run's calls has been paid for.</summary>
    public async Task UntilPaidAsync(double share)
    {
        for (var wait = Stopwatch.StartNew(); Models.Counters.PaidRequests < share * Size.Calls; await Task.Delay(5, _cancel))
        {
            if (wait.Elapsed > Unusual)
                await StatusAsync();
            Assert.True(wait.Elapsed < ChaosSize.Patience, $"Only {Models.Counters.PaidRequests} of {Size.Calls} calls after {wait.Elapsed}. The host said:\n{_host!.Tail()}");
        }
    }

    public Task PauseAsync(TimeSpan time) => Task.Delay(time, _cancel);

    public Task KillHostAsync() => _host!.KillAsync();

    public Task StopHostAsync() => _host!.StopAsync(_cancel);

    /// <summary>Starts it again, and takes the time until it calls a model, where a call is left.</summary>
    public async Task StartHostAsync()
    {
        var (clock, before) = (Stopwatch.StartNew(), Models.Counters.Calls);
        await _host!.StartAsync(_cancel);
        if (Models.Counters.PaidRequests == Size.Calls)
            return;
        var wasHeld = false;
        for (; Models.Counters.Calls == before; await Task.Delay(5, _cancel))
        {
            wasHeld |= clock.Elapsed > Unusual && await StatusAsync() == "Suspended";
            Assert.True(clock.Elapsed < ChaosSize.Patience, $"No call {clock.Elapsed} after the host was started. It said:\n{_host.Tail()}");
        }

        if (!wasHeld && (Back is null || clock.Elapsed > Back))
            Back = clock.Elapsed;
    }

    public void KillStorage() => _storage.Kill();

    public Task StopStorageAsync() => _storage.StopAsync(_cancel);

    public async Task StartStorageAsync() =>
        _storage = await AzuriteLauncher.StartAsync(_options with { Port = _storage.Port }, _cancel);

    public void CutStorage() => _toStorage.Cut();

    public void MendStorage() => _toStorage.Mend();

    public void FillDisk() => _disk!.Fill();

    public void FreeDisk() => _disk!.Free();

    public void CutModels() => _toModels.Cut();

    public void MendModels() => _toModels.Mend();

    /// <summary>To be called when nothing is written, between a fault and its end: what is lost by then may be paid for again.</summary>
    public async Task CountLostAsync()
    {
        // What was on its way to the endpoint still arrives.
        for (long before = -1; before != Models.Counters.Paid;)
        {
            before = Models.Counters.Paid;
            await Task.Delay(2 * ChaosSize.Latency, _cancel);
        }

        var recorded = await Store().Parts.ReadAllAsync(Run, _cancel).CountAsync(placed => placed.Line.Record is not null, _cancel);
        Bound = Math.Max(Bound, Models.Counters.Paid - recorded);
    }

    public async Task<string> FollowToEndAsync()
    {
        for (var wait = Stopwatch.StartNew(); wait.Elapsed < ChaosSize.Patience; await Task.Delay(50, _cancel))
        {
            if (await StatusAsync() is ("Completed" or "Failed" or "Terminated") and var ended)
            {
                Assert.True(ended == "Completed", await GoingAsync());
                return await _host!.Http.GetStringAsync($"api/runs/{Run}/leaderboard", _cancel);
            }
        }

        throw new TimeoutException($"The run has not ended after {ChaosSize.Patience}. Its instances:\n{await GoingAsync()}\nThe host said:\n{_host!.Tail()}");
    }

    /// <summary>An order that the storage has forgotten is given again by who gave it: to resume.</summary>
    /// <returns>Null: the host is not back yet.</returns>
    private async Task<string?> StatusAsync()
    {
        try
        {
            var status = await _host!.Http.GetFromJsonAsync<JsonElement>($"runtime/webhooks/durabletask/instances/{Run}", _cancel);
            var name = status.GetProperty("runtimeStatus").GetString();
            if (name == "Suspended")
                await SteerAsync("resume");
            return name;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>What has not ended well, for the reader of a failure.</summary>
    private async Task<string> GoingAsync()
    {
        try
        {
            var all = await _host!.Http.GetFromJsonAsync<JsonElement[]>("runtime/webhooks/durabletask/instances", _cancel);
            return string.Join('\n', all!.Where(one => one.GetProperty("runtimeStatus").GetString() != "Completed").Select(one => one.ToString()));
        }
        catch (HttpRequestException silent)
        {
            return silent.Message;
        }
    }

    public Task<Records> ReadRecordsAsync() => Records.ReadAsync(Store(), Run, Size, _cancel);

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
            await _host.DisposeAsync();
        await _toModels.DisposeAsync();
        await _toStorage.DisposeAsync();
        await Models.DisposeAsync();
        await _storage.DisposeAsync();
    }

    /// <summary>A new one for every look: one that remembers would store again what the storage has lost.</summary>
    private ArenaContainer Store() => SmallBenchmark.Open(_storage.ConnectionString, _container);
}
