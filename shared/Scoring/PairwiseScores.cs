namespace ArenaBench.Core.Scoring;

/// <summary>A leaderboard, and what its bootstrap rounds can still be asked.</summary>
public sealed class PairwiseScores
{
    private readonly BattleTable _table;
    private readonly PairwiseRun _run;

    internal PairwiseScores(BattleTable table, PairwiseOptions options, PairwiseRun run)
    {
        _table = table;
        _run = run;
        var anchor = run.Scope.Anchor;
        Leaderboard = new(
            run.Scope.Selection.Categories, run.Scope.Selection.Judges, anchor < 0 ? null : table.Models[anchor], options,
            PairwiseRows.Of(table, options, run), PairwiseReport.Style(options, run), PairwiseReport.Fit(table, run),
            run.Scope.Consistency, PairwiseReport.Notes(table, options, run),
            run.Scope.JudgeHabits, run.Scope.JudgeAgreement);
    }

    public PairwiseLeaderboard Leaderboard { get; }

    /// <summary>Whether one model is better than another, paired by question.</summary>
    /// <exception cref="ArgumentException">A model is not on the leaderboard.</exception>
    public ModelComparison Compare(string first, string second)
    {
        int a = Find(first), b = Find(second);
        return Comparisons.Of(first, second, _run.Score[a], _run.Score[b], _run.Draws?.Score[a], _run.Draws?.Score[b],
            Leaderboard.Options.Bootstrap, 100, "points") with { Questions = QuestionsOfBoth(a, b) };
    }

    /// <summary>Questions on which games of both count, those in which one is the baseline included.</summary>
    private int QuestionsOfBoth(int first, int second)
    {
        var battles = _run.Scope.Battles;
        bool[] ofFirst = QuestionsOf(first), ofSecond = QuestionsOf(second);
        var both = 0;
        for (var q = 0; q < ofFirst.Length; q++)
            both += ofFirst[q] && ofSecond[q] ? 1 : 0;
        return both;

        bool[] QuestionsOf(int model)
        {
            var questions = new bool[battles.Questions];
            foreach (var group in battles.Groups)
            {
                for (var row = group.Start; (group.Model == model || group.Baseline == model) && row < group.End && battles.Weight[row] > 0; row++)
                    questions[battles.Question[row]] = true;
            }

            return questions;
        }
    }

    /// <summary>What the strengths imply for every pair of models, in the leaderboard's order.</summary>
    public WinRateMatrix WinRates()
    {
        var strengths = Leaderboard.Rows.Select(r => r.Elo.Value).ToArray();
        var rows = strengths.Select(a => (IReadOnlyList<double?>)[.. strengths.Select(b =>
            a is { } x && b is { } y ? 100 * Logistic.Of((x - y) * PairwiseReport.LogitPerElo) : (double?)null)]);
        return new([.. Leaderboard.Rows.Select(r => r.Model)], [.. rows]);
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
