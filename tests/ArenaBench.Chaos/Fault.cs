namespace ArenaBench.Chaos;

/// <summary>Something that breaks during a run, at points drawn from the seed.</summary>
/// <param name="Times">How often it strikes during one run.</param>
/// <param name="StrikeAsync">Breaks and mends once, and counts what is lost in between.</param>
/// <param name="Forgets">The storage loses seconds of what it had acknowledged: more than what was in flight may be gone.</param>
/// <param name="From">The share of the calls after which it strikes first.</param>
internal sealed record Fault(string Name, int Times, Func<ChaosWorld, Task> StrikeAsync, double From = 0.05, double To = 0.95, bool OnSmallDisk = false, bool Forgets = false)
{
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(2);

    /// <summary>All of them, in one place.</summary>
    public static IReadOnlyList<Fault> All(ChaosSize size) =>
    [
        new("the host is killed (SIGKILL)", size.Kills, KillHostAsync),
        new("the host is stopped (SIGTERM) and started", size.Repeats, StopHostAsync),
        new("the host is killed at fan-in, while it publishes and scores", size.Repeats, KillHostAtFanInAsync, From: 1, To: 1),
        new("Azurite is stopped (SIGTERM) and started", size.Repeats, StopStorageAsync),
        new("Azurite is killed (SIGKILL) and forgets its last seconds", size.Repeats, KillStorageAsync, Forgets: true),
        new("host and Azurite are killed together, as by a power cut", size.Repeats, KillBothAsync, Forgets: true),
        new("the storage cannot be reached for 2 s", size.Repeats, CutStorageAsync),
        new("the endpoint cannot be reached for 2 s", size.Repeats, CutModelsAsync),
        new("the storage's disk is full for 2 s", size.Repeats, FillDiskAsync, OnSmallDisk: true),
    ];

    public async Task StrikeAllAsync(ChaosWorld world)
    {
        if (Forgets)
            await world.SettleAsync();
        var points = Enumerable.Range(0, Times).Select(_ => From + (To - From) * world.Random.NextDouble()).Order().ToList();
        foreach (var point in points)
        {
            await world.UntilPaidAsync(point);
            await world.PauseAsync(TimeSpan.FromMilliseconds(world.Random.Next((int)ChaosSize.Latency.TotalMilliseconds)));
            await StrikeAsync(world);
        }
    }

    private static async Task KillHostAsync(ChaosWorld world)
    {
        await world.KillHostAsync();
        await world.CountLostAsync();
        await world.StartHostAsync();
    }

    private static async Task StopHostAsync(ChaosWorld world)
    {
        await world.StopHostAsync();
        await world.CountLostAsync();
        await world.StartHostAsync();
    }

    private static async Task KillHostAtFanInAsync(ChaosWorld world)
    {
        // Somewhere between the last answer and the end.
        await world.PauseAsync(ChaosSize.Latency + TimeSpan.FromMilliseconds(world.Random.Next(200)));
        await KillHostAsync(world);
    }

    private static async Task StopStorageAsync(ChaosWorld world)
    {
        await world.StopStorageAsync();
        await BringBackAsync(world);
    }

    private static async Task KillStorageAsync(ChaosWorld world)
    {
        world.KillStorage();
        await BringBackAsync(world);
    }

    /// <summary>The host does not see it before it was looked at: what it then writes again was not lost.</summary>
    private static async Task BringBackAsync(ChaosWorld world)
    {
        world.CutStorage();
        await world.StartStorageAsync();
        await world.CountLostAsync();
        world.MendStorage();
    }

    private static async Task KillBothAsync(ChaosWorld world)
    {
        await world.KillHostAsync();
        world.KillStorage();
        await world.StartStorageAsync();
        await KillHostAsync(world);
    }

    private static async Task CutStorageAsync(ChaosWorld world)
    {
        world.CutStorage();
        await world.PauseAsync(Outage);
        await world.CountLostAsync();
        world.MendStorage();
    }

    private static async Task CutModelsAsync(ChaosWorld world)
    {
        world.CutModels();
        await world.PauseAsync(Outage);
        await world.CountLostAsync();
        world.MendModels();
    }

    private static async Task FillDiskAsync(ChaosWorld world)
    {
        world.FillDisk();
        await world.PauseAsync(Outage);
        world.FreeDisk();
        await world.CountLostAsync();
    }
}
