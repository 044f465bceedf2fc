using ArenaBench.Core.Models.Coordination;
using ArenaBench.Core.Models.Limits;

namespace ArenaBench.Core.Tests.Models.Coordination;

public sealed class ShareRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Host_that_is_alone_holds_all() => Assert.Equal(64, ShareRules.Limit(Host("a", wanted: 1), [], Now));

    [Fact]
    public void Newcomer_takes_only_what_is_free()
    {
        var newcomer = Host("b", wanted: 64);

        Assert.Equal(0, ShareRules.Limit(newcomer, [Host("a", wanted: 64, granted: 64)], Now));
        Assert.Equal(10, ShareRules.Limit(newcomer, [Host("a", wanted: 64, granted: 54)], Now));
        Assert.Equal(32, ShareRules.Limit(newcomer, [Host("a", wanted: 64, granted: 32)], Now));
    }

    [Fact]
    public void Who_wants_little_gets_it_and_the_rest_goes_to_the_others()
    {
        var (a, b, c) = (Host("a", wanted: 4), Host("b", wanted: 100), Host("c", wanted: 100));

        Assert.Equal([4, 30, 30], new[] { ShareRules.Limit(a, [b, c], Now), ShareRules.Limit(b, [a, c], Now), ShareRules.Limit(c, [a, b], Now) });
    }

    [Fact]
    public void Smallest_known_limit_holds()
    {
        Assert.Equal(4, ShareRules.Limit(Host("a", wanted: 64), [Host("b", wanted: 64) with { Parallel = 8 }], Now));
        Assert.Equal(
            new EndpointLimits(8, 300, 1000),
            ShareRules.Whole(Host("a", wanted: 1) with { Rpm = 600, Tpm = 1000 }, [Host("b", wanted: 1) with { Parallel = 8, Rpm = 300 }, Host("c", wanted: 1)]));
    }

    [Fact]
    public void Where_places_are_fewer_than_hosts_they_go_round()
    {
        var (a, b, c) = (Host("a", 1) with { Parallel = 1 }, Host("b", 1) with { Parallel = 1 }, Host("c", 1) with { Parallel = 1 });

        var rounds = Enumerable.Range(0, 3).Select(round => Now.AddSeconds(20 * round))
            .Select(now => new[] { ShareRules.Limit(a, [b, c], now), ShareRules.Limit(b, [a, c], now), ShareRules.Limit(c, [a, b], now) }).ToList();

        Assert.All(rounds, round => Assert.Equal(1, round.Sum()));
        Assert.Equal([1, 1, 1], Enumerable.Range(0, 3).Select(host => rounds.Sum(round => round[host])));
    }

    [Fact]
    public void Vanished_host_frees_its_part_after_half_a_minute_and_a_dead_process_at_once()
    {
        var file = new ShareFile(1, [Host("gone", 64, 64) with { Seen = Now.AddSeconds(-31) }, Host("alive", 64, 0) with { Seen = Now.AddSeconds(-29) }, Host("self", 1)]);

        Assert.Equal(["alive"], ShareRules.Others(file, "self", Now, _ => false).Select(host => host.Host));
        Assert.Empty(ShareRules.Others(file, "self", Now, _ => true));
    }

    /// <summary>Hosts renew in any order, calls last long after a limit has shrunk, hosts come and vanish: never is more in flight than allowed.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Together_hosts_never_have_more_in_flight_than_the_limit(int seed)
    {
        var random = new Random(seed);
        var file = ShareFile.Empty;
        var now = Now;
        var hosts = new Dictionary<string, (int Limit, int InFlight, int Wanted)>();
        var total = 0;
        for (var step = 0; step < 5000; step++)
        {
            now = now.AddSeconds(random.NextDouble());
            if (hosts.Count < 5 && random.Next(20) == 0)
                hosts[$"h{step:0000}"] = (0, 0, random.Next(1, 100));
            if (hosts.Count == 0)
                continue;
            var name = hosts.Keys.ElementAt(random.Next(hosts.Count));
            var (limit, inFlight, wanted) = hosts[name];
            switch (random.Next(10))
            {
                case 0 when inFlight == 0 && random.Next(4) == 0:
                    // Leaves as a host does that stops: its calls have ended, its entry stays until it expires.
                    hosts.Remove(name);
                    continue;
                case < 4:
                    var others = ShareRules.Others(file, name, now, _ => false);
                    var mine = new HostShare(name, "m", 1, Now, now, wanted, 0, 64);
                    limit = ShareRules.Limit(mine, others, now);
                    file = new ShareFile(1, [.. others, mine with { Granted = Math.Max(limit, inFlight) }]);
                    break;
                case < 7:
                    inFlight = Math.Max(inFlight, Math.Min(limit, wanted));
                    break;
                default:
                    (inFlight, wanted) = (random.Next(inFlight + 1), random.Next(1, 100));
                    break;
            }

            // A host that has not renewed in time lets nobody in (the fence); here every host renews often enough or has no calls.
            if (file.Hosts.FirstOrDefault(host => host.Host == name) is { } entry && now - entry.Seen > TimeSpan.FromSeconds(22))
                (limit, inFlight) = (0, 0);
            hosts[name] = (limit, inFlight, wanted);
            foreach (var idle in hosts.Keys.Where(key => now - (file.Hosts.FirstOrDefault(host => host.Host == key)?.Seen ?? now) > TimeSpan.FromSeconds(22)).ToList())
                hosts[idle] = hosts[idle] with { Limit = 0, InFlight = 0 };
            Assert.InRange(hosts.Values.Sum(host => host.InFlight), 0, 64);
            total += hosts.Values.Sum(host => host.InFlight);
        }

        Assert.True(total > 5000 * 10, "the simulated hosts hardly called");
    }

    private static HostShare Host(string name, int wanted, int granted = 0) => new(name, "machine", 1, Now, Now, wanted, granted, 64);
}
