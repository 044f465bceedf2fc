using ArenaBench.Core.Judging;
using ArenaBench.Core.Records;
using ArenaBench.Core.Storage;

namespace ArenaBench.Functions.Browsing;

/// <summary>What a row's games say of its model.</summary>
internal static class Verdicts
{
    /// <summary>2 much better than the baseline … −2 much worse; null without a verdict. In game 1 the baseline is A, in game 2 the model.</summary>
    public static int? ForModel(int? game, Score? score) => score?.Verdict is { } verdict
        ? game == 1 ? (int)verdict - (int)Verdict.Tie : (int)Verdict.Tie - (int)verdict
        : null;

    public static double? Rating(QuestionRow row) =>
        row.Games.Select(game => game.Score?.Rating).OfType<double>().Cast<double?>().DefaultIfEmpty().Average();

    /// <summary>By which two models are compared on one question: the rating, or the verdicts from 2 (much better than the baseline) to −2.</summary>
    public static double? Value(QuestionRow row) =>
        Rating(row) ?? row.Games.Select(Value).OfType<int>().Select(value => (double?)value).DefaultIfEmpty().Average();

    public static bool IsUnscored(QuestionRow row) => row.Games.Any(game => game.Score?.Unscored is not null);

    public static bool HasFailed(QuestionRow row) => Failed(row).Any();

    /// <param name="reason">A status in snake case.</param>
    public static bool FailedWith(QuestionRow row, string reason) => Reasons(row).Contains(reason);

    /// <summary>Statuses of what failed, in snake case.</summary>
    public static IEnumerable<string> Reasons(QuestionRow row) =>
        Failed(row).Select(record => record.Status.Name());

    private static IEnumerable<IndexRow> Failed(QuestionRow row) =>
        row.Games.Where(game => game.Score is null).Concat(row.Answer is { } answer && !answer.Status.HasRecord() ? [answer] : []);

    /// <summary>One judge's two games prefer different models.</summary>
    public static bool GamesDisagree(QuestionRow row) => row.Games.GroupBy(game => game.Key.Judge).Any(games => Differ(games.Select(Sign)));

    /// <summary>Two judges prefer different models, or their ratings are more than a point apart.</summary>
    public static bool JudgesDisagree(QuestionRow row)
    {
        var judges = row.Games.GroupBy(game => game.Key.Judge).ToArray();
        var ratings = row.Games.Select(game => game.Score?.Rating).OfType<double>().ToArray();
        return ratings.Length > 1 && ratings.Max() - ratings.Min() > 1
            || judges.Length > 1 && Differ(judges.Select(games => Math.Sign(games.Sum(game => Sign(game) ?? 0))).Cast<int?>());
    }

    /// <summary>Won, lost or tied over all of the row's games; null without a verdict.</summary>
    public static int? Outcome(QuestionRow row)
    {
        var games = row.Games.Select(Value).OfType<int>().ToArray();
        return games.Length == 0 ? null : Math.Sign(games.Sum());
    }

    private static int? Value(IndexRow game) => ForModel(game.Key.GameNumber, game.Score);

    private static int? Sign(IndexRow game) => Value(game) is { } value ? Math.Sign(value) : null;

    private static bool Differ(IEnumerable<int?> signs)
    {
        var all = signs.ToArray();
        return all.Contains(1) && all.Contains(-1);
    }
}
