using ArenaBench.Signatures;

namespace ArenaBench.LocalRuntime.Tests.Signatures;

/// <summary>What one surface says and another does not, each with the nearest lines of the other.</summary>
internal static class SurfaceComparison
{
    public static IReadOnlyList<string> Differences(Surface declared, Surface published)
    {
        var differences = new List<string>();
        foreach (var (type, facts) in declared.Types)
        {
            if (!published.Types.TryGetValue(type, out var known))
            {
                differences.Add($"{type}: no such public type");
                continue;
            }

            foreach (var fact in facts.Where(f => !known.Contains(f)))
                differences.Add($"{type}: {fact}{Near(fact, known)}");
        }

        return differences;
    }

    private static string Near(string fact, IEnumerable<string> known)
    {
        var name = Name(fact);
        var near = known.Where(k => Name(k) == name).ToList();
        return near.Count == 0 ? "\n    nothing of that name" : string.Concat(near.Select(n => "\n    is: " + n));
    }

    /// <summary>The word before the parameters, the accessors or the value.</summary>
    private static string Name(string fact)
    {
        var end = fact.IndexOfAny(['(', '{', '=', ':']);
        var head = (end < 0 ? fact : fact[..end]).TrimEnd();
        var generic = head.EndsWith('>') ? head.LastIndexOf('<') : -1;
        if (generic > 0 && head.LastIndexOf(' ') < generic) head = head[..generic];
        return head[(head.LastIndexOf(' ') + 1)..];
    }
}
