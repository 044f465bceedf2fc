namespace ArenaBench.Core.Scoring;

/// <summary>Scores pairwise games. Pure: the same table, options and seed give the same numbers to the last bit, on any number of
/// threads, in whatever order the games were added. See docs/statistics.md.</summary>
public static class PairwiseScoring
{
    /// <param name="threads">0: one per processor.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static PairwiseScores Score(
        BattleTable table, PairwiseOptions? options = null, int threads = 0, CancellationToken cancellationToken = default)
    {
        options ??= PairwiseOptions.Default;
        options.Validate();
        var run = new PairwiseRun(table, options);
        run.Run(threads, cancellationToken);
        return new(table, options, run);
    }

    /// <summary>One leaderboard per category of <see cref="PairwiseOptions.Categories"/> (all when null), then, of several, the pooled one.</summary>
    public static IReadOnlyList<PairwiseScores> ScoreByCategory(
        BattleTable table, PairwiseOptions? options = null, int threads = 0, CancellationToken cancellationToken = default)
    {
        options ??= PairwiseOptions.Default;
        var categories = options.Categories ?? table.Categories;
        return ScoreEach(table, options, categories, name => options with { Categories = [name] }, threads, cancellationToken);
    }

    /// <summary>One leaderboard per judge of <see cref="PairwiseOptions.Judges"/> (all when null), then, of several, the ensemble's.</summary>
    public static IReadOnlyList<PairwiseScores> ScoreByJudge(
        BattleTable table, PairwiseOptions? options = null, int threads = 0, CancellationToken cancellationToken = default)
    {
        options ??= PairwiseOptions.Default;
        var judges = options.Judges ?? table.Judges;
        return ScoreEach(table, options, judges, name => options with { Judges = [name] }, threads, cancellationToken);
    }

    private static List<PairwiseScores> ScoreEach(
        BattleTable table, PairwiseOptions options, IReadOnlyList<string> names, Func<string, PairwiseOptions> only, int threads,
        CancellationToken cancellationToken)
    {
        var scores = names.Select(name => Score(table, only(name), threads, cancellationToken)).ToList();
        if (names.Count != 1)
            scores.Add(Score(table, options, threads, cancellationToken));
        return scores;
    }
}
