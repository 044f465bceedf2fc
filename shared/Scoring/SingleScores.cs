namespace ArenaBench.Core.Scoring;

/// <summary>A leaderboard of mean ratings, and what its bootstrap rounds can still be asked.</summary>
public sealed class SingleScores
{
    private readonly RatingTable _table;
    private readonly double[] _score;
    private readonly Draws? _draws;

    internal SingleScores(RatingTable table, SingleOptions options, RatingScope scope, double[] score, Draws? draws)
    {
        _table = table;
        _score = score;
        _draws = draws;
        var places = Ranks.Of(score, draws, options.Bootstrap.Confidence);
        var rows = Shown(table).Select(m => new SingleRow(
            table.Models[m], places[m]?.Rank, places[m]?.Best, places[m]?.Worst,
            Mean(m, options, scope), AverageTokens(table, scope, m), scope.Counts(m)));
        Leaderboard = new(scope.Selection.Categories, scope.Selection.Judges, options,
            [.. rows.OrderBy(r => r.Rank ?? int.MaxValue).ThenBy(r => r.Model, StringComparer.Ordinal)], scope.Notes);
    }

    public SingleLeaderboard Leaderboard { get; }

    /// <summary>Whether one model is better than another, paired by question.</summary>
    /// <exception cref="ArgumentException">A model is not on the leaderboard.</exception>
    public ModelComparison Compare(string first, string second)
    {
        int a = Find(first), b = Find(second);
        return Comparisons.Of(first, second, _score[a], _score[b], _draws?.Score[a], _draws?.Score[b],
            Leaderboard.Options.Bootstrap, 1, "rating points");
    }

    /// <summary>Answers alone make no row, unless nothing was judged at all.</summary>
    private static IEnumerable<int> Shown(RatingTable table)
    {
        var judged = new bool[table.Models.Count];
        foreach (var rating in table.Ratings)
            judged[rating.Model] = true;
        return Enumerable.Range(0, judged.Length).Where(m => table.Ratings.Length == 0 || judged[m] || !HasAnswers(table, m));
    }

    private static bool HasAnswers(RatingTable table, int model) =>
        table.Tokens.AsSpan(model * table.Questions.Count, table.Questions.Count).ContainsAnyExcept(-1);

    private Estimate Mean(int m, SingleOptions options, RatingScope scope)
    {
        if (double.IsNaN(_score[m]))
            return Estimate.None("no valid rating of this model in this scope");
        if (_draws?.Score[m] is not { } rounds)
            return new(_score[m], null, null, null, scope.Drawn.Length > 1 ? Intervals.NoRounds : Intervals.OneQuestion);
        return Intervals.Of(_score[m], rounds, options.Bootstrap, x => x) with { StandardError = ClusterError.Of(scope.Cells[m]) };
    }

    private static double? AverageTokens(RatingTable table, RatingScope scope, int model)
    {
        double tokens = 0, answers = 0;
        for (var q = 0; q < table.Questions.Count; q++)
        {
            var count = table.Tokens[(model * table.Questions.Count) + q];
            if (count < 0 || !scope.Selection.Category[table.CategoryOf[q]])
                continue;
            tokens += count;
            answers++;
        }

        return answers == 0 ? null : tokens / answers;
    }

    private int Find(string model)
    {
        for (var m = 0; m < _table.Models.Count; m++)
        {
            if (_table.Models[m] == model)
                return m;
        }

        throw new ArgumentException($"There is no model \"{model}\" on this leaderboard.", nameof(model));
    }
}
