using ArenaBench.Core.Answers;
using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Judging;
using ArenaBench.Core.Leaderboards;
using ArenaBench.Core.Records;
using ArenaBench.Core.Storage;

namespace ArenaBench.Core.Runs;

/// <summary>Reads all records of a run and writes its leaderboard. May run twice: the same records give the same bytes.</summary>
public sealed class RunScoring(ArenaContainer store)
{
    private const int Kept = 4;

    private readonly LastUsed<FrozenRun, LeaderboardBuilder> _collected = new(Kept);

    /// <param name="seen">Told every record.</param>
    /// <param name="beside">Writes meanwhile what else is made of the scores. Where that fails the leaderboard is there all the same.</param>
    public async Task ScoreAsync(FrozenRun run, Action<IndexRow> seen, Func<ScoredRun, Task> beside, CancellationToken cancellationToken)
    {
        var spec = run.Spec;
        var (counts, damaged) = (new ManifestCounts(spec), new DamagedRecords());
        using var index = store.Index.Begin(spec.Run, spec.Attempt);
        var builder = await CollectAsync(run, counts, damaged, index.Add + seen, cancellationToken);
        var indexed = index.WriteAsync(cancellationToken);
        var options = OptionsOf(run);
        var leaderboard = builder.Build(options);
        var manifest = RunManifest.Of(run, counts, damaged);
        var others = beside(new ScoredRun(leaderboard, manifest));
        await Task.WhenAll(
            indexed,
            WriteAsync(RunFiles.LeaderboardCsv, BinaryData.FromString(LeaderboardCsv.Write(leaderboard))),
            leaderboard.Pairwise is null ? Task.CompletedTask : WriteAsync(RunFiles.Battles, BinaryData.FromString(builder.Battles(options.Pairwise))),
            WriteAsync(RunFiles.Manifest, JsonFiles.Write(manifest)));
        // Last: where it is, the others are.
        await WriteAsync(RunFiles.LeaderboardJson, JsonFiles.Write(leaderboard));
        await others;

        Task WriteAsync(string file, BinaryData content) => store.Runs.WriteAsync(spec.Run, file, content, createOnly: false, cancellationToken);
    }

    /// <summary>The same records scored otherwise; nothing is written.</summary>
    public async Task<Leaderboard> ScoreAsync(
        FrozenRun run, Func<LeaderboardOptions, LeaderboardOptions> choose, CancellationToken cancellationToken)
    {
        var builder = await CollectAsync(run, new ManifestCounts(run.Spec), new DamagedRecords(), seen: null, cancellationToken);
        return builder.Build(choose(OptionsOf(run)));
    }

    /// <summary>The same of a run whose records do not change any more: those of the last such runs stay in memory, so that the next
    /// choice is scored at once.</summary>
    public async Task<Leaderboard> ScoreCompleteAsync(
        FrozenRun run, Func<LeaderboardOptions, LeaderboardOptions> choose, CancellationToken cancellationToken)
    {
        if (_collected.Find(run) is not { } builder)
        {
            builder = await CollectAsync(run, new ManifestCounts(run.Spec), new DamagedRecords(), seen: null, cancellationToken);
            _collected.Keep(run, builder);
        }

        return builder.Build(choose(OptionsOf(run)));
    }

    /// <summary>The battles file of the games that such a leaderboard counts; nothing is written.</summary>
    public async Task<string> BattlesAsync(
        FrozenRun run, Func<LeaderboardOptions, LeaderboardOptions> choose, CancellationToken cancellationToken)
    {
        var builder = await CollectAsync(run, new ManifestCounts(run.Spec), new DamagedRecords(), seen: null, cancellationToken);
        return builder.Battles(choose(OptionsOf(run)).Pairwise);
    }

    private static LeaderboardOptions OptionsOf(FrozenRun run) =>
        LeaderboardOptions.For(run.Dialect).With(run.Spec.Rounds, run.Spec.Seed) with { Date = run.Spec.Date };

    private async Task<LeaderboardBuilder> CollectAsync(
        FrozenRun run, ManifestCounts counts, DamagedRecords damaged, Action<IndexRow>? seen, CancellationToken cancellationToken)
    {
        var builder = new LeaderboardBuilder(run.Spec.Benchmark, run.Spec.Judging.Mode, run.Questions.Select(frozen => frozen.Question));
        var parts = Enumerable.Range(0, run.Plan!.Models.Count).SelectMany(run.PartsOf).ToArray();
        await foreach (var placed in store.Parts.ReadPlacedAsync(run.Spec.Run, parts, cancellationToken, torn => damaged.Add(torn.ToString())))
        {
            var line = placed.Line;
            if (!TryAdd(builder, run, line, damaged, out var score))
            {
                line = line with { Record = null, Status = RecordStatus.Malformed };
                TryAdd(builder, run, line, damaged, out score);
            }

            counts.Add(line);
            seen?.Invoke(IndexRow.Of(placed with { Line = line }, score));
        }

        return builder;
    }

    /// <returns>False when its record cannot be read: nothing was added.</returns>
    private static bool TryAdd(LeaderboardBuilder builder, FrozenRun run, RecordEnvelope line, DamagedRecords damaged, out Score? score)
    {
        score = null;
        var key = line.Key;
        var status = line.Record is null ? line.Status.Name() : null;
        var of = key.Kind == RecordKind.Game ? $"the verdict of {key.Judge} on" : "the answer of";
        var place = $"runs/{run.Spec.Run}/parts, {of} {key.Model}, question {key.QuestionId}";
        if (key.Kind == RecordKind.Game)
        {
            var baseline = run.Spec.Judging.Mode == JudgingMode.Single
                ? null
                : run.Spec.Judging.BaselineFor(run.QuestionById(key.QuestionId).Category);
            score = line.Record is { } record ? damaged.Read(place, () => GameRecord.ScoreOf(record)) : null;
            if (score is null && line.Record is not null)
                return false;
            builder.Add(new ScoredGame(key.QuestionId, key.Model, key.Judge!, baseline, key.GameNumber!.Value, score, status));
        }
        else if (line.Record is { } record)
        {
            if (damaged.Read(place, () => run.Dialect.ReadAnswer(record)) is not { } answer)
                return false;
            builder.Watch(key.Model, answer.Choices[0].Turns[^1].Content);
            var style = StyleCounts.Of(answer.Style ?? StyleCounter.Count(answer.Choices[0].Turns, run.Dialect.Tokens));
            builder.Add(new ScoredAnswer(key.QuestionId, key.Model, style.Tokens, style, line.IsTruncated));
        }
        else
        {
            builder.AddFailedAnswer(key.Model, status!);
        }

        return true;
    }
}

public sealed record ScoredRun(Leaderboard Leaderboard, RunManifest Manifest);
