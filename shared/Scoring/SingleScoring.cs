namespace ArenaBench.Core.Scoring;

/// <summary>Scores single ratings by their mean. Pure: the same table, options and seed give the same numbers to the last bit.</summary>
public static class SingleScoring
{
    /// <param name="threads">0: one per processor.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static SingleScores Score(
        RatingTable table, SingleOptions? options = null, int threads = 0, CancellationToken cancellationToken = default)
    {
        options ??= SingleOptions.Default;
        options.Validate();
        var scope = RatingScope.Of(table, options);
        var score = new double[table.Models.Count];
        for (var m = 0; m < score.Length; m++)
            score[m] = scope.Mean(m, []);

        var rounds = scope.Drawn.Length > 1 ? options.Bootstrap.Rounds : 0;
        var draws = rounds == 0 ? null : new Draws(rounds, [.. score.Select(s => double.IsNaN(s) ? null : new double[rounds])], []);
        Rounds.Run(rounds, threads, () =>
        {
            var times = new double[table.Questions.Count];
            return round =>
            {
                QuestionDraw.Into(times, scope.Drawn, options.Bootstrap.Seed, round);
                for (var m = 0; m < score.Length; m++)
                {
                    if (draws!.Score[m] is { } column)
                        column[round] = scope.Mean(m, times);
                }
            };
        }, cancellationToken);
        return new(table, options, scope, score, draws);
    }

    /// <summary>One leaderboard per category of <see cref="SingleOptions.Categories"/> (all when null), then, of several, the pooled one.</summary>
    public static IReadOnlyList<SingleScores> ScoreByCategory(
        RatingTable table, SingleOptions? options = null, int threads = 0, CancellationToken cancellationToken = default)
    {
        options ??= SingleOptions.Default;
        var categories = options.Categories ?? table.Categories;
        var scores = categories.Select(name => Score(table, options with { Categories = [name] }, threads, cancellationToken)).ToList();
        if (categories.Count != 1)
            scores.Add(Score(table, options, threads, cancellationToken));
        return scores;
    }
}
