using ArenaBench.Core.Records;
using ArenaBench.Core.Runs;
using ArenaBench.Core.Storage;
using ArenaBench.Functions.Api;
using Microsoft.DurableTask.Client;

namespace ArenaBench.Functions.Browsing;

/// <summary>What filters need of a run's records, without their texts: from the index that its end has written, else from the records
/// themselves. Those of the runs looked at last, of runs that are complete, stay in memory: they do not change any more.</summary>
public sealed class RunRows(ArenaContainer store)
{
    private const int Kept = 8;

    private readonly LastUsed<FrozenRun, IReadOnlyList<QuestionRow>> _complete = new(Kept);

    /// <returns>One row per model and question that the run has anything of, by model, then question.</returns>
    internal async Task<IReadOnlyList<QuestionRow>> ReadAsync(DurableTaskClient client, FrozenRun run, CancellationToken cancellationToken)
    {
        if (run.Plan is null)
            return [];
        var isComplete = await client.IsCompleteAsync(run, cancellationToken);
        if (isComplete && _complete.Find(run) is { } kept)
            return kept;
        var rows = await CollectAsync(run, cancellationToken);
        if (isComplete)
            _complete.Keep(run, rows);
        return rows;
    }

    /// <summary>As they are now, whether or not the run has ended.</summary>
    internal async Task<IReadOnlyList<QuestionRow>> CollectAsync(FrozenRun run, CancellationToken cancellationToken)
    {
        var indexed = await store.Index.ReadContentsAsync(run.Spec.Run, cancellationToken) is { } contents && contents.Attempt == run.Spec.Attempt;
        var rows = new QuestionRows(run);
        for (var model = 0; model < run.Plan!.Models.Count; model++)
        {
            var name = run.Spec.AnsweringModels[model].Name;
            await foreach (var record in indexed ? store.Index.ReadAsync(run.Spec.Run, name, cancellationToken) : RecordsAsync(run, model, cancellationToken))
                rows.Add(record);
        }

        return rows.All();
    }

    private IAsyncEnumerable<IndexRow> RecordsAsync(FrozenRun run, int model, CancellationToken cancellationToken) =>
        store.Parts.ReadPlacedAsync(run.Spec.Run, run.PartsOf(model), cancellationToken).Select(placed =>
            placed.Line.Key.Kind != RecordKind.Game || placed.Line.Record is not { } game ? IndexRow.Of(placed, null)
            : ReadRecord.Of(() => GameRecord.ScoreOf(game), out _) is { } score ? IndexRow.Of(placed, score)
            : IndexRow.Of(placed with { Line = placed.Line with { Record = null, Status = RecordStatus.Malformed } }, null));
}
