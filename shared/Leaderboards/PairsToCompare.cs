using ArenaBench.Core.Configuration;

namespace ArenaBench.Core.Leaderboards;

/// <summary>Which pairs of models a leaderboard says the difference of.</summary>
internal static class PairsToCompare
{
    /// <param name="models">In the leaderboard's order, those with a score.</param>
    /// <param name="wanted">One: with every other. Several: every two of them. None: each model with the next.</param>
    /// <exception cref="ProblemException">A name is not on the leaderboard.</exception>
    public static IEnumerable<(string First, string Second)> Of(IReadOnlyList<string> models, IReadOnlyList<string>? wanted)
    {
        if (wanted is null)
            return models.Zip(models.Skip(1));
        var unknown = wanted.Where(name => !models.Contains(name)).ToList();
        if (unknown.Count > 0)
        {
            throw new ProblemException([.. unknown.Select(name => new Problem(null, null, null,
                $"compare names {name}, which has no score on this leaderboard{Nearest.Hint(name, models)}"))]);
        }

        return wanted.Count == 1
            ? models.Where(model => model != wanted[0]).Select(model => (wanted[0], model))
            : wanted.SelectMany((first, at) => wanted.Skip(at + 1).Where(second => second != first).Select(second => (first, second)));
    }
}
