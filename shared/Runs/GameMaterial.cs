using ArenaBench.Core.Answers;
using ArenaBench.Core.Benchmarks;
using ArenaBench.Core.Costs;
using ArenaBench.Core.Judging;
using ArenaBench.Core.Records;
using ArenaBench.Core.Storage;

namespace ArenaBench.Core.Runs;

/// <summary>What a judge is shown of one model and question, or what of it is missing.</summary>
internal sealed record GameMaterial(FrozenQuestion Question, Answer? Answer, Answer? BaselineAnswer, RecordStatus? Missing, string? Reason)
{
    public static async Task<GameMaterial> ReadAsync(
        RunParts parts, FrozenRun run, int model, int question, CancellationToken cancellationToken)
    {
        var (config, asked) = (run.Spec.Judging, run.Questions[question]);
        var damaged = new DamagedRecords();
        var answer = await AnswerOfAsync(model);
        if (answer is null)
            return Without(RecordStatus.MissingAnswer, $"{run.Spec.AnsweringModels[model].Name} has no answer to it{Damage()}.");
        if (config.UsesReference && asked.References.Any(reference => reference is null))
            return Without(RecordStatus.MissingReference, $"{MissingReference(config, asked)} has no reference answer to it.");
        if (config.Mode == JudgingMode.Single)
            return new GameMaterial(asked, answer, null, null, null);

        var baseline = config.BaselineFor(asked.Question.Category);
        var baselineAnswer = baseline is null ? null : await AnswerOfAsync(run.ModelIndex(baseline));
        return baselineAnswer is null
            ? Without(RecordStatus.MissingBaseline, $"the baseline {baseline ?? $"of category {asked.Question.Category}"} has no answer to it{Damage()}.")
            : new GameMaterial(asked, answer, baselineAnswer, null, null);

        string Damage() => damaged.Named is [var named, ..] ? $", since its record was changed ({named})" : "";

        GameMaterial Without(RecordStatus status, string reason) => new(asked, null, null, status, $"Question {asked.Question.Id}: {reason}");

        async Task<Answer?> AnswerOfAsync(int who)
        {
            if (run.PartOf(who, question) is not { } part)
                return null;
            var key = RecordKey.ForAnswer(asked.Question.Id, run.Spec.AnsweringModels[who].Name);
            var envelope = await parts.FindAsync(run.Spec.Run, part, key, cancellationToken);
            return envelope?.Record is { } record ? damaged.Read(part, () => run.Dialect.ReadAnswer(record)) : null;
        }
    }

    /// <param name="game">1: the baseline is A. 2: the model is A.</param>
    public JudgePrompt PromptFor(JudgeConfig config, int game)
    {
        var references = Question.References.Select(reference => reference!).ToArray();
        return (config.Mode, game) switch
        {
            (JudgingMode.Single, _) => JudgePrompt.Build(config, Question.Question, Answer!, null, references),
            (_, 1) => JudgePrompt.Build(config, Question.Question, BaselineAnswer!, Answer, references),
            _ => JudgePrompt.Build(config, Question.Question, Answer!, BaselineAnswer, references),
        };
    }

    /// <summary>Tokens of a prompt at most, but for the answers.</summary>
    public static long FrameOf(JudgeConfig config, FrozenQuestion asked) => CallBound.InputOf(EmptyPrompt(config, asked).Messages);

    /// <summary>A prompt in which the answers are empty.</summary>
    public static JudgePrompt EmptyPrompt(JudgeConfig config, FrozenQuestion asked)
    {
        var empty = new Answer(asked.Question.Id, "", "", [new AnswerChoice(0, [.. asked.Question.Turns.Select(_ => new AnswerTurn("", null))])], 0, null, default);
        var references = asked.References.Select(reference => reference ?? empty).ToArray();
        return JudgePrompt.Build(config, asked.Question, empty, config.Mode == JudgingMode.Single ? null : empty, references);
    }

    private static string MissingReference(JudgeConfig config, FrozenQuestion asked)
    {
        for (var index = 0; index < asked.References.Count; index++)
        {
            if (asked.References[index] is null)
                return config.ReferenceModels[index];
        }

        return "the reference model";
    }
}
