using ArenaBench.Core.Runs;
using ArenaBench.Functions.Orchestrators;
using Microsoft.Azure.Functions.Worker;

namespace ArenaBench.Functions.Activities;

public sealed class ScoreActivities(RunCatalog runs, RunScoring scoring)
{
    /// <returns>The path of the leaderboard.</returns>
    [Function(nameof(ScoreRun))]
    public async Task<string> ScoreRun([ActivityTrigger] RunInput input, CancellationToken cancellationToken)
    {
        await scoring.ScoreAsync(await runs.GetAsync(input.Run, input.Attempt, cancellationToken), cancellationToken);
        return $"runs/{input.Run}/{RunFiles.LeaderboardJson}";
    }
}
