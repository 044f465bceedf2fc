using ArenaBench.Core.Judging;

namespace ArenaBench.Core.Scoring;

/// <summary>Counts what one judge does while games go by, and per question what its intervals are drawn from.</summary>
/// <param name="questions">Of the table.</param>
internal sealed class JudgeTally(int questions)
{
    private readonly RatioSums _agreement = new(questions);
    private readonly RatioSums _position = new(questions);
    private int _games, _unscored, _ties, _strong, _contradict, _firstInBoth;

    public JudgeConsistency Consistency => new((int)_agreement.Whole, (int)_agreement.Part, _contradict, _position.Percent, _firstInBoth);

    public void Add(in GameRow game)
    {
        if (!game.Scored)
        {
            _unscored++;
            return;
        }

        var verdict = (Verdict)game.Outcome;
        _games++;
        _ties += verdict == Verdict.Tie ? 1 : 0;
        _strong += verdict is Verdict.AMuchBetter or Verdict.BMuchBetter ? 1 : 0;
        _position.Add(game.Question, verdict < Verdict.Tie ? 1 : verdict == Verdict.Tie ? 0.5 : 0);
    }

    /// <summary>The two games of a question, both with a verdict.</summary>
    public void AddPair(in GameRow first, in GameRow second)
    {
        // Seen from the answer shown first: what holds for A in one game holds for B in the other.
        int one = Side(first), two = Side(second);
        _agreement.Add(first.Question, one == -two ? 1 : 0);
        _contradict += one == two && one != 0 ? 1 : 0;
        _firstInBoth += one == 1 && two == 1 ? 1 : 0;
    }

    public JudgeHabits Report(string judge, BootstrapOptions bootstrap)
    {
        var first = _position.Estimate(bootstrap, "no game of this judge has a verdict");
        return new(
            judge, _games, _unscored, Percent(_ties), Percent(_strong), Consistency,
            _agreement.Estimate(bootstrap, "no question of which both games have a verdict"), first,
            first is { Lower: { } lower, Upper: { } upper } ? lower > 50 || upper < 50 : null);
    }

    /// <summary>1: the answer shown first is preferred; -1: the other.</summary>
    public static int Side(in GameRow game) => Math.Sign((int)Verdict.Tie - game.Outcome);

    private double? Percent(int count) => _games == 0 ? null : 100.0 * count / _games;
}
