using ArenaBench.Core.Judging;

namespace ArenaBench.Core.Scoring;

/// <summary>Counts what one model's row stands on while games go by.</summary>
internal sealed class RowTally
{
    private readonly SortedDictionary<string, int> _unscored = new(StringComparer.Ordinal);
    private int _scored, _dropped, _lastQuestion = -1, _lastBaseline = -1;
    private readonly HashSet<int> _questions = [];
    private readonly int[] _outcomes = new int[5];

    /// <summary>Baselines met, by category.</summary>
    public HashSet<(int Category, int Baseline)> Met { get; } = [];

    public bool Any => _scored > 0;

    /// <summary>With at least one game that counts.</summary>
    public int Questions => _questions.Count;

    public void Unscored(string reason) => _unscored[reason] = _unscored.GetValueOrDefault(reason) + 1;

    public void Dropped() => _dropped++;

    public void Scored(in GameRow game)
    {
        _scored++;
        var verdict = (Verdict)game.Outcome;
        var fromModel = game.Game == 1 ? Verdict.BMuchBetter - verdict : (int)verdict;
        _outcomes[fromModel]++;
        if (game.Question != _lastQuestion || game.Baseline != _lastBaseline)
            _questions.Add(game.Question);
        (_lastQuestion, _lastBaseline) = (game.Question, game.Baseline);
    }

    /// <param name="expected">Games that should be there.</param>
    public GameCounts Counts(int expected)
    {
        var unscored = _unscored.Values.Sum();
        var known = _scored + unscored + _dropped;
        return new(Math.Max(expected, known), _scored, _unscored, Math.Max(0, expected - known), _dropped, _questions.Count);
    }

    public OutcomeCounts Outcomes() => new(_outcomes[0], _outcomes[1], _outcomes[2], _outcomes[3], _outcomes[4],
        _scored == 0 ? null : (double)_outcomes[2] / _scored);
}
