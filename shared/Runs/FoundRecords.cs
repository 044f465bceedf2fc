using ArenaBench.Core.Answers;
using ArenaBench.Core.Records;
using ArenaBench.Core.Storage;

namespace ArenaBench.Core.Runs;

/// <summary>What of one model's work is in the canonical files already, and what is left to do.</summary>
/// <param name="Work">One entry per question, in order.</param>
/// <param name="Reasons">Of every answer and game of the run.</param>
internal sealed record FoundRecords(IReadOnlyList<QuestionWork> Work, IReadOnlyList<ReusedRecord> Reused, IReadOnlyList<ReuseDecision> Reasons)
{
    public static async Task<IReadOnlyList<FoundRecords>> ReadAsync(
        ArenaContainer store, FrozenRun run, DamagedRecords damaged, CancellationToken cancellationToken)
    {
        var models = run.Spec.AnsweringModels;
        // The models' answers, then their games: games are looked for among the answers of all.
        await using var contents = models.Select(model => FoundAnswers.FileOf(run.Spec, model))
            .Concat(Enumerable.Range(0, models.Count).SelectMany(model => FoundGames.FilesOf(run.Spec, model)))
            .ReadAheadAsync(file => store.Canonical.ReadAsync(file, cancellationToken), cancellationToken)
            .GetAsyncEnumerator(cancellationToken);
        var answers = new List<FoundAnswers>();
        foreach (var model in models)
        {
            await contents.MoveNextAsync();
            answers.Add(FoundAnswers.In(contents.Current, run, model, damaged));
        }

        var found = new List<FoundRecords>();
        for (var model = 0; model < models.Count; model++)
        {
            var games = new FoundGames(run, model, answers, damaged);
            foreach (var (judge, file) in FoundGames.FilesOf(run.Spec, model).Index())
            {
                await contents.MoveNextAsync();
                games.Find(judge, file, contents.Current);
            }

            var own = answers[model];
            found.Add(new FoundRecords(
                [.. Enumerable.Range(0, run.Questions.Count).Select(question => new QuestionWork(
                    question, MustAnswer(run.Spec, model) && !own.ByQuestion.ContainsKey(question), games.Missing[question]))],
                [.. own.Reused, .. games.Reused],
                [.. own.Reasons, .. games.Reasons]));
        }

        return found;
    }

    /// <summary>An answer or verdict is taken over with the wanted fingerprint; an imported one, which has none, unless the run is strict.</summary>
    internal static ReuseReason ReasonOf(RunSpec spec, string? fingerprint, string? wanted) => fingerprint is null
        ? spec.Strict ? ReuseReason.ImportedButStrict : ReuseReason.Imported
        : wanted is null || fingerprint == wanted ? ReuseReason.Reused : ReuseReason.MadeOtherwise;

    private static bool MustAnswer(RunSpec spec, int model) =>
        spec.What != RunWork.Judge && spec.AnsweringModels[model].Settings is not null;
}

internal sealed record ReusedRecord(int Question, RecordEnvelope Line);

internal sealed record FoundAnswers(
    IReadOnlyDictionary<int, Answer> ByQuestion, IReadOnlyList<ReusedRecord> Reused, IReadOnlyList<ReuseDecision> Reasons)
{
    public static FoundAnswers In(CanonicalContent canonical, FrozenRun run, RunModel model, DamagedRecords damaged)
    {
        var file = FileOf(run.Spec, model);
        var byQuestion = new Dictionary<int, Answer>();
        var reused = new List<ReusedRecord>();
        var reasons = new List<ReuseDecision>();
        foreach (var place in canonical.Damaged)
            damaged.Add(place);
        for (var question = 0; question < run.Questions.Count; question++)
        {
            var asked = run.Questions[question].Question;
            if (!canonical.Lines.TryGetValue(asked.Id, out var line))
            {
                reasons.Add(new ReuseDecision(question, null, ReuseReason.NoRecord));
                continue;
            }

            var wanted = model.Settings is null ? null : AnswerFingerprint.Of(run.Spec, model.Settings, asked);
            var reason = FoundRecords.ReasonOf(run.Spec, line.Fingerprint, wanted);
            reasons.Add(new ReuseDecision(question, null, reason, line.Fingerprint));
            if (!reason.IsHit())
                continue;
            if (damaged.Read($"{file.Path}, question {asked.Id}", () => run.Dialect.ReadAnswer(line.Record)) is not { } answer)
                continue;
            byQuestion[question] = answer;
            reused.Add(new ReusedRecord(question, Reuse.Of(RecordKey.ForAnswer(asked.Id, model.Name), line.Fingerprint, line.Record, line.Truncated)));
        }

        return new FoundAnswers(byQuestion, reused, reasons);
    }

    /// <summary>A run that makes reference answers looks for those: the model's answers as a contestant are other records.</summary>
    public static CanonicalFile FileOf(RunSpec spec, RunModel model) => spec.What == RunWork.Reference
        ? CanonicalFile.References(spec.Benchmark, model.Name)
        : CanonicalFile.Answers(spec.Benchmark, model.Name);
}

internal static class Reuse
{
    public static RecordEnvelope Of(RecordKey key, string? fingerprint, System.Text.Json.JsonElement record, bool truncated = false) => new(
        RecordEnvelope.CurrentSchema, key, RecordStatus.Reused, truncated ? RecordEnvelope.CutAtLimit : null, 0, null, null, fingerprint, null, record);
}
