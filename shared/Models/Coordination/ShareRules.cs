using ArenaBench.Core.Models.Limits;

namespace ArenaBench.Core.Models.Coordination;

/// <summary>
/// How hosts divide an endpoint. Each changes only its own entry, by compare-and-swap, and takes no more than what the
/// others' entries leave: one shrinks, and only then another grows. Pure: every host computes the same from the same file.
/// </summary>
internal static class ShareRules
{
    /// <summary>An entry not renewed for so long is a vanished host's.</summary>
    public static readonly TimeSpan Expiry = TimeSpan.FromSeconds(30);

    /// <summary>Where there are more hosts than places, the places go round.</summary>
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(20);

    /// <summary>The others that count.</summary>
    public static IReadOnlyList<HostShare> Others(ShareFile file, string self, DateTimeOffset now, Func<HostShare, bool> isGone) =>
        [.. file.Hosts.Where(host => host.Host != self && now - host.Seen < Expiry && !isGone(host))];

    /// <summary>The whole endpoint's limits: the least that any host knows.</summary>
    public static EndpointLimits Whole(HostShare self, IReadOnlyList<HostShare> others)
    {
        var hosts = others.Append(self).ToArray();
        return new EndpointLimits(hosts.Min(host => host.Parallel), hosts.Min(host => host.Rpm), hosts.Min(host => host.Tpm));
    }

    /// <summary>What this host may have in flight from now on: its fair part, as far as the others have left it.</summary>
    public static int Limit(HostShare self, IReadOnlyList<HostShare> others, DateTimeOffset now)
    {
        var total = Whole(self, others).Parallel;
        var free = total - others.Sum(other => other.Granted);
        return Math.Clamp(Math.Min(FairPart(self, others, total, now), free), 0, total);
    }

    /// <summary>Nobody gets less than an equal part unless it wants less; what is left over is divided too, so that a lone host has all.</summary>
    private static int FairPart(HostShare self, IReadOnlyList<HostShare> others, int total, DateTimeOffset now)
    {
        var turn = now.ToUnixTimeSeconds() / (long)Round.TotalSeconds;
        var hosts = others.Append(self).OrderBy(host => host.Host, StringComparer.Ordinal).ToArray();
        // Rotated only where some get nothing: otherwise places would wander for no gain.
        if (total < hosts.Length)
            hosts = [.. hosts[(int)(turn % hosts.Length)..], .. hosts[..(int)(turn % hosts.Length)]];

        var parts = new int[hosts.Length];
        var left = total;
        for (var unmet = hosts.Length; unmet > 0 && left > 0;)
        {
            unmet = 0;
            for (var i = 0; i < hosts.Length && left > 0; i++)
            {
                if (parts[i] >= Math.Max(1, hosts[i].Wanted))
                    continue;
                (parts[i], left, unmet) = (parts[i] + 1, left - 1, unmet + 1);
            }
        }

        for (var i = 0; left > 0; i = (i + 1) % hosts.Length)
            (parts[i], left) = (parts[i] + 1, left - 1);
        return parts[Array.IndexOf(hosts, self)];
    }
}
