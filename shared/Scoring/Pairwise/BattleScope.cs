using ArenaBench.Core.Judging;

namespace ArenaBench.Core.Scoring;

/// <summary>Goes through the games of a table once, decides which count, and collapses those.</summary>
internal sealed class BattleScope
{
    private readonly BattleTable _table;
    private readonly PairwiseOptions _options;
    private readonly List<(int Question, int Model, int Baseline, double Won, double Tied, double Lost)> _rows = [];
    private readonly JudgeTally _allJudges;
    private readonly JudgeTally?[] _judges;
    private readonly JudgePairs _judgePairs;
    private int _ownBaseline, _noStyle;

    private BattleScope(BattleTable table, PairwiseOptions options)
    {
        _table = table;
        _options = options;
        Selection = GameSelection.Of(table.Categories, table.Judges, options.Categories, options.Judges, Notes);
        Tallies = new RowTally?[table.Models.Count];
        BaselineGames = new int[table.Models.Count];
        BaselineScored = new int[table.Models.Count];
        _allJudges = new(table.Questions.Count);
        _judges = new JudgeTally?[table.Judges.Count];
        _judgePairs = new(table.Judges.Count, table.Questions.Count);
    }

    public GameSelection Selection { get; }

    public List<ScoringNote> Notes { get; } = [];

    /// <summary>By model; null for one without games in the scope.</summary>
    public RowTally?[] Tallies { get; }

    /// <summary>By model: games of the scope played against it, scored or not.</summary>
    public int[] BaselineGames { get; }

    /// <summary>By model: games against it that count.</summary>
    public int[] BaselineScored { get; }

    /// <summary>-1 when there is nothing to measure against.</summary>
    public int Anchor { get; private set; } = -1;

    public CollapsedBattles Battles { get; private set; } = null!;

    public JudgeConsistency Consistency => _allJudges.Consistency;

    public IReadOnlyList<JudgeHabits> JudgeHabits =>
        [.. _judges.Index().Where(judge => judge.Item is not null).Select(judge => judge.Item!.Report(_table.Judges[judge.Index], _options.Bootstrap))];

    public IReadOnlyList<JudgeAgreement> JudgeAgreement => _judgePairs.Report(_table.Judges, _options.Bootstrap);

    /// <summary>A judge of that name is a model or a baseline of the scope.</summary>
    public bool JudgesItself(string judge)
    {
        for (var m = 0; m < _table.Models.Count; m++)
        {
            if (_table.Models[m] == judge && (Tallies[m] is not null || BaselineGames[m] > 0))
                return true;
        }

        return false;
    }

    public static BattleScope Of(BattleTable table, PairwiseOptions options)
    {
        var scope = new BattleScope(table, options);
        scope.Select();
        scope.Anchor = AnchorChoice.Of(table, options, scope.BaselineGames, scope.Tallies, scope.Notes);
        scope.Battles = scope.Collapse();
        scope.Note();
        return scope;
    }

    private bool InScope(in GameRow game) =>
        Selection.Category[_table.CategoryOf[game.Question]] && Selection.Judge[game.Judge]
        && (game.Game == 1 || !_options.FirstGameOnly)
        && (_options.Baseline is null || _options.Method == PairwiseMethod.BradleyTerry || _options.Style != StyleControl.None
            || _table.Models[game.Baseline] == _options.Baseline);

    private void Select()
    {
        var games = _table.Games;
        for (var i = 0; i < games.Length; i++)
        {
            var first = games[i];
            if (!InScope(first))
                continue;
            GameRow? second = null;
            if (first.Game == 1 && i + 1 < games.Length && InScope(games[i + 1]) && SamePair(first, games[i + 1]))
                second = games[++i];
            if (first.Model == first.Baseline)
                _ownBaseline += second is null ? 1 : 2;
            else
                Take(first, second);
        }
    }

    private static bool SamePair(in GameRow a, in GameRow b) =>
        (a.Model, a.Baseline, a.Question, a.Judge) == (b.Model, b.Baseline, b.Question, b.Judge);

