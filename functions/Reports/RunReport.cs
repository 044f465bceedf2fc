using ArenaBench.Core.Runs;
using ArenaBench.Core.Storage;
using ArenaBench.Functions.Browsing;
using ArenaBench.Functions.Viewer;

namespace ArenaBench.Functions.Reports;

/// <summary>Makes <c>runs/{run}/report.html</c>: one file with all that a reader of the result needs, safe to mail.</summary>
public sealed class RunReport(ArenaContainer store)
{
    /// <summary>What the run's leaderboard and manifest say, with a few samples of its records. May run twice.</summary>
    internal async Task WriteAsync(FrozenRun run, ScoredRun scored, IReadOnlyList<QuestionRow> rows, CancellationToken cancellationToken)
    {
        var (leaderboard, manifest) = scored;
        var samples = new List<(ReportSample Sample, ShownQuestion Shown)>();
        foreach (var sample in ReportSample.Of(Board.Of(leaderboard), rows))
            samples.Add((sample, await ShownQuestion.ReadAsync(store.Parts, run, sample.Row.Question, run.ModelIndex(sample.Row.Model), cancellationToken)));
        var page = ReportPage.Write(run, leaderboard, manifest, samples);
        await store.Runs.WriteAsync(run.Spec.Run, RunFiles.Report, BinaryData.FromString(page), createOnly: false, cancellationToken);
    }
}
