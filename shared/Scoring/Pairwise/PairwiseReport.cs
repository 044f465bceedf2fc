namespace ArenaBench.Core.Scoring;

/// <summary>What a leaderboard says beside its rows.</summary>
internal static class PairwiseReport
{
    /// <summary>Below it percentile intervals are noticeably too narrow.</summary>
    private const int FewQuestions = 30;

    /// <summary>The share of the fullest row's questions from which a row counts as standing on the same ones.</summary>
    private const double Whole = 0.95;

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

        NoteCoverage(table, run, notes);
        var baselines = Enumerable.Range(0, table.Models.Count).Where(m => run.Scope.BaselineGames[m] > 0).Select(m => table.Models[m]).ToList();
        if (run.Fit is null && baselines.Count > 1)
            notes.Add(new("several_baselines", $"Win rates against different baselines are pooled ({string.Join(", ", baselines)}); Bradley-Terry puts them on one scale.", baselines.Count));
        return notes;
    }

    /// <summary>What makes intervals, or the comparison of rows, less trustworthy than they look.</summary>
    private static void NoteCoverage(BattleTable table, PairwiseRun run, List<ScoringNote> notes)
    {
        var rows = Enumerable.Range(0, table.Models.Count).Where(m => run.Scope.Tallies[m] is { Any: true })
            .Select(m => (Model: table.Models[m], run.Scope.Tallies[m]!.Questions)).ToList();
        var few = rows.Where(row => row.Questions < FewQuestions).ToList();
        if (few.Count > 0)
            notes.Add(new("few_questions", $"Rows on fewer than {FewQuestions} questions have intervals that are too narrow: a bootstrap knows only the questions it has ({List(few)}).", few.Count));
        var most = rows.Count == 0 ? 0 : rows.Max(row => row.Questions);
        var partial = rows.Where(row => row.Questions < Whole * most).ToList();
        if (partial.Count > 0)
            notes.Add(new("different_questions", $"Rows that stand on fewer questions than others, which have up to {most}, are scored on other questions: compare them with care ({List(partial)}).", partial.Count));

        var judges = run.Scope.Selection.Judges.Where(judge => run.Scope.JudgesItself(judge)).ToList();
        if (judges.Count > 0)
            notes.Add(new("judge_is_model", $"Judges that are among the models they judge, or their baseline, tend to prefer their own answers: {string.Join(", ", judges)}.", judges.Count));

        static string List(List<(string Model, int Questions)> rows) =>
            string.Join(", ", rows.Take(10).Select(row => $"{row.Model}: {row.Questions}")) + (rows.Count > 10 ? ", …" : "");
    }
}