    private void Take(in GameRow first, GameRow? second)
    {
        var tally = Tallies[first.Model] ??= new();
        tally.Met.Add((_table.CategoryOf[first.Question], first.Baseline));
        var whole = first.Scored && second is { Scored: true };
        var judge = _judges[first.Judge] ??= new(_table.Questions.Count);
        if (whole)
        {
            _allJudges.AddPair(first, second!.Value);
            judge.AddPair(first, second.Value);
        }

        var styled = _options.Style == StyleControl.None || (HasStyle(first.Model, first.Question) && HasStyle(first.Baseline, first.Question));
        var counts = styled && (whole || _options.FirstGameOnly || _options.IncompletePairs == IncompletePairs.Keep);
        Take(first, counts, styled, tally);
        if (second is { } other)
            Take(other, counts, styled, tally);
    }

    private void Take(in GameRow game, bool counts, bool styled, RowTally tally)
    {
        BaselineGames[game.Baseline]++;
        _allJudges.Add(game);
        _judges[game.Judge]!.Add(game);
        _judgePairs.Add(game);
        if (!game.Scored)
        {
            tally.Unscored(_table.Reasons[game.Reason]);
            return;
        }

        if (!counts)
        {
            tally.Dropped();
            _noStyle += styled ? 0 : 1;
            return;
        }

        tally.Scored(game);
        BaselineScored[game.Baseline]++;
        var (won, tied, lost) = Votes.Of((Verdict)game.Outcome, game.Game, _options.StrongWeight);
        if (_rows.Count > 0 && _rows[^1] is var last && (last.Question, last.Model, last.Baseline) == (game.Question, game.Model, game.Baseline))
            _rows[^1] = last with { Won = last.Won + won, Tied = last.Tied + tied, Lost = last.Lost + lost };
        else
            _rows.Add((game.Question, game.Model, game.Baseline, won, tied, lost));
    }

    private bool HasStyle(int model, int question) => _table.HasStyle[model] is { } has && has[question];

    private CollapsedBattles Collapse()
    {
        var groups = new List<BattleGroup>();
        var size = 0;
        for (var i = 0; i < _rows.Count;)
        {
            var end = i;
            while (end < _rows.Count && (_rows[end].Model, _rows[end].Baseline) == (_rows[i].Model, _rows[i].Baseline))
                end++;
            var padded = (end - i + CollapsedBattles.Lanes - 1) / CollapsedBattles.Lanes * CollapsedBattles.Lanes;
            groups.Add(new(_rows[i].Model, _rows[i].Baseline, size, size + padded));
            size += padded;
            i = end;
        }

        var battles = new CollapsedBattles(_table.Models.Count, _table.Questions.Count, Anchor, [.. groups], size);
        var drawn = new bool[_table.Questions.Count];
        var next = 0;
        foreach (var group in groups)
        {
            for (var at = group.Start; next < _rows.Count && (_rows[next].Model, _rows[next].Baseline) == (group.Model, group.Baseline); at++, next++)
            {
                var row = _rows[next];
                battles.Question[at] = row.Question;
                battles.Add(at, row.Won, row.Tied, row.Lost);
                drawn[row.Question] = true;
            }
        }

        battles.Drawn = [.. Enumerable.Range(0, drawn.Length).Where(q => drawn[q])];
        return battles;
    }

    private void Note()
    {
        if (_ownBaseline > 0)
            Notes.Add(new("own_baseline", "Games of a model against itself say nothing about it and are left out.", _ownBaseline));
        if (_noStyle > 0)
            Notes.Add(new("no_style", "Games of which the model's or the baseline's answer has no style counts are left out.", _noStyle));
        if (_table.UnknownQuestions > 0)
            Notes.Add(new("unknown_questions", "Games of questions that the benchmark does not have are left out.", _table.UnknownQuestions));
        if (_table.Duplicates > 0)
            Notes.Add(new("duplicates", "Games recorded twice count once: the first record.", _table.Duplicates));
    }
}
