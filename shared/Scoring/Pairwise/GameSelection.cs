using ArenaBench.Core.Judging;

namespace ArenaBench.Core.Scoring;

/// <summary>Which categories and judges of a table a leaderboard is about.</summary>
internal sealed record GameSelection(bool[] Category, bool[] Judge, IReadOnlyList<string> Categories, IReadOnlyList<string> Judges)
{
    public static GameSelection Of(
        IReadOnlyList<string> allCategories, IReadOnlyList<string> allJudges,
        IReadOnlyList<string>? categories, IReadOnlyList<string>? judges, List<ScoringNote> notes)
    {
        var (category, categoryNames) = Pick("category", allCategories, categories, notes);
        var (judge, judgeNames) = Pick("judge", allJudges, judges, notes);
        return new(category, judge, categoryNames, judgeNames);
    }

    private static (bool[] Picked, IReadOnlyList<string> Names) Pick(
        string what, IReadOnlyList<string> all, IReadOnlyList<string>? wanted, List<ScoringNote> notes)
    {
        var picked = new bool[all.Count];
        if (wanted is null)
        {
            Array.Fill(picked, true);
            return (picked, all);
        }

        foreach (var name in wanted.Distinct(StringComparer.Ordinal))
        {
            var at = 0;
            while (at < all.Count && all[at] != name)
                at++;
            if (at < all.Count)
                picked[at] = true;
            else
                notes.Add(new($"unknown_{what}", $"There is no {what} \"{name}\"; there are: {string.Join(", ", all)}."));
        }

        return (picked, [.. all.Where((_, i) => picked[i])]);
    }
}

/// <summary>The votes a verdict is worth, seen from the model.</summary>
internal static class Votes
{
    /// <param name="game">In game 1 the baseline was shown as A, in game 2 the model.</param>
    public static (double Won, double Tied, double Lost) Of(Verdict verdict, int game, double strong)
    {
        var towardsA = verdict switch
        {
            Verdict.AMuchBetter => strong,
            Verdict.ABetter => 1,
            Verdict.BBetter => -1,
            Verdict.BMuchBetter => -strong,
            _ => 0,
        };
        var towardsModel = game == 1 ? -towardsA : towardsA;
        return towardsModel switch
        {
            > 0 => (towardsModel, 0, 0),
            < 0 => (0, 0, -towardsModel),
            _ => (0, 1, 0),
        };
    }
}
