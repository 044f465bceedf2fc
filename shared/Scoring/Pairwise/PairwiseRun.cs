namespace ArenaBench.Core.Scoring;

/// <summary>Computes the scores of one scope: from all data, and from every bootstrap round.</summary>
internal sealed class PairwiseRun
{
    private readonly BattleTable _table;
    private readonly PairwiseOptions _options;
    private readonly bool _regression;

    public PairwiseRun(BattleTable table, PairwiseOptions options)
    {
        _table = table;
        _options = options;
        Scope = BattleScope.Of(table, options);
        Style = StyleDifferences.Into(Scope.Battles, table, options);
        _regression = options.Style != StyleControl.None || options.Method == PairwiseMethod.BradleyTerry;
        Score = new double[table.Models.Count];
        Array.Fill(Score, double.NaN);
    }

    public BattleScope Scope { get; }

    public StyleDifferences Style { get; }

    /// <summary>By model: win rate from 0 to 1, NaN without one.</summary>
    public double[] Score { get; }

    /// <summary>Null for the closed form.</summary>
    public StrengthFit? Fit { get; private set; }

    /// <summary>Null without rounds.</summary>
    public Draws? Draws { get; private set; }

    /// <summary>Why there are no draws.</summary>
    public string WhyNoDraws { get; private set; } = Intervals.NoRounds;

    /// <summary>Rounds in which a ridge was needed, or that have no optimum.</summary>
    public int RidgeRounds { get; private set; }

    public int FailedRounds { get; private set; }

    /// <summary>Added to every strength but the anchor's when win rates are read off.</summary>
    private double[] _shift = new double[CollapsedBattles.Features];

    public void Run(int threads, CancellationToken cancellationToken)
    {
        if (Scope.Anchor < 0 || Scope.Battles.Groups.Length == 0)
            return;

        // Neither questions nor style: one row per pair of models says it all.
        var byVote = _options.Bootstrap.Unit == BootstrapUnit.Vote;
        var battles = byVote && !Style.Any ? Scope.Battles.ByGroup() : Scope.Battles;
        var all = new RowWeights(battles.Rows);
        all.TakeAll(battles);
        var enough = byVote || battles.Drawn.Length > 1;
        var rounds = enough ? _options.Bootstrap.Rounds : 0;
        WhyNoDraws = enough ? Intervals.NoRounds : Intervals.OneQuestion;
        var resampler = Resampler.For(battles, _options.Bootstrap, perModel: !_regression);
        if (_regression)
            Regress(battles, all, rounds, resampler, threads, cancellationToken);
        else
            Count(battles, all, rounds, resampler, threads, cancellationToken);
    }

    private void Count(
        CollapsedBattles battles, RowWeights all, int rounds, Func<Resampler> resampler, int threads, CancellationToken cancellationToken)
    {
        WinRates.Of(battles, all, Score);
        if (rounds == 0)
            return;
        Draws = EmptyDraws(rounds);
        Rounds.Run(rounds, threads, () =>
        {
            var weights = new RowWeights(battles.Rows);
            var resample = resampler();
            var rates = new double[Score.Length];
            return round =>
            {
                resample.Draw(round, weights);
                WinRates.Of(battles, weights, rates);
                Keep(round, rates);
            };
        }, cancellationToken);
    }

    private void Regress(
        CollapsedBattles battles, RowWeights all, int rounds, Func<Resampler> resampler, int threads, CancellationToken cancellationToken)
    {
        var layout = new StrengthLayout(battles, Style.Active);
        var probability = new double[battles.Rows];
        Fit = new StrengthSolver(layout).FitFully(all, probability);
        _shift = Shift(battles);
        ReadOff(Fit, Score);
        if (rounds == 0 || !Fit.Converged)
            return;

        Draws = EmptyDraws(rounds);
        int ridge = 0, failed = 0;
        Rounds.Run(rounds, threads, () =>
        {
            var solver = new StrengthSolver(layout);
            var weights = new RowWeights(battles.Rows);
            var resample = resampler();
            var fit = new StrengthFit(battles.Models);
            var rates = new double[Score.Length];
            return round =>
            {
                resample.Draw(round, weights);
                solver.Refit(weights, Fit, probability, fit);
                if (fit.RidgeOnStyle || fit.Ridge.Contains(true))
                    Interlocked.Increment(ref ridge);
                if (!fit.Converged)
                    Interlocked.Increment(ref failed);
                ReadOff(fit, rates);
                Keep(round, rates);
                for (var f = 0; f < fit.Style.Length; f++)
                    Draws.Style[f][round] = fit.Style[f];
            };
        }, cancellationToken);
        RidgeRounds = ridge;
        FailedRounds = failed;
    }

    private void ReadOff(StrengthFit fit, double[] rates)
    {
        double shift = 0;
        for (var f = 0; f < _shift.Length; f++)
            shift += Style.Active[f] ? _shift[f] * fit.Style[f] : 0;
        for (var m = 0; m < rates.Length; m++)
        {
            var strength = fit.Strength[m];
            rates[m] = double.IsNaN(strength) || !(Scope.Tallies[m] is { Any: true } || Scope.BaselineGames[m] > 0) ? double.NaN
                : m == Scope.Anchor ? 0.5
                : Logistic.Of(strength + shift);
        }
    }

    /// <summary>At the pool's mean style: one mean difference per coefficient. It has a meaning only where all rows have the anchor as
    /// their baseline; elsewhere equal style is used.</summary>
    private double[] Shift(CollapsedBattles battles)
    {
        var shift = new double[CollapsedBattles.Features];
        if (!Style.Any || _options.StyleReference == StyleReference.EqualStyle)
            return shift;
        if (!battles.Groups.All(g => g.Baseline == battles.Anchor))
        {
            Scope.Notes.Add(new("equal_style", "There are games against several baselines, or against another than the one asked for: win rates are read off at equal style, not at the pool's mean."));
            return shift;
        }

        for (var f = 0; f < shift.Length; f++)
            shift[f] = Style.Active[f] ? Style.Mean[f] / Style.Deviation[f] : 0;
        return shift;
    }

    private Draws EmptyDraws(int rounds) => new(rounds,
        [.. Score.Select(s => double.IsNaN(s) ? null : new double[rounds])],
        [.. Style.Active.Select(_ => new double[rounds])]);

    private void Keep(int round, double[] rates)
    {
        for (var m = 0; m < rates.Length; m++)
        {
            if (Draws!.Score[m] is { } column)
                column[round] = rates[m];
        }
    }
}
