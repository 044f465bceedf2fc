namespace ArenaBench.Core.Scoring;

/// <summary>What a leaderboard says beside its rows.</summary>
internal static class PairwiseReport
{
    public const double LogitPerElo = 2.302585092994046 / 400; // ln 10 / 400

    public static IReadOnlyList<StyleEffect>? Style(PairwiseOptions options, PairwiseRun run)
    {
        if (options.Style == StyleControl.None)
            return null;
        var effects = new List<StyleEffect>();
        for (var f = 0; f < CollapsedBattles.Features; f++)
        {
            if (run.Style.Wanted[f])
                effects.Add(new(StyleDifferences.Names[f], Coefficient(f, options, run), run.Style.Mean[f], run.Style.Deviation[f]));
        }

        return effects;
    }

    private static Estimate Coefficient(int f, PairwiseOptions options, PairwiseRun run)
    {
        if (run.Fit is not { Converged: true } fit)
            return Estimate.None("there is no fit");
        if (!run.Style.Active[f])
            return Estimate.None("the difference is the same in every game");
        return run.Draws is { } draws
            ? Intervals.Of(fit.Style[f], draws.Style[f], options.Bootstrap, c => c)
            : new(fit.Style[f], null, null, null, run.WhyNoDraws);
    }

    public static FitReport? Fit(BattleTable table, PairwiseRun run)
    {
        if (run.Fit is not { } fit)
            return null;
        var on = Enumerable.Range(0, fit.Ridge.Length).Where(m => fit.Ridge[m]).Select(m => table.Models[m]).ToList();
        if (fit.RidgeOnStyle)
            on.AddRange(StyleDifferences.Names.Where((_, f) => run.Style.Active[f]));
        return new(fit.Iterations, fit.GradientNorm, fit.Converged, on.Count > 0 ? StrengthSolver.RidgeWeight : 0, on);
    }

    public static IReadOnlyList<ScoringNote> Notes(BattleTable table, PairwiseOptions options, PairwiseRun run)
    {
        var notes = run.Scope.Notes;
        if (run.Fit is { } fit)
        {
            var separated = fit.Ridge.Count(r => r);
            if (separated > 0)
                notes.Add(new("separation", "Models won or lost every vote that joins them with the baseline; a ridge keeps their strength finite: "
                    + string.Join(", ", Enumerable.Range(0, fit.Ridge.Length).Where(m => fit.Ridge[m]).Select(m => table.Models[m])) + ".", separated));
            if (fit.RidgeOnStyle)
                notes.Add(new("style_separation", "Style differences are collinear or tell winners from losers without error; a ridge keeps all coefficients finite."));
        }

        if (run.RidgeRounds > 0)
            notes.Add(new("ridge_in_rounds", "Bootstrap rounds in which some model or coefficient needed the ridge.", run.RidgeRounds));
        if (run.FailedRounds > 0)
            notes.Add(new("failed_rounds", "Bootstrap rounds without an optimum; intervals stand on the others.", run.FailedRounds));

        var baselines = Enumerable.Range(0, table.Models.Count).Where(m => run.Scope.BaselineGames[m] > 0).Select(m => table.Models[m]).ToList();
        if (run.Fit is null && baselines.Count > 1)
            notes.Add(new("several_baselines", $"Win rates against different baselines are pooled ({string.Join(", ", baselines)}); Bradley-Terry puts them on one scale.", baselines.Count));
        return notes;
    }
}
