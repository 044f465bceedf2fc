using ArenaBench.Core.Records;
using ArenaBench.Core.Storage;

namespace ArenaBench.Core.Runs;

/// <summary>Records what was not tried, so that nothing is lost silently.</summary>
public sealed class SkippedRecords(RunParts parts)
{
    /// <param name="games">judge × 2 + (game − 1).</param>
    public async Task RecordAsync(
        FrozenRun run, int model, int shard, int question, bool answer, IReadOnlyList<int> games, RecordStatus status,
        CancellationToken cancellationToken)
    {
        var (id, name) = (run.Questions[question].Question.Id, run.Spec.AnsweringModels[model].Name);
        var keys = games.Select(game => RecordKey.ForGame(id, name, run.Spec.Judges[game / 2].Name, game % 2 + 1));
        if (answer)
            keys = keys.Prepend(RecordKey.ForAnswer(id, name));
        var part = PartNames.Shard(run.Spec.Attempt, model, shard);
        foreach (var key in keys)
        {
            if (await parts.FindAsync(run.Spec.Run, part, key, cancellationToken) is null)
                await parts.AppendAsync(run.Spec.Run, part, Untried(key, status), cancellationToken);
        }
    }

    private static RecordEnvelope Untried(RecordKey key, RecordStatus status) => new(
        RecordEnvelope.CurrentSchema, key, status, ReasonOf(status), 0, null, null, null, null, null);

    private static string ReasonOf(RecordStatus status) => status switch
    {
        RecordStatus.Stopped => "Not tried: an earlier call failed in a way that every other would too. See the model's first failure; mend it and retry the run.",
        RecordStatus.MissingAnswer => "Not tried: there is no answer to judge.",
        RecordStatus.OverBudget => "Not tried: the run's budget was used up. Resume it with more.",
        RecordStatus.Cancelled => "Not tried: the run was cancelled. Retry it to go on.",
        _ => "Not tried.",
    };
}
