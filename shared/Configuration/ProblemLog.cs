namespace ArenaBench.Core.Configuration;

/// <summary>Collects problems of large inputs: all are counted, the first ones kept.</summary>
public sealed class ProblemLog(int keep = 100)
{
    private readonly List<Problem> kept = [];

    /// <summary>How many there were, kept or not.</summary>
    public int Count { get; private set; }

    public IReadOnlyList<Problem> Kept => kept;

    public void Add(Problem problem)
    {
        Count++;
        if (kept.Count < keep) kept.Add(problem);
    }

    public void AddRange(IEnumerable<Problem> problems)
    {
        foreach (var problem in problems) Add(problem);
    }

    /// <exception cref="ProblemException">There are any: what was kept, and how many more.</exception>
    public void ThrowIfAny()
    {
        if (Count == 0) return;
        throw new ProblemException(Count == kept.Count
            ? kept
            : [.. kept, new Problem(null, null, null, $"and {Count - kept.Count} more")]);
    }
}
