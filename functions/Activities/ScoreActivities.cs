using ArenaBench.Core.Runs;
using ArenaBench.Functions.Browsing;
using ArenaBench.Functions.Orchestrators;
using ArenaBench.Functions.Reports;
using Microsoft.Azure.Functions.Worker;

namespace ArenaBench.Functions.Activities;

public sealed class ScoreActivities(RunCatalog runs, RunScoring scoring, RunReport report, LongWork longWork)
{
    /// <returns>The path of the leaderboard.</returns>
    [Function(nameof(ScoreRun))]
    public async Task<string> ScoreRun([ActivityTrigger] RunInput input, CancellationToken cancellationToken)
    {
        var run = await runs.GetAsync(input.Run, input.Attempt, cancellationToken);
        var rows = new QuestionRows(run);
        await longWork.RunAsync(
            () => scoring.ScoreAsync(run, rows.Add, scored => report.WriteAsync(run, scored, rows.All(), cancellationToken), cancellationToken),
            cancellationToken);
        return $"runs/{input.Run}/{RunFiles.LeaderboardJson}";
    }
}
