using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Records;
using ArenaBench.Core.Runs;
using ArenaBench.Core.Storage;

namespace ArenaBench.Functions.Browsing;

/// <summary>One question with all that a run has of one model's answer to it.</summary>
/// <param name="Baseline">Pairwise: the model compared with; null when it is the model itself, or there is none.</param>
/// <param name="Games">By judge, then game; null records where a game was not played.</param>
internal sealed record ShownQuestion(
    FrozenRun Run, int Index, int Model, RecordEnvelope? Answer, string? Baseline, RecordEnvelope? BaselineAnswer, IReadOnlyList<ShownGame> Games)
{
    public FrozenQuestion Frozen => Run.Questions[Index];

    public string ModelName => Run.Spec.AnsweringModels[Model].Name;

    public static async Task<ShownQuestion> ReadAsync(RunParts parts, FrozenRun run, int index, int model, CancellationToken cancellationToken)
    {
        var question = run.Questions[index].Question;
        var name = run.Spec.AnsweringModels[model].Name;
        var config = run.Spec.Judging;
        var pairwise = config.Mode == JudgingMode.Pairwise;
        var baseline = pairwise && config.BaselineFor(question.Category) is { } against && against != name ? against : null;
        var games = new List<ShownGame>();
        foreach (var judge in run.Spec.Judges)
        {
            for (var game = 1; game <= (pairwise ? 2 : 1); game++)
                games.Add(new ShownGame(judge.Name, game, await FindAsync(model, RecordKey.ForGame(question.Id, name, judge.Name, game))));
        }

        return new ShownQuestion(
            run, index, model, await FindAsync(model, RecordKey.ForAnswer(question.Id, name)), baseline,
            baseline is null ? null : await FindAsync(run.ModelIndex(baseline), RecordKey.ForAnswer(question.Id, baseline)), games);

        async Task<RecordEnvelope?> FindAsync(int who, RecordKey key) =>
            run.Plan is not null && run.PartOf(who, index) is { } part ? await parts.FindAsync(run.Spec.Run, part, key, cancellationToken) : null;
    }
}

internal sealed record ShownGame(string Judge, int Number, RecordEnvelope? Record);
