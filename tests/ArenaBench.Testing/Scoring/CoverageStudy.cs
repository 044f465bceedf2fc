using ArenaBench.Core.Scoring;

namespace ArenaBench.Testing.Scoring;

/// <summary>How often intervals hold the truth, over many simulated benchmarks.</summary>
/// <param name="Games">One benchmark.</param>
/// <param name="Benchmarks">How many of them.</param>
/// <param name="Rounds">Of each bootstrap.</param>
/// <param name="Ways">Without style control, with, or both.</param>
/// <param name="TruthQuestions">Questions of the one large benchmark that stands for the truth.</param>
public sealed record CoverageStudy(SimulatedGames Games, int Benchmarks, int Rounds, IReadOnlyList<StyleControl> Ways, int TruthQuestions = 400_000)
{
    /// <param name="Covers">Share of intervals that hold the truth.</param>
    /// <param name="Width">Mean width of the intervals.</param>
    public sealed record Line(string Quantity, BootstrapUnit Unit, double Covers, double Width);

    public IReadOnlyList<Line> Run()
    {
        var large = (Games with { Questions = TruthQuestions }).Draw(seed: -1);
        var truth = Ways.SelectMany(way => Quantities(Scores(large, way, BootstrapUnit.Question, rounds: 0, seed: 0), way))
            .ToDictionary(q => q.Name, q => q.Estimate.Value!.Value);

        var cases = new (string Quantity, BootstrapUnit Unit, bool Covers, double Width)[Benchmarks][];
        Parallel.For(0, Benchmarks, b =>
        {
            var table = Games.Draw(seed: b);
            cases[b] = [.. from way in Ways
                           from unit in Enum.GetValues<BootstrapUnit>()
                           from q in Quantities(Scores(table, way, unit, Rounds, seed: b), way)
                           let t = truth[q.Name]
                           let e = q.Estimate
                           select (Kind(q.Name), unit, e.Lower <= t && t <= e.Upper, e.Upper!.Value - e.Lower!.Value)];
        });
        return [.. cases.SelectMany(c => c)
            .GroupBy(c => (c.Quantity, c.Unit))
            .Select(g => new Line(g.Key.Quantity, g.Key.Unit, g.Average(c => c.Covers ? 1.0 : 0.0), g.Average(c => c.Width)))];
    }

    private static PairwiseScores Scores(BattleTable table, StyleControl style, BootstrapUnit unit, int rounds, long seed) =>
        PairwiseScoring.Score(table, new()
        {
            Style = style,
            Bootstrap = new() { Unit = unit, Rounds = rounds, Seed = seed },
        }, threads: 1);

    private static IEnumerable<(string Name, Estimate Estimate)> Quantities(PairwiseScores scores, StyleControl style)
    {
        var how = style == StyleControl.None ? "" : ", style-controlled";
        var models = scores.Leaderboard.Rows.Where(r => !r.IsBaseline).Select(r => r.Model).Order(StringComparer.Ordinal).ToList();
        foreach (var model in models)
            yield return ($"win rate, points{how}|{model}", scores.Leaderboard.Rows.Single(r => r.Model == model).WinRate);
        for (var m = 1; m < models.Count; m++)
            yield return ($"difference of two models, points{how}|{m}", scores.Compare(models[m], models[m - 1]).Difference);
        foreach (var effect in (scores.Leaderboard.Style ?? []).Where(e => e.Feature == "length"))
            yield return ("length coefficient, logits|", effect.Coefficient);
    }

    private static string Kind(string name) => name[..name.IndexOf('|', StringComparison.Ordinal)];
}
