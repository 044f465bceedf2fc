using System.Diagnostics;
using ArenaBench.Azurite;
using ArenaBench.Testing;

namespace ArenaBench.Chaos;

/// <summary>Whatever breaks during a run: it ends by itself, nothing is lost or there twice, the leaderboard is the undisturbed run's
/// to the byte, and nothing is paid for twice but what was in flight.</summary>
public sealed class ChaosTests
{
    private static readonly Fault Nothing = new("nothing", 0, _ => Task.CompletedTask);
    private static string? _undisturbed;

    public static TheoryData<string> Faults =>
        [.. Fault.All(ChaosSize.Current).Select(fault => fault.Name).Where(name => name.Contains(ChaosSize.Only, StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Run_Ends_Whole_Unchanged_AndPaidOnce_Though(string fault)
    {
        if (await AzuriteLauncher.WhatIsMissingAsync(TestContext.Current.CancellationToken) is { } missing)
            Assert.Skip(missing);
        _undisturbed ??= (await RunAsync(Nothing)).Leaderboard;

        var breaking = Fault.All(ChaosSize.Current).Single(known => known.Name == fault);
        var (row, leaderboard) = await RunAsync(breaking);

        ChaosTable.Add(row);
        Assert.Equal((0, 0), (row.Lost, row.Duplicated));
        Assert.Equal(_undisturbed, leaderboard);
        Assert.InRange(row.PaidAgain, 0, row.Bound);
        // Two lanes for each call that may be at an endpoint: for either model, answering and judging.
        if (!breaking.Forgets)
            Assert.InRange(row.Bound, 0, row.Times * 2 * 2 * ChaosSize.Models.Length * ChaosSize.Parallel);
    }

    private static async Task<(ChaosRow Row, string Leaderboard)> RunAsync(Fault fault)
    {
        using var disk = fault.OnSmallDisk ? SmallDisk.MountOrSkip() : null;
        using var folder = new TempFolder("arenabench-chaos");
        await using var world = await ChaosWorld.StartAsync(
            disk?.Path ?? folder.Path, ChaosSize.Current, disk, TestContext.Current.CancellationToken);
        var wall = Stopwatch.StartNew();

        await fault.StrikeAllAsync(world);
        var leaderboard = await world.FollowToEndAsync();

        var records = await world.ReadRecordsAsync();
        var row = new ChaosRow(fault.Name, fault.Times, records.Lost, records.Duplicated, world.Models.Counters.PaidAgain, world.Bound, world.Back, wall.Elapsed);
        return (row, leaderboard);
    }
}
