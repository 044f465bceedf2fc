using ArenaBench.Core.Runs;
using ArenaBench.Functions.Orchestrators;
using ArenaBench.Functions.Reports;
using Microsoft.Azure.Functions.Worker;

namespace ArenaBench.Functions.Activities;

public sealed class ScoreActivities(RunCatalog runs, RunScoring scoring, RunReport report)
{
    /// <returns>The path of the leaderboard.</returns>
    [Function(nameof(ScoreRun))]
    public async Task<string> ScoreRun([ActivityTrigger] RunInput input, CancellationToken cancellationToken)
    {
        var run = await runs.GetAsync(input.Run, input.Attempt, cancellationToken);
        await report.WriteAsync(run, await scoring.ScoreAsync(run, cancellationToken), cancellationToken);
        return $"runs/{input.Run}/{RunFiles.LeaderboardJson}";
    }
}
