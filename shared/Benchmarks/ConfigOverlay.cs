using ArenaBench.Core.Configuration;

namespace ArenaBench.Core.Benchmarks;

internal static class ConfigOverlay
{
    /// <summary>The keys of <paramref name="replacing"/>, then those of <paramref name="under"/> that it does not have.</summary>
    public static ConfigNode Over(ConfigNode? under, ConfigNode replacing, ICollection<Problem> problems)
    {
        if (replacing is not ConfigMap map)
        {
            problems.Add(replacing.Problem($"{replacing.Path} wants the keys of a judge configuration"));
            return under ?? replacing;
        }
        if (under is not ConfigMap below) return map;
        var replaced = map.Entries.Select(e => e.Key.Value).ToHashSet(StringComparer.Ordinal);
        return map with { Entries = [.. map.Entries, .. below.Entries.Where(e => !replaced.Contains(e.Key.Value))] };
    }
}
