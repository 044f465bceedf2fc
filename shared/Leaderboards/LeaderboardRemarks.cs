using System.Globalization;
using ArenaBench.Core.Scoring;

namespace ArenaBench.Core.Leaderboards;

/// <summary>What stands below a leaderboard that people read: which neighbours cannot be told apart, what style is worth, whether
/// the judges can be trusted, how the fit ended, and the notes. A sentence each; names as they are, for the writer to make safe.</summary>
public static class LeaderboardRemarks
{
    /// <param name="compared">The comparisons were asked for: each is said in full.</param>
    public static IEnumerable<string> Of(Leaderboard leaderboard, bool compared = false) =>
    [
        .. Comparisons(leaderboard, compared),
        .. Style(leaderboard.Pairwise),
        .. Fit(leaderboard.Pairwise?.Fit),
        .. (leaderboard.Pairwise?.JudgeHabits ?? []).Select(Habits),
        .. (leaderboard.Pairwise?.JudgeAgreement ?? []).Select(Agreement),
        .. (leaderboard.Single?.Notes ?? leaderboard.Pairwise?.Notes ?? []).Select(note => "note: " + note.Message + (note.Count > 1 ? Text($" ({note.Count:#,0})") : "")),
        .. leaderboard.RecordNotes.Select(note => "note: " + note),
    ];

    /// <summary>Such as <c>95% interval</c>.</summary>
    public static string IntervalTitle(Leaderboard leaderboard) =>
        Text($"{100 * (leaderboard.Single?.Options.Bootstrap ?? leaderboard.Pairwise!.Options.Bootstrap).Confidence:0.##}% interval");

    private static IEnumerable<string> Comparisons(Leaderboard leaderboard, bool compared)
    {
        var comparisons = leaderboard.Comparisons ?? [];
        if (compared)
            return comparisons.Select(comparison => comparison.Statement);
        var alike = comparisons.Where(comparison => comparison.Significant == false).Select(comparison => $"{comparison.First} and {comparison.Second}").ToList();
        var confidence = (leaderboard.Single?.Options.Bootstrap ?? leaderboard.Pairwise!.Options.Bootstrap).Confidence;
        return alike.Count == 0 ? [] : [Text($"neighbours that cannot be told apart at {100 * confidence:0.##}%: ") + string.Join(", ", alike)];
    }

    private static IEnumerable<string> Style(PairwiseLeaderboard? board) => (board?.Style ?? []).Select(effect => effect.Coefficient.Value is { } value
        ? Text($"style control: {effect.Feature} {value:+0.000;-0.000}{Interval(effect.Coefficient, "+0.000;-0.000")} logits per standard deviation")
        : $"style control: {effect.Feature} has no coefficient: {effect.Coefficient.Absent}");

    private static IEnumerable<string> Fit(FitReport? fit) => fit is null ? [] :
    [
        Text($"fit: {(fit.Converged ? "optimum reached" : "no optimum found")} in {fit.Iterations} Newton steps, largest component of the gradient {fit.GradientNorm:0.0e+0} votes")
            + (fit.RidgeOn.Count == 0 ? "" : Text($"; a ridge of {fit.Ridge} holds {string.Join(", ", fit.RidgeOn)}")),
    ];

    private static string Habits(JudgeHabits judge) => judge.Agree.Value is not { } agree
        ? $"judge {judge.Judge}: no question of which both games have a verdict"
        : Text($"judge {judge.Judge}: prefers the same answer in {agree:0.0}% of {judge.Consistency.Pairs:#,0} pairs{Interval(judge.Agree, "0.0")} when positions are swapped, contradicts itself in {100.0 * judge.Consistency.Contradict / judge.Consistency.Pairs:0.0}%; the answer shown first wins {judge.FirstPosition.Value:0.0}%{Interval(judge.FirstPosition, "0.0")}")
            + (judge.Biased == true ? ": a position bias" : "");

    private static string Agreement(JudgeAgreement judges) =>
        Text($"judges {judges.First} and {judges.Second}: say the same of {judges.Agree.Value:0.0}% of {judges.Games:#,0} games{Interval(judges.Agree, "0.0")}, the opposite of {100.0 * judges.Opposite / judges.Games:0.0}%")
            + (judges.Kappa is { } kappa ? Text($"; kappa {kappa:0.00}") : "");

    private static string Interval(Estimate estimate, string format) => estimate is { Lower: { } lower, Upper: { } upper }
        ? $" ({lower.ToString(format, CultureInfo.InvariantCulture)} – {upper.ToString(format, CultureInfo.InvariantCulture)})"
        : "";

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
