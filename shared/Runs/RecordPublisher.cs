using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Dialects;
using ArenaBench.Core.Judging;
using ArenaBench.Core.Records;
using ArenaBench.Core.Storage;

namespace ArenaBench.Core.Runs;

/// <summary>Carries one model's successes from a run's parts to the canonical files that all runs share. May run twice.</summary>
public sealed class RecordPublisher(ArenaContainer store, TimeProvider time)
{
    public async Task PublishAsync(FrozenRun run, int model, CancellationToken cancellationToken)
    {
        var spec = run.Spec;
        var name = spec.AnsweringModels[model].Name;
        // Named when the run is scored; here it is only kept out of what all runs share.
        var damaged = new DamagedRecords();
        var answers = new List<CanonicalLine>();
        var games = new Dictionary<(string Judge, string Question), RecordEnvelope?[]>();
        var work = run.Plan?.Models[model] ?? throw new InvalidOperationException($"Run {spec.Run} has no plan.");
        var parts = Enumerable.Range(0, work.Shards.Count).Select(shard => PartNames.Shard(spec.Attempt, model, shard));
        await foreach (var line in store.Parts.ReadShardsAsync(spec.Run, parts, cancellationToken))
        {
            if (line.Record is not { } record)
                continue;
            if (line.Key.Kind == RecordKind.Answer)
            {
                if (line.Status != RecordStatus.Reused && damaged.Read(line.Key.QuestionId, () => run.Dialect.ReadAnswer(record)) is not null)
                    answers.Add(new CanonicalLine(line.Key.QuestionId, record, line.Fingerprint, line.IsTruncated));
                continue;
            }

            var slot = (line.Key.Judge!, line.Key.QuestionId);
            if (!games.TryGetValue(slot, out var pair))
                games[slot] = pair = new RecordEnvelope?[spec.Judging.Mode == JudgingMode.Single ? 1 : 2];
            pair[line.Key.GameNumber!.Value - 1] = line;
        }

        var target = spec.What == RunWork.Reference
            ? CanonicalFile.References(spec.Benchmark, name)
            : CanonicalFile.Answers(spec.Benchmark, name);
        var published = new List<Task> { store.Canonical.PublishAsync(target, answers, cancellationToken) };
        foreach (var byJudge in games.GroupBy(slot => slot.Key.Judge))
        {
            published.Add(store.Canonical.PublishAsync(
                CanonicalFile.Judgments(spec.Benchmark, byJudge.Key, name),
                [.. byJudge.Where(slot => slot.Value.Any(game => game is { Status: not RecordStatus.Reused }))
                    .Select(slot => Assemble(run, name, slot.Key.Judge, slot.Key.Question, slot.Value, damaged)).OfType<CanonicalLine>()],
                cancellationToken));
        }

        await Task.WhenAll(published);
    }

    private CanonicalLine? Assemble(FrozenRun run, string model, string judge, string questionId, RecordEnvelope?[] played, DamagedRecords damaged)
    {
        var question = run.QuestionById(questionId);
        var games = played.Select(line => line?.Record is { } record ? damaged.Read(questionId, () => GameRecord.Read(record)) : null).ToArray();
        // v0.1's records leave the baseline to the configuration, which would name the wrong one.
        var baseline = run.Spec.Judging.Mode == JudgingMode.Pairwise && (run.Dialect is not V01Dialect || run.Spec.OwnBaseline)
            ? run.Spec.Judging.BaselineFor(question.Category)
            : null;
        var record = JudgmentAssembler.Assemble(
            run.Dialect, run.Spec.Judging, question, model, judge, baseline, games, time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0);
        return record is { } line
            ? new CanonicalLine(questionId, line, played.OfType<RecordEnvelope>().Select(game => game.Fingerprint).FirstOrDefault(mark => mark is not null))
            : null;
    }
}
